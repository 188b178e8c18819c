#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "engine/base/text.h"

namespace mingjian {

// What went wrong outside the rules of a case. A business refusal is an Obstacle (case/obstacle.h),
// a bug is an assertion; this is the third kind.
enum class ErrorKind {
  kInvalidInput,     // the caller sent something that cannot be read; `pointer` says where
  kNotFound,         // no such thing, or none that the caller may know of
  kUnauthenticated,  // no valid session
  kConflict,         // somebody was faster: read again and decide again
  kUnavailable,      // the store cannot be reached now; trying again later may help
  kStorageFull,      // nothing was written, for lack of room
  kOutcomeUnknown,   // written or not: ask by the idempotency key before trying again
  kCorrupt,          // what is stored contradicts itself
};

struct Error {
  ErrorKind kind;
  Text message;
  // JSON pointer (RFC 6901) into the input, empty for the whole of it or where it does not apply.
  std::string pointer = {};
};

template <class T>
using Result = tl::expected<T, Error>;

// An error to return from a function whose result is a Result<T>.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, Text message,
                                                std::string pointer = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(pointer)});
}

}  // namespace mingjian
