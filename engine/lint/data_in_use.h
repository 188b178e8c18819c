#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/definition/definition.h"

namespace mingjian::lint {

// The fields of a case's data on which it depends where a case can go: those that a guard reads,
// and those from which one of these is set.
struct DataInUse {
  bool all = false;  // some guard computes what it reads
  std::set<std::string, std::less<>> fields;

  [[nodiscard]] bool contains(std::string_view field) const {
    return all || fields.find(field) != fields.end();
  }
};

// `conditions`: expressions that are asked beside the guards.
[[nodiscard]] DataInUse data_in_use(const chart::Chart& chart,
                                    const std::vector<guard::Expression>& conditions);

}  // namespace mingjian::lint
