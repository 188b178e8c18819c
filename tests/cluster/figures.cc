#include "tests/cluster/figures.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <vector>

namespace mingjian::testing {
namespace {

std::int64_t milliseconds(std::int64_t microseconds) { return microseconds / 1000; }

}  // namespace

void print_figures(std::ostream& out, const Attempts& attempts) {
  std::map<int, int> statuses;
  std::map<std::string, std::int64_t> begun;  // of commands
  std::vector<std::int64_t> acknowledgements;
  std::int64_t slowest_answer = 0;
  std::int64_t slowest_command = 0;
  int reads = 0;
  for (const Attempt& attempt : attempts) {
    ++statuses[attempt.status];
    slowest_answer = std::max(slowest_answer, attempt.ended - attempt.began);
    if (!attempt.writes) {
      reads += acknowledged(attempt) ? 1 : 0;
      continue;
    }
    const std::int64_t first = begun.try_emplace(attempt.key, attempt.began).first->second;
    if (!acknowledged(attempt)) continue;
    acknowledgements.push_back(attempt.ended);
    slowest_command = std::max(slowest_command, attempt.ended - first);
  }
  std::sort(acknowledgements.begin(), acknowledgements.end());
  std::int64_t longest_silence = 0;
  for (std::size_t i = 1; i < acknowledgements.size(); ++i) {
    longest_silence = std::max(longest_silence, acknowledgements[i] - acknowledgements[i - 1]);
  }
  out << acknowledgements.size() << " of " << begun.size() << " commands acknowledged, " << reads
      << " reads; answers by status:";
  for (const auto& [status, count] : statuses) out << " " << status << ": " << count;
  out << "\nslowest answer " << milliseconds(slowest_answer)
      << " ms, slowest command with its repeats " << milliseconds(slowest_command)
      << " ms, longest time without any acknowledgement " << milliseconds(longest_silence)
      << " ms\n";
}

void print_troubles(std::ostream& out, const Attempts& attempts,
                    const std::vector<Trouble>& troubles) {
  for (const Trouble& trouble : troubles) {
    const Attempt* slowest = nullptr;
    for (const Attempt& attempt : attempts) {
      if (attempt.ended < trouble.began || attempt.began > trouble.ended) continue;
      if (slowest == nullptr || attempt.ended - attempt.began > slowest->ended - slowest->began)
        slowest = &attempt;
    }
    out << trouble.name << ": " << milliseconds(trouble.ended - trouble.began) << " ms";
    if (slowest != nullptr) {
      out << ", slowest answer " << milliseconds(slowest->ended - slowest->began) << " ms ("
          << (slowest->writes ? "command" : "read") << ", status " << slowest->status << ")";
    }
    out << "\n";
  }
}

}  // namespace mingjian::testing
