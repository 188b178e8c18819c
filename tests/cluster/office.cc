#include "tests/cluster/office.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "tests/http/raw_client.h"
#include "tests/support/mariadb_server.h"
#include "tests/support/process.h"

namespace mingjian::testing {
namespace {

constexpr std::size_t kOfEach = 3;
constexpr int kWholeWithin = 120;  // seconds
constexpr const char* kWorkflows = " --workflows " MINGJIAN_SOURCE_DIR "/workflows";

void pause(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

int status_of(int port, const std::string& path) {
  return RawClient(port).ask("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").status;
}

// Until the path is answered with 200.
void wait_until_ready(int port, const std::string& path) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(kWholeWithin);
  while (status_of(port, path) != 200) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("not ready: " + path);
    pause(50);
  }
}

}  // namespace

Office::Office() : nodes_(folder_.file("nodes"), kOfEach), port_(free_port()) {
  run_sql(nodes_.port(0), "CREATE DATABASE " + database_);
  const Ran loaded =
      run("office " MINGJIAN_SOURCE_DIR "/workflows/demonstration/office.json --store '" +
          nodes_.address(database_, 0) + "'" + kWorkflows);
  if (loaded.code != 0) throw std::runtime_error(loaded.out);
  for (std::size_t i = 0; i < kOfEach; ++i) {
    server_ports_.push_back(free_port());
    servers_.push_back(nullptr);
    start_server(i);
  }
  start_load_balancer();
  wait_until_ready(port_, "/readyz");
}

void Office::start_server(std::size_t server) {
  // Each prefers another node.
  servers_[server] =
      std::make_unique<ServeProcess>("--store '" + nodes_.address(database_, server) + "'" +
                                         kWorkflows + " 2>>'" + folder_.file("incidents.log") + "'",
                                     server_ports_[server]);
  if (servers_[server]->address().empty()) throw std::runtime_error("a server did not start");
}

void Office::start_load_balancer() {
  const auto local = [](int port) { return "127.0.0.1:" + std::to_string(port); };
  ::setenv("MINGJIAN_BIND", local(port_).c_str(), 1);
  for (std::size_t i = 0; i < kOfEach; ++i) {
    ::setenv(("MINGJIAN_SERVER_" + std::to_string(i + 1)).c_str(), local(server_ports_[i]).c_str(),
             1);
  }
  load_balancer_ =
      Process({"haproxy", "-db", "-f", MINGJIAN_SOURCE_DIR "/scripts/deploy/haproxy.cfg"},
              folder_.file("haproxy.log"));
}

std::string Office::store_on(std::size_t node, const std::string& database) const {
  return std::string("mysql://") + kTestUser +
         ":only%20for%20tests@127.0.0.1:" + std::to_string(nodes_.port(node)) + "/" + database;
}

void Office::kill_nodes(std::size_t first, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) nodes_.kill((first + i) % kOfEach);
}

void Office::start_nodes(std::size_t first, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) nodes_.start((first + i) % kOfEach);
}

void Office::end_servers() {
  for (const auto& server : servers_) server->end(SIGTERM);
}

void Office::suffer(const Incident& incident) {
  const auto [fault, node, server, milliseconds] = incident;
  switch (fault) {
    case Fault::kKillNode:
      nodes_.kill(node);
      pause(milliseconds);
      nodes_.start(node);
      break;
    case Fault::kFreezeNode:
      nodes_.freeze(node);
      pause(milliseconds);
      nodes_.wake(node);
      break;
    case Fault::kKillServer:
      servers_[server]->end(SIGKILL);
      pause(milliseconds);
      start_server(server);
      break;
    case Fault::kFreezeServer:
      servers_[server]->send(SIGSTOP);
      pause(milliseconds);
      servers_[server]->send(SIGCONT);
      break;
    case Fault::kKillNodeAndServer:
      nodes_.kill(node);
      servers_[server]->end(SIGKILL);
      pause(milliseconds);
      start_server(server);
      nodes_.start(node);
      break;
    case Fault::kLoseQuorum:
      kill_nodes(node, 2);
      pause(milliseconds);
      start_nodes(node, 2);
      break;
    case Fault::kKillAllNodes:
      kill_nodes(0, kOfEach);
      pause(milliseconds);
      nodes_.start_all_from_the_furthest();
      break;
  }
  nodes_.wait_until_whole(kWholeWithin);
  for (const int port : server_ports_) wait_until_ready(port, "/readyz");
}

}  // namespace mingjian::testing
