#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace mingjian::testing {

// MINGJIAN_WALK_SEED, else another one each time.
inline std::uint32_t seed_of_this_run() {
  const char* const given = std::getenv("MINGJIAN_WALK_SEED");
  return given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device()();
}

}  // namespace mingjian::testing
