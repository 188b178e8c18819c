#include "adapters/sqlite/writer.h"

#include <algorithm>
#include <utility>

namespace mingjian::sqlite {
namespace {

constexpr std::size_t kMostWaiting = 1024;
constexpr std::size_t kMostInGroup = 128;

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)), thread_([this] { loop(); }) {}

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
    if (stopping_ || queue_.size() >= kMostWaiting) {
      return fail(ErrorKind::kUnavailable,
                  {"写入队列已满，请稍后再试", "too many writes are waiting; try again later"});
    }
    queue_.push_back({std::move(job), {}, {}});
    done = queue_.back().done.get_future();
  }
  wake_.notify_one();
  return done.get();
}

void Writer::loop() {
  for (;;) {
    std::deque<Waiting> group;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      const auto count = std::min(queue_.size(), kMostInGroup);
      for (std::size_t i = 0; i < count; ++i) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    run_group(group);
    for (Waiting& waiting : group) waiting.done.set_value(std::move(waiting.result));
  }
}

void Writer::run_group(std::deque<Waiting>& group) {
  const auto fail_all = [&](const Error& error) {
    for (Waiting& waiting : group) waiting.result = tl::unexpected<Error>(error);
  };
  auto moment = Moment::kStatement;
  try {
    connection_->run("BEGIN IMMEDIATE");
    for (Waiting& waiting : group) {
      if (!run_job(waiting)) return fail_all(waiting.result.error());
    }
    moment = Moment::kCommit;
    connection_->run("COMMIT");
    jobs_ += group.size();
    ++transactions_;
  } catch (const SQLite::Exception& exception) {
    fail_all(error_of(exception, moment));
    if (connection_->in_transaction()) connection_->database().tryExec("ROLLBACK");
  }
}

bool Writer::run_job(Waiting& waiting) {
  connection_->run("SAVEPOINT job");
  try {
    waiting.result = waiting.job(*connection_);
  } catch (const SQLite::Exception& exception) {
    waiting.result = tl::unexpected<Error>(error_of(exception, Moment::kStatement));
  }
  if (!connection_->in_transaction()) {
    if (waiting.result) {
      waiting.result =
          fail(ErrorKind::kUnavailable, {"事务中断", "the transaction was broken off"});
    }
    return false;
  }
  if (!waiting.result) connection_->run("ROLLBACK TO job");
  connection_->run("RELEASE job");
  return true;
}

}  // namespace mingjian::sqlite
