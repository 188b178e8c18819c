#include "tests/cluster/attempt.h"

#include <chrono>
#include <ostream>

#include <nlohmann/json.hpp>

namespace mingjian::testing {

std::int64_t microseconds_now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void write_attempts(std::ostream& out, const Attempts& attempts) {
  for (const Attempt& attempt : attempts) {
    const nlohmann::ordered_json line = {{"client", attempt.client}, {"began", attempt.began},
                                         {"ended", attempt.ended},   {"writes", attempt.writes},
                                         {"key", attempt.key},       {"trace", attempt.trace},
                                         {"case", attempt.case_id},  {"seen", attempt.seen},
                                         {"status", attempt.status}, {"version", attempt.version}};
    out << line << "\n";
  }
}

}  // namespace mingjian::testing
