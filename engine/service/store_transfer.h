#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/ports/database.h"

namespace mingjian {

// How much was looked at, or was copied.
struct TransferCounts {
  std::size_t cases = 0;
  std::size_t events = 0;
  std::size_t tasks = 0;
  std::size_t answers = 0;
  std::size_t definitions = 0;
  std::size_t people = 0;

  bool operator==(const TransferCounts&) const = default;
};

// Called with the number of cases after each page of them.
using CasesDone = std::function<void(std::size_t)>;

// Copies everything of one store to another that is empty, or that a copy of the same store was
// begun on: what is there already and equal is left alone, so that a copy that was cut off goes on.
// Nobody may work on either store meanwhile. Gives what was written now. Errors: those of the
// stores; kConflict where the target has a case that the source has not, or a newer version of one.
[[nodiscard]] Result<TransferCounts> copy_store(Database& from, Database& to,
                                                const CasesDone& done = {});

// What differs between two stores, and how much they were found to have in common. Heads, events
// and all else are compared octet by octet.
struct Comparison {
  TransferCounts equal;
  std::vector<Text> differences;  // the first kMostDifferences
};
inline constexpr std::size_t kMostDifferences = 20;
[[nodiscard]] Result<Comparison> compare_stores(Database& one, Database& other,
                                                const CasesDone& done = {});

}  // namespace mingjian
