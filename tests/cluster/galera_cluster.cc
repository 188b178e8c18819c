#include "tests/cluster/galera_cluster.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <pwd.h>
#include <unistd.h>

#include "tests/support/mariadb_server.h"
#include "tests/support/process.h"

namespace mingjian::testing {
namespace {

constexpr int kStartsWithin = 120;  // seconds, with a copy of the data

std::string local(int port) { return "127.0.0.1:" + std::to_string(port); }

// The lines of the option file that is shipped.
std::vector<std::string> shipped_settings() {
  std::ifstream file(MINGJIAN_SOURCE_DIR "/scripts/deploy/galera.cnf");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) throw std::runtime_error("no scripts/deploy/galera.cnf");
  return lines;
}

// As root the scripts that copy data drop their rights, so the nodes must not need them either.
void give_to_mysql(const std::string& around, const MariadbFolder& folder) {
  if (::geteuid() != 0) return;
  const passwd* const mysql = ::getpwnam("mysql");
  if (mysql == nullptr) throw std::runtime_error("no account mysql");
  const auto reachable = std::filesystem::perms::owner_all | std::filesystem::perms::group_exec |
                         std::filesystem::perms::others_exec;
  std::filesystem::permissions(around, reachable);
  std::filesystem::permissions(std::filesystem::path(around).parent_path(), reachable);
  std::filesystem::create_directories(folder.path("tmp"));
  for (const std::string& path : {folder.path(""), folder.path("tmp")}) {
    if (::chown(path.c_str(), mysql->pw_uid, mysql->pw_gid) != 0)
      throw std::runtime_error("cannot give away " + path);
  }
}

// Up to where the disk of a node goes: GROUP:NUMBER. A node that is not told begins with a copy of
// all of the data, or, if it is the first, with a new history.
std::string recovered_position(const MariadbFolder& folder) {
  const std::string log = folder.path("recovery.log");
  std::filesystem::remove(log);
  wait_for_end(start_process({"mariadbd", folder.options(), "--wsrep-recover"}, log));
  static const std::string kBefore = "Recovered position:";
  const std::string text = content_of(log);
  const auto at = text.find(kBefore);
  if (at == std::string::npos) throw std::runtime_error("no position: " + text);
  std::string position;
  std::istringstream(text.substr(at + kBefore.size())) >> position;
  return position;
}

std::int64_t number_of(const std::string& position) {
  return std::stoll(position.substr(position.rfind(':') + 1));
}

}  // namespace

GaleraCluster::GaleraCluster(const std::string& folder, std::size_t nodes) {
  for (std::size_t i = 0; i < nodes; ++i) {
    const std::string own = folder + "/node-" + std::to_string(i);
    std::filesystem::create_directories(own);
    nodes_.push_back({MariadbFolder(own), free_port(), free_port(), {}});
  }
  for (const Node& node : nodes_) {
    give_to_mysql(folder, node.folder);
    node.folder.prepare(node.port, settings(node));
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    start(nodes_[i],
          i == 0 ? std::vector<std::string>{"--wsrep-new-cluster"} : std::vector<std::string>{});
    wait_until(&GaleraCluster::ready, i, kStartsWithin);
  }
}

std::vector<std::string> GaleraCluster::settings(const Node& node) const {
  std::vector<std::string> lines = shipped_settings();
  std::string group;
  for (const Node& each : nodes_) group += (group.empty() ? "" : ",") + local(each.group_port);
  const std::string own = local(node.group_port);
  const std::string increments = local(free_port());
  const std::vector<std::string> here = {
      "bind-address=127.0.0.1",
      "wsrep_cluster_address=gcomm://" + group,
      "wsrep_node_name=node-" + std::to_string(&node - nodes_.data()),
      "wsrep_node_address=" + own,
      "wsrep_sst_receive_address=" + local(free_port()),
      "wsrep_provider_options=\"gcache.size=64M;gcache.recover=yes;base_host=127.0.0.1;base_port=" +
          std::to_string(node.group_port) + ";gmcast.listen_addr=tcp://" + own +
          ";ist.recv_addr=" + increments + ";ist.recv_bind=" + increments + "\""};
  lines.insert(lines.end(), here.begin(), here.end());
  if (::geteuid() == 0) lines.emplace_back("user=mysql");
  return lines;
}

