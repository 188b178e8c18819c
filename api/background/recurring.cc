#include "api/background/recurring.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "engine/base/wording.h"

namespace mingjian::background {
namespace {

constexpr std::chrono::microseconds kLongest = std::chrono::seconds(1);

}  // namespace

Recurring::Recurring(Clock& clock, Work work, Complain complain)
    : clock_(clock),
      work_(std::move(work)),
      complain_(std::move(complain)),
      thread_([this] { loop(); }) {}

Recurring::~Recurring() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Recurring::loop() {
  for (Instant next = clock_.now(); wait_until(next);) next = run_once();
}

Instant Recurring::run_once() {
  std::string failure;
  try {
    const auto next = work_();
    if (next) {
      failing_ = false;
      return *next;
    }
    failure = both(next.error().message);
  } catch (const std::exception& exception) {  // a bug; the next time may go well
    failure = exception.what();
  }
  if (!std::exchange(failing_, true)) complain_(failure);
  return {clock_.now().microseconds + kLongest.count()};
}

bool Recurring::wait_until(Instant next) {
  std::unique_lock lock(mutex_);
  const std::chrono::microseconds left(next.microseconds - clock_.now().microseconds);
  if (left.count() > 0)
    wake_.wait_for(lock, std::min(left, kLongest), [this] { return stopping_; });
  return !stopping_;
}

}  // namespace mingjian::background
