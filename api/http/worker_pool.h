#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "api/http/codec.h"
#include "api/http/connection.h"
#include "api/http/server.h"
#include "api/http/socket.h"

namespace mingjian::http {

// A whole request of one connection.
struct Job {
  std::uint64_t connection = 0;
  RawRequest request;
  SteadyTime came;  // when it was whole
  Afterwards afterwards = Afterwards::kKeepAlive;
};

// Its answer.
struct Completion {
  std::uint64_t connection = 0;
  Reply reply;
};

// The threads that answer requests, with a bounded queue before them. They touch no socket, so no
// client can hold one. offer() and take_completed() are for one thread, the loop's.
class WorkerPool {
 public:
  // Starts the threads. All arguments must outlive the pool; `wakeup` rings when an answer is
  // there. Requires options.workers > 0.
  WorkerPool(const Options& options, const Service& service, const Hooks& hooks,
             const Wakeup& wakeup);
  // Waits for the requests in hand and in the queue.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Takes the job, or gives it back: the queue is full.
  [[nodiscard]] std::optional<Job> offer(Job job);
  [[nodiscard]] std::vector<Completion> take_completed();

 private:
  void work();
  void complete(Completion completion);

  const Options& options_;
  const Service& service_;
  const Hooks& hooks_;
  const Wakeup& wakeup_;
  std::mutex mutex_;  // guards what follows, up to the threads
  std::condition_variable job_waits_;
  std::deque<Job> jobs_;
  std::vector<Completion> completed_;
  bool finishing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace mingjian::http
