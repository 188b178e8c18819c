#pragma once

#include <cstddef>
#include <string>

namespace mingjian {

// What a program may choose about its database file; the defaults are meant for serving.
struct SqliteOptions {
  std::size_t readers = 8;          // connections that read at the same time
  std::size_t most_waiting = 1024;  // writes in the queue; one more is kUnavailable
  int patience_ms = 10'000;         // how long to wait for another process that writes
  std::string vfs = {};             // a virtual file system of SQLite; empty: the usual one
};

}  // namespace mingjian
