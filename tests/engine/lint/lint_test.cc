// Each check has a definition that goes against it alone, made by one change to a clean one.
#include "engine/lint/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/access/role.h"
#include "tests/engine/lint/sample.h"

namespace mingjian::testing {
namespace {

using ::testing::IsEmpty;

// "check pointer", with "~" where the path rests on a guess.
std::vector<std::string> in_short(const std::vector<lint::Finding>& findings) {
  std::vector<std::string> all;
  for (const lint::Finding& finding : findings)
    all.push_back(finding.check + " " + finding.pointer + (finding.approximate ? " ~" : ""));
  return all;
}

std::vector<std::string> events_of(const lint::Finding& finding) {
  std::vector<std::string> events;
  for (const lint::PathStep& step : finding.path) events.push_back(step.event);
  return events;
}

OrderedJson changed(const char* pointer, const char* value) {
  OrderedJson definition = sample_definition();
  const OrderedJson::json_pointer place(pointer);
  if (std::string_view(value).empty()) {
    definition[place.parent_pointer()].erase(place.back());
  } else {
    definition[place] = OrderedJson::parse(value);
  }
  return definition;
}

TEST(Lint, FindsNothingInACleanDefinition) {
  EXPECT_THAT(in_short(lint_of(sample_definition())), IsEmpty());
}

struct Row {
  const char* name;
  const char* pointer;  // what is changed
  const char* value;    // empty: it is taken away
  const char* finding;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class LintCheck : public ::testing::TestWithParam<Row> {};

TEST_P(LintCheck, IsTheOnlyOneThatSpeaks) {
  const auto findings = in_short(lint_of(changed(GetParam().pointer, GetParam().value)));
  EXPECT_THAT(findings, ::testing::ElementsAre(GetParam().finding));
}

constexpr const char* kStray =
    R"({"title": {"zh": "他处", "en": "elsewhere"}, "stage": "work", "no_time_limit": {"zh": "示例", "en": "x"},
        "on": {"leave": {"title": {"zh": "离开", "en": "leave"}, "by": ["inspector"], "target": "closed"}}})";
constexpr const char* kTrap =
    R"({"title": {"zh": "陷阱", "en": "trap"}, "by": ["inspector"], "target": "pit"})";
constexpr const char* kSpin =
    R"({"title": {"zh": "打转", "en": "spin"}, "by": ["inspector"], "actions": [{"raise": "spin"}]})";
constexpr const char* kSilentGuard =
    R"({"title": {"zh": "跳过", "en": "skip"}, "by": ["inspector"], "target": "closed",
        "guard": {"and": [{"==": [{"var": "context.heard"}, true]}, {"!": [{"var": "context.heard"}]}]}})";