void GaleraCluster::start(Node& node, const std::vector<std::string>& more) {
  std::vector<std::string> words = {"mariadbd", node.folder.options()};
  words.insert(words.end(), more.begin(), more.end());
  node.process = Process(words, node.folder.log());
}

void GaleraCluster::kill(std::size_t node) { nodes_[node].process.kill(); }

void GaleraCluster::start(std::size_t node) {
  start(nodes_[node], {"--wsrep-start-position=" + recovered_position(nodes_[node].folder)});
}

void GaleraCluster::freeze(std::size_t node) { nodes_[node].process.send(SIGSTOP); }

void GaleraCluster::wake(std::size_t node) { nodes_[node].process.send(SIGCONT); }

void GaleraCluster::start_all_from_the_furthest() {
  std::vector<std::string> positions;
  std::size_t furthest = 0;
  for (const Node& node : nodes_) positions.push_back(recovered_position(node.folder));
  for (std::size_t i = 1; i < size(); ++i) {
    if (number_of(positions[i]) > number_of(positions[furthest])) furthest = i;
  }
  // What an administrator does who knows that it was the last.
  for (const Node& node : nodes_) std::filesystem::remove(node.folder.data() + "/gvwstate.dat");
  const std::string state = nodes_[furthest].folder.data() + "/grastate.dat";
  static const std::string kUnsafe = "safe_to_bootstrap: 0";
  std::string text = content_of(state);
  if (const auto at = text.find(kUnsafe); at != std::string::npos)
    text.replace(at, kUnsafe.size(), "safe_to_bootstrap: 1");
  std::ofstream(state) << text;
  start(nodes_[furthest], {"--wsrep-new-cluster", "--wsrep-start-position=" + positions[furthest]});
  wait_until(&GaleraCluster::ready, furthest, kStartsWithin);
  for (std::size_t i = 0; i < size(); ++i) {
    if (i != furthest) start(nodes_[i], {"--wsrep-start-position=" + positions[i]});
  }
}

bool GaleraCluster::ready(std::size_t node) const {
  try {
    return run_sql(port(node),
                   "SELECT variable_value FROM information_schema.global_status "
                   "WHERE variable_name = 'wsrep_ready'") == "ON\n";
  } catch (const std::exception&) {
    return false;
  }
}

void GaleraCluster::wait_until(bool (GaleraCluster::*holds)(std::size_t) const, std::size_t node,
                               int seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (!(this->*holds)(node)) {
    if (nodes_[node].process.gone()) throw std::runtime_error("a node ended: " + logs());
    if (std::chrono::steady_clock::now() > end)
      throw std::runtime_error("a node is not ready: " + logs());
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

// Why a node does not come back is often said by another one.
std::string GaleraCluster::logs() const {
  std::string all;
  for (const Node& node : nodes_) all += node.folder.log() + ":\n" + content_of(node.folder.log());
  return all;
}

bool GaleraCluster::in_whole_group(std::size_t node) const {
  if (!ready(node)) return false;
  return run_sql(port(node),
                 "SELECT variable_value FROM information_schema.global_status "
                 "WHERE variable_name = 'wsrep_cluster_size'") == std::to_string(size()) + "\n";
}

void GaleraCluster::wait_until_whole(int seconds) {
  for (std::size_t i = 0; i < size(); ++i) wait_until(&GaleraCluster::in_whole_group, i, seconds);
}

std::string GaleraCluster::address(const std::string& database, std::size_t first) const {
  std::string hosts;
  for (std::size_t i = 0; i < size(); ++i)
    hosts += (hosts.empty() ? "" : ",") + local(port((first + i) % size()));
  return std::string("mysql://") + kTestUser + ":only%20for%20tests@" + hosts + "/" + database;
}

}  // namespace mingjian::testing
