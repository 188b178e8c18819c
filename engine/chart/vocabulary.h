#pragma once

#include <string_view>
#include <vector>

namespace mingjian::chart {

// Keys beside those of the contract that a definition may have. The chart gives them no meaning and
// does not look inside; any other key is refused (contract, section 7).
struct Vocabulary {
  std::vector<std::string_view> root;  // the root may also have what states may have
  std::vector<std::string_view> states;
  std::vector<std::string_view> transitions;
};

// The keys of the product (design, section 3).
inline const Vocabulary kProductVocabulary = {
    {"title", "data", "filing", "forms", "materials", "number", "case_title", "properties"},
    {"title", "stage", "rules", "time_limit", "no_time_limit", "documents", "form", "by",
     "materials", "approval", "not_same_as", "spawns"},
    {"title", "by", "form", "materials", "approval", "not_same_as", "rules", "guard_title",
     "documents", "spawns", "time_limit"},
};

}  // namespace mingjian::chart
