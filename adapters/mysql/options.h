#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace mingjian {

// Where a MariaDB or MySQL database is, and how this process uses it.
struct MysqlOptions {
  struct Host {
    std::string name;  // or an address; an IPv6 address without brackets
    std::uint16_t port = 3306;

    bool operator==(const Host&) const = default;
  };
  enum class Isolation { kReadCommitted, kRepeatableRead };

  std::vector<Host> hosts;  // the nodes of one cluster, the one to prefer first
  std::string user;
  std::string password;
  std::string database;
  std::string authority;  // file with the certificates that vouch for the server; empty: no TLS
  Isolation isolation = Isolation::kReadCommitted;

  std::size_t connections = 16;     // that this process opens at most
  std::size_t most_waiting = 1024;  // writes in the queue; one more is kUnavailable
  // Together they keep a command short while a node is being lost: a last try begins
  // before patience ends. Writers of a Galera cluster stand still until it takes a node for lost,
  // 5 s by default; an answer that was given up meanwhile is asked for once more on another node.
  std::chrono::seconds connecting{1};
  std::chrono::seconds answering{4};          // the most that one statement may take
  std::chrono::milliseconds patience{5'000};  // in which work is begun again
};

// mysql://USER:PASSWORD@HOST[:PORT][,HOST[:PORT]...]/DATABASE[?NAME=VALUE&...] with
// percent-encoding where a part has a character of the frame. Names: `ca` (file, turns TLS on),
// `isolation` (read-committed, repeatable-read), `connections`. Errors: kInvalidInput saying which
// part; never with the password in it.
[[nodiscard]] Result<MysqlOptions> parse_mysql_address(std::string_view address);

// Without the password, for people to read.
[[nodiscard]] std::string readable_address(const MysqlOptions& options);

}  // namespace mingjian
