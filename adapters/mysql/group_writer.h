#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "adapters/mysql/patience.h"
#include "adapters/mysql/pool.h"
#include "engine/ports/database.h"

namespace mingjian::mysql {

// The one writer of commands of a process: those that wait together are one transaction (group
// commit), written a table at a time. Nobody is answered before COMMIT succeeded. A conflict with
// another process, a lost connection, a node that fell out: the group runs again, and the record of
// each idempotency key tells what an earlier try of it had done. Where the database refuses a group
// for the sake of one command, each goes alone. Patience counts from when a command came: whose
// time is over when his turn comes, behind a server that stood still, is refused and nothing is
// tried. Thread-safe.
class GroupWriter {
 public:
  // `pool` must outlive it.
  explicit GroupWriter(Pool& pool);
  ~GroupWriter();
  GroupWriter(const GroupWriter&) = delete;
  GroupWriter& operator=(const GroupWriter&) = delete;

  // Returns when the command is durable, or why it is not. kUnavailable where too many wait.
  [[nodiscard]] Result<CommitOutcome> commit(Commit commit);

  [[nodiscard]] WriteCounts counts() const;

 private:
  struct Waiting {
    Commit commit;
    std::promise<Result<CommitOutcome>> done;
    Patience::Clock::time_point end;  // of the patience of him who waits
    bool in_doubt = false;            // an earlier try may have been committed
  };
  using Group = std::vector<Waiting*>;

  void loop();
  [[nodiscard]] std::deque<Waiting> take_group();
  void refuse_late(std::deque<Waiting>& taken);
  void carry_out(Group group, Patience& patience);
  // Writes and commits the group; nothing where it went through, and then all are answered.
  [[nodiscard]] std::optional<Failure> attempt(const Group& group);
  void settle(const Group& group, const std::vector<Result<CommitOutcome>>& outcomes);
  void refuse(const Group& group, const Failure& failure, bool in_doubt);

  Pool& pool_;
  std::unique_ptr<Connection> connection_;  // of the writing thread alone
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  WriteCounts counts_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mingjian::mysql
