#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// The door of a fuzz target, as libFuzzer calls it: once for each input, in one process. A defect
// ends the process.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace mingjian::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Something that holds for every input.
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace mingjian::fuzz
