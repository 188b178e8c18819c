#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/cluster/faults.h"
#include "tests/cluster/galera_cluster.h"
#include "tests/support/process.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {

// An office that outgrew one machine: three database nodes, three servers, HAProxy in front, each
// as scripts/deploy has it, all on 127.0.0.1.
class Office {
 public:
  Office();
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  // Lets it happen, and mends it. Returns when all is whole again.
  void suffer(const Incident& incident);
  // For good: what they do by themselves, such as renewing a lease, ends with them.
  void end_servers();

  // Where clients come in.
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::size_t size() const { return servers_.size(); }
  [[nodiscard]] int server_port(std::size_t server) const { return server_ports_[server]; }
  [[nodiscard]] int node_port(std::size_t node) const { return nodes_.port(node); }
  // For --store: a database on that node, and no other.
  [[nodiscard]] std::string store_on(std::size_t node, const std::string& database) const;
  [[nodiscard]] const std::string& database() const { return database_; }

 private:
  void start_server(std::size_t server);
  void start_load_balancer();
  void kill_nodes(std::size_t first, std::size_t count);
  void start_nodes(std::size_t first, std::size_t count);

  const TemporaryFolder folder_;
  GaleraCluster nodes_;
  const std::string database_ = "mingjian";
  std::vector<int> server_ports_;
  std::vector<std::unique_ptr<ServeProcess>> servers_;
  int port_ = 0;
  Process load_balancer_;
};

}  // namespace mingjian::testing