INSTANTIATE_TEST_SUITE_P(
    Each, LintCheck,
    ::testing::Values(
        Row{"unknown_field", "/states/trial/on/decide/guard", R"({"!": {"var": "context.haerd"}})",
            "mistyped_expression /states/trial/on/decide/guard/!/var"},
        Row{"unlike_types", "/states/trial/on/decide/guard",
            R"({"!=": [{"var": "context.heard"}, 3]})",
            "mistyped_expression /states/trial/on/decide/guard/!="},
        Row{"unknown_role_in_guard", "/states/work/on/to_trial/guard",
            R"({"in": ["cook", {"var": "actor.roles"}]})",
            "mistyped_expression /states/work/on/to_trial/guard/in/0"},
        Row{"unknown_material", "/states/work/on/to_trial/guard",
            R"({">=": [{"var": "case.materials.report"}, 1]})",
            "mistyped_expression /states/work/on/to_trial/guard/>=/0/var"},
        Row{"field_of_another_form", "/states/trial/on/decide/guard",
            R"({"!": {"var": "event.data.heard"}})",
            "mistyped_expression /states/trial/on/decide/guard/!/var"},
        Row{"wrong_assignment", "/states/trial/on/decide/actions",
            R"([{"assign": {"heard": "yes"}}])",
            "mistyped_expression /states/trial/on/decide/actions/0/assign/heard"},
        Row{"unknown_assignment", "/states/trial/entry", R"([{"assign": {"herad": true}}])",
            "mistyped_expression /states/trial/entry/0/assign/herad"},
        Row{"wrong_choice", "/states/trial/exit",
            R"([{"choose": [{"guard": {"<": [{"var": "context.facts"}, 3]}, "actions": []}]}])",
            "mistyped_expression /states/trial/exit/0/choose/0/guard/<"},
        Row{"wrong_title", "/case_title", R"({"cat": ["case of ", {"var": "context.fatcs"}]})",
            "mistyped_expression /case_title/cat/1/var"},
        Row{"unreachable", "/states/elsewhere", kStray, "unreachable_state /states/elsewhere"},
        Row{"never_taken", "/states/work/on/skip", kSilentGuard,
            "never_taken /states/work/on/skip"},
        Row{"endless", "/states/work/on/spin", kSpin, "endless_loop /states/work/on/spin"},
        Row{"unknown_target", "/states/work/on/to_trial/target", R"("nowhere")",
            "invalid_definition /states/work/on/to_trial/target"},
        Row{"excluding_targets", "/states/work/on/to_trial/target", R"(["trial", "work"])",
            "invalid_definition /states/work/on/to_trial/target"},
        Row{"no_initial", "/initial", "", "invalid_definition "},
        Row{"unknown_initial", "/initial", R"("nowhere")", "invalid_definition /initial"},
        Row{"unknown_default_of_history", "/states/back",
            R"({"type": "history", "target": "nowhere"})",
            "invalid_definition /states/back/target"},
        Row{"unknown_form", "/states/work/on/hear/form", R"("nowhere")",
            "invalid_definition /states/work/on/hear/form"},
        Row{"unknown_material_asked", "/states/work/on/to_trial/materials", R"(["report"])",
            "invalid_definition /states/work/on/to_trial/materials/0"},
        Row{"unknown_code_table", "/data/properties/facts", R"({"code": "colours"})",
            "invalid_definition /data/properties/facts/code"},
        Row{"no_time_limit", "/states/work/no_time_limit", "", "invalid_definition /states/work"},
        Row{"unknown_rule_of_a_limit", "/states/work/time_limit",
            R"({"amount": 3, "unit": "day", "from": {"zh": "收到", "en": "receipt"}, "rule": "R-NONE"})",
            "invalid_definition /states/work/time_limit/rule"},
        Row{"unknown_approver", "/states/trial/on/decide/approval/steps/0/by", R"(["cook"])",
            "invalid_definition /states/trial/on/decide/approval/steps/0/by/0"},
        Row{"unknown_state_barred", "/states/trial/on/decide/not_same_as", R"(["nowhere"])",
            "invalid_definition /states/trial/on/decide/not_same_as"},
        Row{"unknown_key", "/states/work/on/hear/bye", R"(["inspector"])",
            "invalid_definition /states/work/on/hear"},
        Row{"no_title", "/states/work/on/hear/title", "",
            "invalid_definition /states/work/on/hear"},
        Row{"nobody", "/states/work/on/hear/by", "[]",
            "invalid_definition /states/work/on/hear/by"},
        Row{"no_signer", "/states/trial/on/decide/approval/steps", "[]",
            "invalid_definition /states/trial/on/decide/approval/steps"},
        Row{"unknown_rule", "/states/work/on/hear/rules", R"(["R-NONE"])",
            "invalid_definition /states/work/on/hear/rules/0"},
        Row{"unknown_role", "/states/work/on/hear/by", R"(["cook"])",
            "invalid_definition /states/work/on/hear/by/0"},
        Row{"unknown_stage", "/states/work/stage", R"("nowhere")",
            "invalid_definition /states/work/stage"},
        Row{"precedence", "/properties",
            R"([{"id": "p", "title": {"zh": "先听取", "en": "hear first"},
                 "act": {"enters": "work"}, "before": {"rule": "R-HEAR"}}])",
            "broken_property /properties/0"},
        Row{"response", "/properties",
            R"([{"id": "p", "title": {"zh": "随后再听取", "en": "hear again"},
                 "act": {"enters": "trial"}, "then": {"event": "hear"}}])",
            "broken_property /properties/0"},
        Row{"approval", "/properties",
            R"([{"id": "p", "title": {"zh": "党委审批", "en": "approved by the committee"},
                 "act": {"event": "decide"}, "approved_by": "party_committee"}])",
            "broken_property /states/trial/on/decide"},
        Row{"at_the_end", "/properties",
            R"([{"id": "p", "title": {"zh": "未听取", "en": "unheard"},
                 "at_the_end": {"!": [{"var": "context.heard"}]}}])",
            "broken_property /properties/0"},
        Row{"idle", "/properties",
            R"([{"id": "p", "title": {"zh": "空", "en": "idle"},
                 "act": {"rule": "R-TRY"}, "before": {"rule": "R-HEAR"}}])",
            "idle_property /properties/0"},
        Row{"bad_property", "/properties",
            R"([{"id": "p", "title": {"zh": "空", "en": "idle"},
                 "act": {"event": "sing"}, "before": {"rule": "R-HEAR"}}])",
            "bad_property /properties/0/act/event"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Lint, NamesATransitionThatAnEarlierOneShadows) {
  const auto definition = changed("/states/work/on/to_trial", R"([
      {"title": {"zh": "移送", "en": "to trial"}, "by": ["inspector"], "target": "trial"},
      {"title": {"zh": "再移送", "en": "again"}, "by": ["inspector"], "target": "closed"}])");
  EXPECT_THAT(in_short(lint_of(definition)),
              ::testing::ElementsAre("shadowed_transition /states/work/on/to_trial/1",
                                     "never_taken /states/work/on/to_trial/1"));
}

