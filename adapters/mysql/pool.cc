#include "adapters/mysql/pool.h"

#include <utility>

#include <cppconn/exception.h>

namespace mingjian::mysql {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLongestWait{2};  // for a connection that others have
constexpr std::chrono::seconds kTrusted{5};      // an idle connection without a check

// Ends a transaction that will not be committed. Where that fails the connection is of no use.
bool rolled_back(Connection& connection) {
  try {
    connection.run("ROLLBACK");
    return true;
  } catch (const ::sql::SQLException&) {
    return false;
  }
}

Failure too_many() {
  Failure failure;
  failure.kind = Failure::Kind::kBusy;
  failure.text = "all connections are in use";
  return failure;
}

}  // namespace

Pool::Pool(MysqlOptions options) : options_(std::move(options)), room_(options_.connections) {}

Result<void> Pool::read(const Work& work) {
  Patience patience(options_.patience);
  return attempt(work, false, patience);
}

Result<void> Pool::transaction(const Work& work) {
  Patience patience(options_.patience);
  return attempt(work, true, patience);
}

Result<void> Pool::check() {
  Patience none{std::chrono::milliseconds(0)};
  // Reads a table, which "SELECT 1" would not.
  return attempt(
      [](Connection& connection) -> Result<void> {
        static_cast<void>(connection.query("SELECT 1 FROM cases LIMIT 1"));
        return {};
      },
      false, none);
}

Result<void> Pool::attempt(const Work& work, bool transaction, Patience& patience) {
  for (;;) {
    std::unique_ptr<Connection> connection;
    Moment moment = Moment::kStatement;
    Failure failure;
    try {
      connection = take();
      if (transaction) connection->run("START TRANSACTION");
      Result<void> done = work(*connection);
      if (transaction && done) {
        moment = Moment::kCommit;
        connection->run("COMMIT");
      }
      if (transaction && !done && !rolled_back(*connection)) {
        discard(std::move(connection), {});
      } else {
        give_back(std::move(connection));
      }
      return done;
    } catch (const ::sql::SQLException& exception) {
      failure = failure_of(exception, moment);
      if (failure.breaks_connection() || (transaction && !rolled_back(*connection))) {
        discard(std::move(connection), failure);
      } else {
        give_back(std::move(connection));
      }
    } catch (const Unreachable& unreachable) {
      failure = unreachable.failure;
    } catch (...) {  // a bug in `work`
      if (connection) discard(std::move(connection), {});
      throw;
    }
    if (!patience.once_more(failure)) {
      failure.in_doubt = patience.in_doubt();
      return tl::unexpected<Error>(error_of(failure));
    }
  }
}

std::unique_ptr<Connection> Pool::take() {
  for (;;) {
    std::optional<Idle> idle = idle_or_room();
    if (!idle) return connect();
    if (Clock::now() - idle->since < kTrusted) return std::move(idle->connection);
    try {
      idle->connection->run("DO 1");
      return std::move(idle->connection);
    } catch (const ::sql::SQLException& exception) {
      discard(std::move(idle->connection), failure_of(exception, Moment::kStatement));
    }
  }
}

// An idle connection, or nothing: then there is room for a new one, which the caller has to fill or
// to free. Throws Unreachable.
std::optional<Pool::Idle> Pool::idle_or_room() {
  std::unique_lock lock(mutex_);
  const auto ready = [this] { return !idle_.empty() || room_ > 0; };
  if (!returned_.wait_for(lock, kLongestWait, ready)) throw Unreachable{too_many()};
  if (!idle_.empty()) {
    Idle idle = std::move(idle_.back());
    idle_.pop_back();
    return idle;
  }
  --room_;
  return std::nullopt;
}

// Tries each host once, from the preferred one on. Throws Unreachable.
std::unique_ptr<Connection> Pool::connect() {
  std::size_t first = 0;
  {
    const std::lock_guard lock(mutex_);
    first = preferred_;
  }
  Failure failure;
  for (std::size_t i = 0; i < options_.hosts.size(); ++i) {
    const MysqlOptions::Host& host = options_.hosts[(first + i) % options_.hosts.size()];
    try {
      return std::make_unique<Connection>(options_, host);
    } catch (const ::sql::SQLException& exception) {
      failure = failure_of(exception, Moment::kStatement);
      leave(host);
    } catch (...) {
      free_room();
      throw;
    }
  }
  free_room();
  failure.no_node = true;
  throw Unreachable{failure};
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back({std::move(connection), Clock::now()});
  }
  returned_.notify_one();
}

void Pool::discard(std::unique_ptr<Connection> connection, const Failure& failure) {
  if (failure.kind == Failure::Kind::kLost) leave(connection->host());
  connection.reset();
  free_room();
}

void Pool::free_room() {
  {
    const std::lock_guard lock(mutex_);
    ++room_;
  }
  returned_.notify_one();
}

// Prefers the next host, and forgets the idle connections to this one.
void Pool::leave(const MysqlOptions::Host& host) {
  std::vector<Idle> dropped;
  const std::lock_guard lock(mutex_);
  if (options_.hosts[preferred_] == host) preferred_ = (preferred_ + 1) % options_.hosts.size();
  std::vector<Idle> kept;
  for (Idle& idle : idle_)
    (idle.connection->host() == host ? dropped : kept).push_back(std::move(idle));
  idle_ = std::move(kept);
  room_ += dropped.size();
}

}  // namespace mingjian::mysql
