#include "engine/access/sign_in_delay.h"

#include <algorithm>

namespace mingjian {

std::chrono::seconds sign_in_delay(std::int64_t failures) {
  constexpr std::int64_t kFree = 10;
  constexpr std::int64_t kMostDoublings = 9;
  constexpr std::chrono::seconds kLongest = std::chrono::minutes(5);
  if (failures < kFree) return std::chrono::seconds(0);
  const auto doublings = std::min(failures - kFree, kMostDoublings);
  return std::min(kLongest, std::chrono::seconds(1LL << doublings));
}

}  // namespace mingjian
