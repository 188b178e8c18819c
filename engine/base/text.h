#pragma once

#include <string>

namespace mingjian {

// A sentence for people, in Chinese and in English. Both are always there.
struct Text {
  std::string zh;
  std::string en;

  bool operator==(const Text&) const = default;
};

}  // namespace mingjian
