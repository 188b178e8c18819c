#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace mingjian::bench {

// How one round went.
struct Figures {
  double seconds = 0;            // of the whole round
  std::vector<double> waits_ms;  // of each command, sorted

  [[nodiscard]] double per_second() const { return static_cast<double>(waits_ms.size()) / seconds; }
  // The wait in milliseconds that `share` of the commands did not exceed. Requires commands.
  [[nodiscard]] double percentile(double share) const {
    const auto place = static_cast<std::size_t>(share * static_cast<double>(waits_ms.size()));
    return waits_ms[std::min(place, waits_ms.size() - 1)];
  }
};

class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace mingjian::bench
