#include "tests/cluster/attempt.h"

#include <ostream>

#include <nlohmann/json.hpp>

namespace mingjian::testing {

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
