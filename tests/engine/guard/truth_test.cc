#include <ostream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/engine/guard/object_scope.h"

namespace mingjian::guard {
namespace {

// A rule on data of which `hidden` is not known and `one` is 1.
struct TruthCase {
  std::string name;
  std::string rule;
  Truth truth;
};

void PrintTo(const TruthCase& each, std::ostream* out) { *out << each.name; }

class PossibleTruth : public ::testing::TestWithParam<TruthCase> {};

INSTANTIATE_TEST_SUITE_P(
    Table, PossibleTruth,
    ::testing::Values(
        TruthCase{"Known", R"({"==": [{"var": "one"}, 1]})", Truth::kTrue},
        TruthCase{"KnownAndFailing", R"({"<": ["a", {"var": "one"}]})", Truth::kFails},
        TruthCase{"Hidden", R"({"var": "hidden"})", Truth::kUnknown},
        TruthCase{"NotHidden", R"({"!": [{"var": "hidden"}]})", Truth::kUnknown},
        TruthCase{"HiddenAndFalse", R"({"and": [{"var": "hidden"}, false]})", Truth::kFalse},
        TruthCase{"HiddenAndTrue", R"({"and": [{"var": "hidden"}, true]})", Truth::kUnknown},
        TruthCase{"HiddenOrTrue", R"({"or": [{"var": "hidden"}, true]})", Truth::kTrue},
        TruthCase{"HiddenAndFailing", R"({"and": [{"var": "hidden"}, {"/": [1, 0]}]})",
                  Truth::kFalse},
        TruthCase{"EqualOrTrue", R"({"or": [{"===": [{"var": "hidden"}, 1]}, true]})",
                  Truth::kTrue},
        TruthCase{"MayFailOrTrue", R"({"or": [{"<": [{"var": "hidden"}, 1]}, true]})",
                  Truth::kUnknown},
        TruthCase{"MayFailAndFalse", R"({"and": [{"<": [{"var": "hidden"}, 1]}, false]})",
                  Truth::kFalse},
        TruthCase{"NotMayFailAndFalse",
                  R"({"!": [{"and": [{"<": [{"var": "hidden"}, 1]}, false]}]})", Truth::kUnknown},
        TruthCase{"FalseBeforeWhatMayFail", R"({"and": [false, {"<": [{"var": "hidden"}, 1]}]})",
                  Truth::kFalse},
        TruthCase{"SameEitherWay", R"({"if": [{"var": "hidden"}, 1, 2]})", Truth::kTrue},
        TruthCase{"DiffersByChoice", R"({"if": [{"var": "hidden"}, 1, 0]})", Truth::kUnknown},
        TruthCase{"SameUnlessItFails", R"({"if": [{"+": [{"var": "hidden"}]}, 1, 2]})",
                  Truth::kUnknown},
        TruthCase{"PathUnseen", R"({"if": [{"val": [{"var": "one"}, {"var": "hidden"}]}, 1, 2]})",
                  Truth::kUnknown}),
    [](const auto& each) { return each.param.name; });

TEST_P(PossibleTruth, IsWhatFollowsFromTheDataThatIsKnown) {
  const auto source = parse_ordered_json(GetParam().rule);
  ASSERT_TRUE(source);
  const auto rule = Expression::compile(*source, "");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->truth(testing::ObjectScope({{"one", 1}, {"hidden", unknown()}})),
            GetParam().truth);
}

}  // namespace
}  // namespace mingjian::guard
