#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/support/mariadb_folder.h"
#include "tests/support/process.h"

namespace mingjian::testing {

// Nodes of one Galera cluster, with the settings of scripts/deploy/galera.cnf, each with its own
// folder and ports on 127.0.0.1. Nodes count from 0.
class GaleraCluster {
 public:
  // Makes the folders under `folder` and starts all. Throws std::runtime_error with what a node
  // wrote.
  GaleraCluster(const std::string& folder, std::size_t nodes);
  GaleraCluster(const GaleraCluster&) = delete;
  GaleraCluster& operator=(const GaleraCluster&) = delete;

  // As the power does it; the node is not running then.
  void kill(std::size_t node);
  // Starts a node that was killed, from where its disk is (see recovered_position). Returns at
  // once: it takes its time to catch up.
  void start(std::size_t node);
  // SIGSTOP, SIGCONT.
  void freeze(std::size_t node);
  void wake(std::size_t node);

  // Starts a cluster of which no node is running, from the node that was furthest.
  void start_all_from_the_furthest();

  // Whether the node says that it belongs to the primary component and is up to date.
  [[nodiscard]] bool ready(std::size_t node) const;
  // Waits until all nodes are ready, each in a group of all. Throws std::runtime_error after
  // that many seconds.
  void wait_until_whole(int seconds);

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] int port(std::size_t node) const { return nodes_[node].port; }
  // Of the form mysql://..., the hosts in order from `first` on.
  [[nodiscard]] std::string address(const std::string& database, std::size_t first) const;

 private:
  struct Node {
    MariadbFolder folder;
    int port = 0;
    int group_port = 0;
    Process process = {};
  };

  [[nodiscard]] std::vector<std::string> settings(const Node& node) const;
  void start(Node& node, const std::vector<std::string>& more);
  [[nodiscard]] std::string logs() const;
  [[nodiscard]] bool in_whole_group(std::size_t node) const;
  void wait_until(bool (GaleraCluster::*holds)(std::size_t) const, std::size_t node, int seconds);

  std::vector<Node> nodes_;
};

}  // namespace mingjian::testing
