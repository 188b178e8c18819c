#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.h"
#include "adapters/sqlite/options.h"
#include "engine/base/result.h"

namespace mingjian::sqlite {

// Connections that only read, lent one at a time. Readers never wait for the writer. Thread-safe.
class Readers {
 public:
  Readers(std::string path, SqliteOptions options);

  // Lends a connection to `read`, which gives a value or throws SQLite::Exception.
  template <class Read>
  auto run(Read read) -> Result<decltype(read(std::declval<Connection&>()))> {
    try {
      const Lease lease(*this);
      return read(*lease.connection);
    } catch (const SQLite::Exception& exception) {
      return tl::unexpected<Error>(error_of(exception, Moment::kStatement));
    }
  }

 private:
  struct Lease {
    explicit Lease(Readers& owner) : readers(owner), connection(owner.take()) {}
    ~Lease() { readers.give_back(std::move(connection)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Readers& readers;
    std::unique_ptr<Connection> connection;
  };

  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);

  const std::string path_;
  const SqliteOptions options_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t room_;  // for connections that were not opened yet
};

}  // namespace mingjian::sqlite
