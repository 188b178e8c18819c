#pragma once

#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace mingjian {

// Somebody outside who signs people in and gives them tokens. Thread-safe.
class TokenAuthority {
 public:
  virtual ~TokenAuthority() = default;
  // Whose token it is at `now`. That there is such a person here, and that he may sign in, is for
  // the caller to ask. Errors: kUnauthenticated; kUnavailable where the authority's keys cannot be
  // had and none are known.
  [[nodiscard]] virtual Result<PersonId> holder(std::string_view token, Instant now) = 0;
};

}  // namespace mingjian