TEST(Lint, ShowsTheShortestPathToWhereACaseIsTrapped) {
  auto definition = changed("/states/trial/on/fall", kTrap);
  definition["states"]["pit"] = OrderedJson::parse(
      R"({"title": {"zh": "坑", "en": "pit"}, "stage": "work", "no_time_limit": {"zh": "示例", "en": "x"}})");
  const auto findings = lint_of(definition);
  ASSERT_THAT(in_short(findings), ::testing::ElementsAre("no_way_to_the_end /states/pit"));
  EXPECT_THAT(events_of(findings[0]), ::testing::ElementsAre("", "hear", "to_trial", "fall"));
}

TEST(Lint, ProvesThatWhoInvestigatesDoesNotTry) {
  const char* const property = R"([{"id": "apart", "title": {"zh": "分离", "en": "apart"},
      "rules": ["R-TRY"], "act": {"from": "trial"}, "apart_from": {"from": "work"}}])";
  EXPECT_THAT(in_short(lint_of(changed("/properties", property))), IsEmpty());
  auto together = changed("/properties", property);
  together["states"]["trial"]["on"]["decide"].erase("not_same_as");
  const auto findings = lint_of(together);
  ASSERT_THAT(in_short(findings),
              ::testing::ElementsAre("broken_property /states/trial/on/decide"));
  EXPECT_THAT(events_of(findings[0]), ::testing::ElementsAre("", "hear", "to_trial", "decide"));
  EXPECT_EQ(findings[0].rules, std::vector{RuleId("R-TRY")});
}

TEST(Lint, ChecksWhatTheRegisterAsksOfEveryDefinition) {
  Register known = sample_register();
  known.requirements = R"({"requirements": [
    {"id": "heard", "title": {"zh": "先听取", "en": "heard first"}, "rules": ["R-HEAR"],
     "act": {"rule": "R-DECIDE"}, "before": {"rule": "R-HEAR"}},
    {"id": "elsewhere", "title": {"zh": "他处", "en": "of other procedures"},
     "act": {"enters": "review"}, "before": {"rule": "R-HEAR"}}]})";
  EXPECT_THAT(in_short(lint_of(sample_definition(), known)), IsEmpty());
  auto unheard = sample_definition();
  unheard["states"]["work"]["on"]["to_trial"].erase("guard");
  EXPECT_THAT(in_short(lint_of(unheard, known)),
              ::testing::ElementsAre("broken_property /states/trial/on/decide"));
}

TEST(Lint, SaysWhereAPathRestsOnDataThatItDoesNotKnow) {
  const auto definition =
      changed("/states/work/on/to_trial/guard", R"({"==": [{"var": "context.facts"}, "heard"]})");
  auto with = definition;
  with["properties"] = OrderedJson::parse(
      R"([{"id": "p", "title": {"zh": "先听取", "en": "hear first"},
           "act": {"enters": "trial"}, "before": {"rule": "R-HEAR"}}])");
  EXPECT_THAT(in_short(lint_of(with)),
              ::testing::ElementsAre("broken_property /states/work/on/to_trial ~"));
}

TEST(Lint, LooksIntoWorkSideBySideAndAtHistory) {
  auto definition = changed("/states/work", R"json({
      "type": "parallel", "title": {"zh": "并行", "en": "side by side"}, "stage": "work",
      "no_time_limit": {"zh": "示例", "en": "an example"},
      "on": {
        "pause": {"title": {"zh": "中止", "en": "pause"}, "by": ["inspector"], "target": "paused"},
        "to_trial": {"title": {"zh": "移送", "en": "to trial"}, "by": ["inspector"], "target": "trial",
          "guard": {"and": [{"in_state": "lead.work.a.done"}, {"in_state": "lead.work.b.done"}]}}},
      "states": {
        "a": {"initial": "open", "states": {
          "open": {"on": {"hear": {"title": {"zh": "听取", "en": "hear"}, "by": ["inspector"],
            "rules": ["R-HEAR"], "target": "done"}}},
          "done": {}}},
        "b": {"initial": "open", "states": {
          "open": {"on": {"collect": {"title": {"zh": "取证", "en": "collect"}, "by": ["inspector"],
            "target": "done"}}},
          "done": {}}},
        "before": {"type": "history", "history": "deep"}}})json");
  definition["states"]["paused"] = OrderedJson::parse(
      R"({"title": {"zh": "中止", "en": "paused"}, "stage": "work", "no_time_limit": {"zh": "示例", "en": "x"},
          "on": {"resume": {"title": {"zh": "恢复", "en": "resume"}, "by": ["inspector"], "target": "#lead.work.before"}}})");
  definition["properties"] = OrderedJson::parse(
      R"([{"id": "p", "title": {"zh": "先听取", "en": "hear first"}, "act": {"event": "decide"}, "before": {"rule": "R-HEAR"}}])");
  EXPECT_THAT(in_short(lint_of(definition)), IsEmpty());
  definition["states"]["paused"]["on"]["resume"]["target"] = "trial";
  EXPECT_THAT(in_short(lint_of(definition)),
              ::testing::ElementsAre("broken_property /states/trial/on/decide"));
}

