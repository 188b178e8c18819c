#include "engine/lint/lint.h"

#include <iostream>

#include "engine/lint/due_process.h"
#include "engine/lint/report.h"
#include "tests/support/shipped.h"

namespace mingjian::testing {
namespace {

TEST(ShippedDefinitions, AreClean) {
  for (const Definition& definition : shipped_definitions()) {
    const auto findings = lint::lint(definition, shipped_register(), {});
    EXPECT_TRUE(findings.empty()) << lint::to_text(
        {definition.id(), definition.source(), findings});
  }
}

TEST(ShippedDefinitions, AreLookedAtWhole) {
  for (const Definition& definition : shipped_definitions()) {
    const auto graph = lint::explore(definition, {});
    EXPECT_TRUE(graph.complete) << definition.id();
    EXPECT_GT(graph.nodes.size(), 50U) << definition.id();
    std::cout << definition.id() << ": " << graph.nodes.size() << " standings, "
              << graph.edges.size() << " steps\n";
  }
}

// Takes a safeguard out of a shipped definition and expects the register to miss it.
struct Damage {
  const char* name;
  const char* definition;
  const char* pointer;      // of what is taken out
  const char* requirement;  // whose title the finding names
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class Damaged : public ::testing::TestWithParam<Damage> {};

TEST_P(Damaged, IsRefused) {
  const auto [name, id, pointer, requirement] = GetParam();
  OrderedJson definition =
      OrderedJson::parse(read_file(kWorkflows + "/" + id + "/definition.json"));
  const OrderedJson::json_pointer place(pointer);
  definition.at(place.parent_pointer()).erase(place.back());
  const auto loaded = load(definition.dump());
  ASSERT_TRUE(loaded);
  const auto findings = lint::lint(*loaded, shipped_register(), {});
  ASSERT_TRUE(lint::has_errors(findings));
  bool named = false;
  for (const lint::Finding& finding : findings) {
    named = named || finding.message.en.find(requirement) != std::string::npos;
    EXPECT_FALSE(finding.path.empty()) << finding.message.en;
  }
  EXPECT_TRUE(named) << lint::to_text({id, definition.dump(), findings});
}

INSTANTIATE_TEST_SUITE_P(
    Each, Damaged,
    ::testing::Values(
        Damage{"unheard", "accountability", "/states/facts_meeting/on/propose_accountability/guard",
               "he is heard before a decision"},
        Damage{"untried", "style-problem", "/states/collective_decision/on/decide/1/guard",
               "only after trial"},
        Damage{"judge_in_his_own_case", "clue", "/states/trial/on/form_opinion/not_same_as",
               "takes no part in the trial"},
        Damage{"unapproved", "accountability", "/states/investigation/on/to_trial/approval",
               "approves the transfer to trial"},
        Damage{"uncleared", "clarification", "/states/archive/on/close_file/guard",
               "waits for its clarification"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace mingjian::testing
