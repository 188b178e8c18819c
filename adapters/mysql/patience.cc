#include "adapters/mysql/patience.h"

#include <algorithm>
#include <random>
#include <thread>

#include "engine/ports/deadline.h"

namespace mingjian::mysql {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kWithoutNodes{1'000};
constexpr int kMostMilliseconds = 100;
// Against a conflict that would come for ever.
constexpr int kMostTries = 100;

milliseconds pause(int tries) {
  static thread_local std::minstd_rand random{std::random_device()()};
  const int most = std::min(kMostMilliseconds, 1 << std::min(tries, 10));
  return milliseconds(std::uniform_int_distribution(0, most)(random));
}

}  // namespace

Patience::Clock::time_point Patience::end_of(milliseconds whole) {
  return std::min(Clock::now() + whole, Deadline::end());
}

Patience::Patience(Clock::time_point end)
    : end_(end), end_without_nodes_(Clock::now() + kWithoutNodes) {}

bool Patience::once_more(const Failure& failure) {
  in_doubt_ = in_doubt_ || failure.in_doubt;
  if (!failure.passing() && !failure.in_doubt) return false;
  if (++tries_ > kMostTries) return false;
  const auto wait = pause(tries_);
  const bool early = failure.no_node && !in_doubt_;
  if (Clock::now() + wait >= (early ? std::min(end_, end_without_nodes_) : end_)) return false;
  std::this_thread::sleep_for(wait);
  return true;
}

}  // namespace mingjian::mysql
