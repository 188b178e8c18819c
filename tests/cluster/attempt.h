#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace mingjian::testing {

// One request of a client and what the client heard. Requests with the same key are the same
// command. The log of all of them is what the checker judges by: a client knows nothing else.
struct Attempt {
  int client = 0;
  std::int64_t began = 0;  // microseconds on one clock that all clients share and that never jumps
  std::int64_t ended = 0;
  bool writes = false;
  std::string key;      // of a write
  std::string trace;    // what a write is found by in a history
  std::string case_id;  // empty for a filing that was not answered
  int seen = 0;         // the version that a write was sent for; 0: a filing
  int status = 0;       // 0: no answer came
  int version = 0;      // that the answer speaks of; 0: of none
};

using Attempts = std::vector<Attempt>;

[[nodiscard]] inline bool acknowledged(const Attempt& attempt) { return attempt.status / 100 == 2; }
// Whether the answer says that it was not and will not be done.
[[nodiscard]] inline bool refused(const Attempt& attempt) { return attempt.status / 100 == 4; }

// By the clock of attempts.
[[nodiscard]] std::int64_t microseconds_now();

// JSON Lines, one attempt each.
void write_attempts(std::ostream& out, const Attempts& attempts);

}  // namespace mingjian::testing
