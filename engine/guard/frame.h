#pragma once

#include <cstddef>

#include "engine/base/json.h"

namespace mingjian::guard {

// What `var` and `val` see, innermost first. An operator with a body (map, reduce, try, ...) puts
// two frames on top of the one that it runs in: one about the iteration, then the one with the
// member. `{"val": [[n], ...]}` starts n frames further out.
struct Frame {
  enum class Kind {
    kData,       // all of the data: the Scope
    kIteration,  // "index" and "iterator" (the list)
    kMember,     // a member of a list, or the error that `try` caught
    kReduction,  // "current" and "accumulator"
  };
  Kind kind = Kind::kData;
  const Frame* outer = nullptr;
  std::size_t index = 0;              // of kIteration
  const Json* value = nullptr;        // the list, the member or error, or current
  const Json* accumulator = nullptr;  // of kReduction
};

}  // namespace mingjian::guard
