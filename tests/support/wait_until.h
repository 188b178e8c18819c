#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace mingjian::testing {

// For what another thread brings about. What never comes ends with the time that CTest gives a
// test.
inline void wait_until(const std::function<bool()>& holds) {
  while (!holds()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace mingjian::testing
