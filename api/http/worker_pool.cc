#include "api/http/worker_pool.h"

#include <utility>

#include "engine/ports/deadline.h"

namespace mingjian::http {

WorkerPool::WorkerPool(const Options& options, const Service& service, const Hooks& hooks,
                       const Wakeup& wakeup)
    : options_(options), service_(service), hooks_(hooks), wakeup_(wakeup) {
  threads_.reserve(options_.workers);
  for (std::size_t count = 0; count < options_.workers; ++count) {
    threads_.emplace_back([this] { work(); });
  }
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
  }
  job_waits_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<Job> WorkerPool::offer(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (jobs_.size() >= options_.queue_limit) return job;
    jobs_.push_back(std::move(job));
  }
  job_waits_.notify_one();
  return std::nullopt;
}

std::vector<Completion> WorkerPool::take_completed() {
  const std::lock_guard lock(mutex_);
  return std::exchange(completed_, {});
}

void WorkerPool::work() {
  Codec codec(service_, hooks_);
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      job_waits_.wait(lock, [this] { return finishing_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    const Deadline within(job.came + options_.patience);
    complete({job.connection, codec.answer(std::move(job.request), job.afterwards)});
  }
}

void WorkerPool::complete(Completion completion) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = completed_.empty();
    completed_.push_back(std::move(completion));
  }
  // Where others wait already, the loop has been called and will find this one among them.
  if (first) wakeup_.ring();
}

}  // namespace mingjian::http
