#include "adapters/sqlite/writer.h"

#include <algorithm>
#include <utility>

namespace mingjian::sqlite {
namespace {

// Bounds how long the first of a group waits for the last, and how much one failure undoes.
constexpr std::size_t kMostInGroup = 128;

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, std::size_t most_waiting)
    : connection_(std::move(connection)),
      most_waiting_(most_waiting),
      thread_([this] { loop(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

Result<void> Writer::run(Job job) {
  std::future<Result<void>> done;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= most_waiting_) {
      return fail(ErrorKind::kUnavailable,
                  {"写入队列已满，请稍后再试", "too many writes are waiting; try again later"});
    }
    queue_.push_back({std::move(job), {}, {}, nullptr});
    done = queue_.back().done.get_future();
  }
  wake_.notify_one();
  return done.get();
}

WriteCounts Writer::counts() const {
  const std::lock_guard lock(mutex_);
  WriteCounts counts = counts_;
  counts.waiting = queue_.size();
  return counts;
}

void Writer::loop() {
  for (;;) {
    Group group = take_group();
    if (group.empty()) return;
    const bool committed = run_group(group);
    count(group, committed);
    answer(group);
  }
}

// Empty only when there is nothing left to do for ever.
Writer::Group Writer::take_group() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  Group group;
  for (auto left = std::min(queue_.size(), kMostInGroup); left > 0; --left) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  counts_.running = group.size();
  return group;
}

// Whether the transaction was committed.
bool Writer::run_group(Group& group) {
  auto moment = Moment::kStatement;
  try {
    connection_->run("BEGIN IMMEDIATE");
    for (Waiting& waiting : group) run_job(waiting);
    moment = Moment::kCommit;
    connection_->run("COMMIT");
    return true;
  } catch (const SQLite::Exception& exception) {
    const Error error = error_of(exception, moment);
    for (Waiting& waiting : group) waiting.result = tl::unexpected<Error>(error);
    give_up_transaction();
    return false;
  }
}

void Writer::count(const Group& group, bool committed) {
  const std::lock_guard lock(mutex_);
  counts_.running = 0;
  counts_.failing = !committed;
  if (!committed) return;
  counts_.writes += group.size();
  ++counts_.transactions;
}

// Throws SQLite::Exception where the transaction cannot go on.
void Writer::run_job(Waiting& waiting) {
  connection_->run("SAVEPOINT job");
  try {
    waiting.result = waiting.job(*connection_);
  } catch (const SQLite::Exception& exception) {
    if (!concerns_command_only(exception) || !connection_->in_transaction()) throw;
    waiting.result = tl::unexpected<Error>(error_of(exception, Moment::kStatement));
  } catch (...) {
    waiting.thrown = std::current_exception();
  }
  if (!waiting.result || waiting.thrown) connection_->run("ROLLBACK TO job");
  connection_->run("RELEASE job");
}

// SQLite gives up some transactions by itself; the next group needs all of them gone.
void Writer::give_up_transaction() {
  if (connection_->in_transaction()) connection_->database().tryExec("ROLLBACK");
}

void Writer::answer(Group& group) {
  for (Waiting& waiting : group) {
    if (waiting.thrown) {
      waiting.done.set_exception(waiting.thrown);
    } else {
      waiting.done.set_value(std::move(waiting.result));
    }
  }
}

}  // namespace mingjian::sqlite