// The signatures of the only decision of the sample.
OrderedJson decided_by(const OrderedJson& signing, std::vector<const char*> roles) {
  OrderedJson definition = sample_definition();
  OrderedJson& step = definition["states"]["trial"]["on"]["decide"]["approval"]["steps"][0];
  step["signing"] = signing;
  step["by"] = roles;
  return definition;
}

TEST(Lint, TakesAHolderOfEveryRoleWhereAllSignAndOfOneWhereAnyDoes) {
  const lint::Staff headless = {{role::kInspector}, {role::kTrialOfficer}, {role::kMainHead}};
  EXPECT_THAT(in_short(lint_of(decided_by("any", {"main_head", "party_committee"}),
                               sample_register(), &headless)),
              IsEmpty());
  const auto findings =
      lint_of(decided_by("all", {"main_head", "party_committee"}), sample_register(), &headless);
  EXPECT_EQ(in_short(findings)[0], "unfilled_role /states/trial/on/decide");
  EXPECT_THAT(findings[0].message.en, ::testing::HasSubstr("party committee"));
}

TEST(Lint, TakesTheLowestOfThoseOfWhomAnySignsForTheApproval) {
  for (const auto& [signing, breach] : {std::pair{"any", true}, std::pair{"all", false}}) {
    OrderedJson definition = decided_by(signing, {"main_head", "department_head"});
    definition["properties"] = OrderedJson::parse(
        R"([{"id": "p", "title": {"zh": "审批", "en": "approved"}, "act": {"event": "decide"},
             "approved_by": "deputy_in_charge"}])");
    EXPECT_EQ(in_short(lint_of(definition)).empty(), !breach) << signing;
  }
}

TEST(Lint, CountsThePeopleWhoMustBeDifferent) {
  const auto definition = decided_by("all", {"main_head", "party_committee"});
  const std::set<Role> both = {role::kMainHead, role::kPartyCommittee};
  lint::Staff staff = {{role::kInspector}, {role::kTrialOfficer}, both};
  const auto findings = lint_of(definition, sample_register(), &staff);
  EXPECT_THAT(in_short(findings), ::testing::ElementsAre("too_few_people /states/trial/on/decide"));
  EXPECT_THAT(findings[0].message.en,
              ::testing::HasSubstr("needs 3 different people (trial officer, main head, party "
                                   "committee)"));
  EXPECT_FALSE(lint::has_errors(findings));
  staff.push_back({role::kMainHead});
  EXPECT_THAT(in_short(lint_of(definition, sample_register(), &staff)), IsEmpty());
  // The other way round: who asks could sign, but then nobody would ask.
  staff = {{role::kInspector}, {role::kTrialOfficer, role::kMainHead}, {role::kPartyCommittee}};
  EXPECT_THAT(in_short(lint_of(definition, sample_register(), &staff)),
              ::testing::ElementsAre("too_few_people /states/trial/on/decide"));
}

TEST(Lint, FindsTheRoleForWantOfWhichNothingMoves) {
  const lint::Staff all = {{role::kInspector}, {role::kTrialOfficer}, {role::kMainHead}};
  EXPECT_THAT(in_short(lint_of(sample_definition(), sample_register(), &all)), IsEmpty());
  const lint::Staff headless = {{role::kInspector}, {role::kTrialOfficer}};
  const auto findings = lint_of(sample_definition(), sample_register(), &headless);
  EXPECT_EQ(in_short(findings)[0], "unfilled_role /states/trial/on/decide");
  EXPECT_TRUE(lint::has_errors(findings));
  EXPECT_EQ(findings.back().check, "missing_role");
  EXPECT_THAT(findings.back().message.en, ::testing::HasSubstr("main head"));
}

}  // namespace
}  // namespace mingjian::testing
