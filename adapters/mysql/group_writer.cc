#include "adapters/mysql/group_writer.h"

#include <algorithm>
#include <utility>

#include <cppconn/exception.h>

#include "adapters/mysql/commit.h"

namespace mingjian::mysql {
namespace {

// Bounds how long the first of a group waits for the last, and what one statement carries: the
// server takes no packet above its limit, which is 16 MB unless somebody lowered it.
constexpr std::size_t kMostInGroup = 64;
constexpr std::size_t kMostOctets = 4'000'000;

std::size_t octets_of(const Commit& commit) {
  std::size_t sum = commit.head.state.size() + commit.idempotency.answer.size();
  for (const EventRecord& event : commit.events) sum += event.body.size();
  return sum;
}

// An answer that this command itself left in a try whose end was not heard.
bool is_own(const CommitOutcome& outcome, const Commit& commit) {
  const auto* repeated = std::get_if<Repeated>(&outcome);
  return repeated != nullptr && repeated->first == commit.idempotency;
}

}  // namespace

GroupWriter::GroupWriter(Pool& pool) : pool_(pool), thread_([this] { loop(); }) {}

GroupWriter::~GroupWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

Result<CommitOutcome> GroupWriter::commit(Commit commit) {
  std::future<Result<CommitOutcome>> done;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= pool_.options().most_waiting) {
      return fail(ErrorKind::kUnavailable,
                  {"写入队列已满，请稍后再试", "too many writes are waiting; try again later"});
    }
    queue_.push_back({.commit = std::move(commit),
                      .done = {},
                      .end = Patience::end_of(pool_.options().patience)});
    done = queue_.back().done.get_future();
  }
  wake_.notify_one();
  return done.get();
}

WriteCounts GroupWriter::counts() const {
  const std::lock_guard lock(mutex_);
  WriteCounts counts = counts_;
  counts.waiting = queue_.size();
  return counts;
}

void GroupWriter::loop() {
  for (;;) {
    std::deque<Waiting> taken = take_group();
    if (taken.empty()) return;
    refuse_late(taken);
    if (taken.empty()) continue;
    Group group;
    for (Waiting& waiting : taken) group.push_back(&waiting);
    try {
      Patience patience(std::max_element(taken.begin(), taken.end(), [](auto& one, auto& other) {
                          return one.end < other.end;
                        })->end);
      carry_out(group, patience);
    } catch (...) {  // a bug, for the callers to hear of; promises that are kept say so
      if (connection_) pool_.discard(std::move(connection_), {});
      for (Waiting* waiting : group) {
        try {
          waiting->done.set_exception(std::current_exception());
        } catch (const std::future_error&) {
          continue;
        }
      }
    }
  }
}

// They are told the truth at once: nothing of theirs was tried.
void GroupWriter::refuse_late(std::deque<Waiting>& taken) {
  const auto now = Patience::Clock::now();
  const auto late = std::stable_partition(
      taken.begin(), taken.end(), [&](const Waiting& waiting) { return waiting.end > now; });
  for (auto waiting = late; waiting != taken.end(); ++waiting) {
    waiting->done.set_value(fail(ErrorKind::kUnavailable,
                                 {"前面的写入迟迟没有完成，没有写入，请稍后再试",
                                  "writes before this one took too long; nothing was written; try "
                                  "again later"}));
  }
  taken.erase(late, taken.end());
}

// Empty only when there is nothing left to do for ever.
std::deque<GroupWriter::Waiting> GroupWriter::take_group() {
  std::unique_lock lock(mutex_);
  counts_.running = 0;
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  std::deque<Waiting> group;
  std::size_t octets = 0;
  while (!queue_.empty() && group.size() < kMostInGroup) {
    octets += octets_of(queue_.front().commit);
    if (!group.empty() && octets > kMostOctets) break;
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  counts_.running = group.size();
  return group;
}

void GroupWriter::carry_out(Group group, Patience& patience) {
  for (;;) {
    const auto failure = attempt(group);
    if (!failure) return;
    if (failure->in_doubt) {
      for (Waiting* waiting : group) waiting->in_doubt = true;
    }
    const bool ones_fault =
        failure->kind == Failure::Kind::kDuplicate || failure->kind == Failure::Kind::kRefused;
    if (ones_fault && group.size() > 1) {
      for (Waiting* waiting : group) carry_out({waiting}, patience);
      return;
    }
    if (!patience.once_more(*failure)) return refuse(group, *failure, patience.in_doubt());
    // Whose own time is over does not wait on with the others.
    const auto ended = std::stable_partition(
        group.begin(), group.end(),
        [now = Patience::Clock::now()](const Waiting* waiting) { return waiting->end > now; });
    refuse({ended, group.end()}, *failure, patience.in_doubt());
    group.erase(ended, group.end());
    if (group.empty()) return;
    const std::lock_guard lock(mutex_);
    ++counts_.repeats;
  }
}

std::optional<Failure> GroupWriter::attempt(const Group& group) {
  std::vector<const Commit*> commits;
  for (const Waiting* waiting : group) commits.push_back(&waiting->commit);
  Moment moment = Moment::kStatement;
  try {
    if (!connection_) {
      connection_ = pool_.take();
      // Saves a statement in each transaction. The connection never goes back to the others.
      connection_->run("SET SESSION autocommit = 0");
    }
    const auto outcomes = write_group(*connection_, commits);
    moment = Moment::kCommit;
    connection_->run("COMMIT");
    settle(group, outcomes);
    return std::nullopt;
  } catch (const Pool::Unreachable& unreachable) {
    return unreachable.failure;
  } catch (const ::sql::SQLException& exception) {
    Failure failure = failure_of(exception, moment);
    if (!failure.breaks_connection()) {
      try {
        connection_->run("ROLLBACK");
        return failure;
      } catch (const ::sql::SQLException&) {
        // Thrown away below: without a connection the server undoes it by itself.
      }
    }
    pool_.discard(std::move(connection_), failure);
    return failure;
  }
}

void GroupWriter::settle(const Group& group, const std::vector<Result<CommitOutcome>>& outcomes) {
  {
    const std::lock_guard lock(mutex_);
    counts_.writes += group.size();
    ++counts_.transactions;
    counts_.failing = false;
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    Waiting& waiting = *group[i];
    const auto& outcome = outcomes[i];
    const bool done_before = waiting.in_doubt && outcome && is_own(*outcome, waiting.commit);
    waiting.done.set_value(done_before ? Result<CommitOutcome>(Committed{}) : outcome);
  }
}

void GroupWriter::refuse(const Group& group, const Failure& failure, bool in_doubt) {
  if (group.empty()) return;
  Failure last = failure;
  last.in_doubt = in_doubt;
  const Error error = error_of(last);
  {
    const std::lock_guard lock(mutex_);
    // What is refused for its own sake says nothing of the next.
    counts_.failing = error.kind != ErrorKind::kConflict && error.kind != ErrorKind::kInvalidInput;
  }
  for (Waiting* waiting : group) waiting->done.set_value(tl::unexpected<Error>(error));
}

}  // namespace mingjian::mysql
