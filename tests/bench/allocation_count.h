#pragma once

#include <cstdint>

namespace mingjian::bench {

// How often the program has asked for memory. Linking allocation_count.cc replaces operator new.
[[nodiscard]] std::uint64_t allocation_count();

}  // namespace mingjian::bench
