#pragma once

#include <chrono>
#include <cstdint>

namespace mingjian {

// How long after so many failures in a row nobody may try to sign in to an account: not at all
// after the first ten, which also are as many tries as may be under way at once, then 1 s, 2 s, 4 s
// and so on, up to five minutes. That leaves a guesser some 300 tries a day.
[[nodiscard]] std::chrono::seconds sign_in_delay(std::int64_t failures);

}  // namespace mingjian
