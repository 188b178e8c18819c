#include "engine/definition/difference.h"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "engine/definition/limit_length.h"
#include "tests/support/small_definition.h"

namespace mingjian {
namespace {

using testing::approval_step;
using testing::at;
using testing::load;
using testing::next_version;
using testing::small_definition;
using enum ChangeKind;
using enum SafeguardEffect;

// One thing is changed, and exactly that is told.
struct Row {
  const char* name;
  std::function<void(OrderedJson&)> edit;
  ChangeKind kind;
  SafeguardEffect effect;
  const char* subject;
  const char* zh;  // part of the sentence
  const char* en;
};

OrderedJson transition(const char* target) {
  return {{"title",
           {{
                "zh",
                "新步骤",
            },
            {"en", "new step"}}},
          {"by", {"inspector"}},
          {"target", target}};
}

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {"OnlyTheVersion", [](OrderedJson&) {}, kOther, kNeutral, "lead", "办理程序没有变化",
       "the procedure is the same"},
      {"DefinitionTitle", [](OrderedJson& d) { d["title"]["zh"] = "问题线索"; }, kDefinition,
       kNeutral, "lead", "title", "title"},
      {"Number", [](OrderedJson& d) { d["number"] = "问线"; }, kDefinition, kNeutral, "lead",
       "number", "number"},
      {"WhoFiles", [](OrderedJson& d) { d["filing"]["by"].push_back("case_supervision"); }, kFiling,
       kNeutral, "lead", "受理登记增加办理人：案件监督管理", "filing is now also for"},
      {"FilingAsksMore", [](OrderedJson& d) { at(d, "/filing/form/required").push_back("amount"); },
       kFieldRequired, kStrengthens, "lead", "改为必填", "now requires"},
      {"CaseDataType", [](OrderedJson& d) { at(d, "/data/properties/amount/type") = "number"; },
       kFieldType, kNeutral, "lead", "内容类型", "another type"},
      {"MaterialKindAdded",
       [](OrderedJson& d) {
         d["materials"]["photo"] = {{"zh", "照片"}, {"en", "photo"}};
       },
       kMaterialAdded, kNeutral, "photo", "照片", "photo"},
      {"StateAdded",
       [](OrderedJson& d) {
         d["states"]["archive"] = {{"title", {{"zh", "归档"}, {"en", "archive"}}}};
       },
       kStateAdded, kNeutral, "lead.archive", "增加环节“归档”", "a further stage: \"archive\""},
      {"StateRenamed", [](OrderedJson& d) { at(d, "/states/review/title/zh") = "初核"; },
       kStateRenamed, kNeutral, "lead.review", "环节“审核”改名为“初核”", "is now called"},
      {"StateStructure",
       [](OrderedJson& d) {
         d["states"]["investigation"]["states"]["resumption"]["history"] = "shallow";
       },
       kStateStructure, kNeutral, "lead.investigation.resumption", "结构", "built otherwise"},
      {"StageCode", [](OrderedJson& d) { at(d, "/states/review/stage") = "trial"; },
       kStateStructure, kNeutral, "lead.review", "screening → trial", "screening -> trial"},
      {"TransitionAdded",
       [](OrderedJson& d) { d["states"]["intake"]["on"]["skip"] = transition("trial"); },
       kTransitionAdded, kNeutral, "lead.intake skip", "增加步骤“新步骤”", "has a further step"},
      {"TransitionThatAvoidsAnApproval",
       [](OrderedJson& d) { d["states"]["review"]["on"]["rush"] = transition("investigation"); },
       kTransitionAdded, kWeakens, "lead.review rush", "不经审批", "without approval"},
      {"TransitionRemoved", [](OrderedJson& d) { at(d, "/states/review/on").erase("drop"); },
       kTransitionRemoved, kNeutral, "lead.review drop", "取消步骤“了结”",
       "no longer has the step"},
      {"TransitionRenamed",
       [](OrderedJson& d) { at(d, "/states/review/on/drop/title/zh") = "予以了结"; },
       kTransitionRenamed, kNeutral, "lead.review drop", "改名为“予以了结”", "is now called"},
      {"TransitionRetargeted",
       [](OrderedJson& d) { at(d, "/states/intake/on/accept/target") = "trial"; },
       kTransitionRetargeted, kNeutral, "lead.intake accept", "“审核” → “审理”",
       "\"review\" -> \"trial\""},
      {"WhoMayAct", [](OrderedJson& d) { at(d, "/states/intake/on/accept/by").erase(1); }, kActors,
       kNeutral, "lead.intake accept", "取消办理人：案件监督管理", "no longer for"},
      {"FieldAdded",
       [](OrderedJson& d) {
         at(d, "/states/intake/on/accept/form/properties/place") = {{"type", "string"}};
       },
       kFieldAdded, kNeutral, "lead.intake accept", "增加填写项目“place”",
       "asks a further field: \"place\""},
      {"FieldRemoved",
       [](OrderedJson& d) { at(d, "/states/intake/on/accept/form/properties").erase("opinion"); },
       kFieldRemoved, kNeutral, "lead.intake accept", "不再填写“意见”",
       "no longer asks: \"opinion\""},
      {"FieldOptional",
       [](OrderedJson& d) {
         at(d, "/states/intake/on/accept/form/required") = OrderedJson::array();
       },
       kFieldOptional, kWeakens, "lead.intake accept", "不再必填：“已查重”",
       "no longer requires: \"checked\""},
      {"FieldChanged",
       [](OrderedJson& d) {
         at(d, "/states/intake/on/accept/form/properties/checked/const") = true;
       },
       kFieldChanged, kNeutral, "lead.intake accept", "可填内容", "admits other values"},
      {"MaterialNeeded",
       [](OrderedJson& d) {
         at(d, "/states/investigation/on/finish/materials").push_back("record");
       },
       kMaterialAdded, kStrengthens, "lead.investigation finish", "增加材料：笔录",
       "needs the document: record"},
      {"MaterialNotNeeded",
       [](OrderedJson& d) { at(d, "/states/investigation/on/finish").erase("materials"); },
       kMaterialRemoved, kWeakens, "lead.investigation finish", "不再需要材料：报告",
       "no longer needs the document: report"},
      {"ApprovalAdded",
       [](OrderedJson& d) {
         at(d, "/states/review/on/drop/approval/steps").push_back(approval_step("main_head"));
       },
       kApprovalAdded, kStrengthens, "lead.review drop", "增加审批：", "now needs approval by"},
      {"ApprovalRemoved",
       [](OrderedJson& d) { at(d, "/states/review/on/investigate/approval/steps").erase(1); },
       kApprovalRemoved, kWeakens, "lead.review investigate", "取消审批：",
       "no longer needs approval by"},
      {"ApprovalByALower",
       [](OrderedJson& d) {
         at(d, "/states/review/on/investigate/approval/steps/1/by/0") = "deputy_in_charge";
       },
       kApprovalRole, kWeakens, "lead.review investigate", "的审批人：", "approved by another"},
      {"ApprovalByAHigher",
       [](OrderedJson& d) { at(d, "/states/review/on/drop/approval/steps/0/by/0") = "main_head"; },
       kApprovalRole, kStrengthens, "lead.review drop", "的审批人：", "approved by another"},
      {"ApprovalOrder",
       [](OrderedJson& d) {
         auto& steps = at(d, "/states/review/on/investigate/approval/steps");
         std::swap(steps[0], steps[1]);
       },
       kApprovalOrder, kNeutral, "lead.review investigate", "审批顺序改变", "in another order"},
      {"ApprovalByEitherInPlaceOfOne",
       [](OrderedJson& d) {
         at(d, "/states/review/on/drop/approval/steps/0/by").push_back("deputy_in_charge");
       },
       kApprovalRole, kWeakens, "lead.review drop",
       "的审批人：承办部门负责人 → 承办部门负责人或分管负责人",
       "department head -> department head or deputy in charge"},
      {"ApprovalByAnotherBeside",
       [](OrderedJson& d) {
         auto& step = at(d, "/states/review/on/drop/approval/steps/0");
         step["signing"] = "all";
         step["by"].push_back("deputy_in_charge");
       },
       kApprovalAdded, kStrengthens, "lead.review drop", "增加审批：分管负责人",
       "now needs approval by: deputy in charge"},
      {"ApprovalBesideEachOtherInPlaceOfInOrder",
       [](OrderedJson& d) {
         auto& steps = at(d, "/states/review/on/investigate/approval/steps");
         steps[0]["signing"] = "all";
         steps[0]["by"].push_back("main_head");
         steps.erase(1);
       },
       kApprovalOrder, kNeutral, "lead.review investigate", "审批顺序改变", "in another order"},
      {"ApprovalResumesWhereReturned",
       [](OrderedJson& d) {
         at(d, "/states/review/on/drop/approval")["resumes"] = "where_returned";
       },
       kApprovalResumption, kWeakens, "lead.review drop", "直达退回步骤", "keeps its signatures"},
      {"ApprovalStepRenamed",
       [](OrderedJson& d) { at(d, "/states/review/on/drop/approval/steps/0/title/zh") = "审签"; },
       kOther, kNeutral, "lead.review drop", "approval", "approval"},
      {"LimitLonger", [](OrderedJson& d) { at(d, "/states/trial/time_limit/amount") = 45; },
       kTimeLimit, kWeakens, "lead.trial", "时限延长：30日 → 45日",
       "longer time limit: 30 days -> 45 days"},
      {"LimitShorter", [](OrderedJson& d) { at(d, "/states/trial/time_limit/amount") = 1; },
       kTimeLimit, kStrengthens, "lead.trial", "时限缩短：30日 → 1日",
       "shorter time limit: 30 days -> 1 day"},
      {"LimitInWorkingDays",
       [](OrderedJson& d) { at(d, "/states/intake/time_limit/unit") = "working_day"; }, kTimeLimit,
       kWeakens, "lead.intake", "时限延长：5日 → 5个工作日", "longer"},
      {"LimitOnlyTheCalendarCanCompare",
       [](OrderedJson& d) {
         at(d, "/states/trial/time_limit") = {{"amount", 1},
                                              {"unit", "month"},
                                              {"from", {{"zh", "受理之日"}, {"en", "acceptance"}}}};
       },
       kTimeLimit, kNeutral, "lead.trial", "取决于日历", "depends on the calendar"},
      {"LimitFrom", [](OrderedJson& d) { at(d, "/states/trial/time_limit/from/zh") = "移送之日"; },
       kTimeLimit, kNeutral, "lead.trial", "起算改为：移送之日", "counts its time limit from"},
      {"LimitRule", [](OrderedJson& d) { at(d, "/states/intake/time_limit/rule") = "R-2"; },
       kTimeLimit, kNeutral, "lead.intake", "R-1 → R-2", "R-1 -> R-2"},
      {"Guard", [](OrderedJson& d) { at(d, "/states/review/on/investigate/guard") = true; }, kGuard,
       kNeutral, "lead.review investigate", "请人工核对", "a person must judge"},
      {"GuardRemoved",
       [](OrderedJson& d) { at(d, "/states/review/on/investigate").erase("guard"); }, kGuard,
       kWeakens, "lead.review investigate", "取消办理条件", "no longer has a condition"},
      {"GuardAdded", [](OrderedJson& d) { at(d, "/states/review/on/drop/guard") = true; }, kGuard,
       kStrengthens, "lead.review drop", "增加办理条件", "now has a condition"},
      {"SeparationRemoved",
       [](OrderedJson& d) { at(d, "/states/trial/on/decide").erase("not_same_as"); },
       kSeparationRemoved, kWeakens, "lead.trial decide", "取消分离要求：办理过“审查调查”",
       "who acted in \"investigation\""},
      {"SeparationAdded",
       [](OrderedJson& d) {
         at(d, "/states/trial/on/decide/not_same_as").push_back("lead.review");
       },
       kSeparationAdded, kStrengthens, "lead.trial decide", "增加分离要求",
       "may no longer be taken"},
      {"RulesOfAStage", [](OrderedJson& d) { at(d, "/states/intake/rules").push_back("R-2"); },
       kRules, kNeutral, "lead.intake", "增加依据 R-2", "now also rests on R-2"},
      {"RulesOfAStep",
       [](OrderedJson& d) { at(d, "/states/intake/on/accept/rules") = OrderedJson::array(); },
       kRules, kNeutral, "lead.intake accept", "取消依据 R-1", "no longer rests on R-1"},
      {"Actions", [](OrderedJson& d) { at(d, "/states/intake/on/accept").erase("actions"); },
       kOther, kNeutral, "lead.intake accept", "actions", "actions"},
      {"EntryOfTheWhole", [](OrderedJson& d) { d["tags"] = {"x"}; }, kOther, kNeutral, "lead",
       "tags", "tags"},
  };
  return kRows;
}

class Difference : public ::testing::TestWithParam<Row> {};

TEST_P(Difference, IsToldOnceInDomainTerms) {
  const Row& row = GetParam();
  const Definition before = load(small_definition());
  const Definition after = next_version(row.edit);
  const auto changes = difference(before, after);
  ASSERT_EQ(changes.size(), 1U) << (changes.empty() ? "" : changes.back().text.en);
  const DefinitionChange& change = changes.front();
  EXPECT_EQ(name_of(change.kind), name_of(row.kind));
  EXPECT_EQ(name_of(change.effect), name_of(row.effect));
  EXPECT_EQ(change.subject, row.subject);
  EXPECT_NE(change.text.zh.find(row.zh), std::string::npos) << change.text.zh;
  EXPECT_NE(change.text.en.find(row.en), std::string::npos) << change.text.en;
  for (const auto& [json, pointer] : {std::pair{OrderedJson::parse(before.source()), change.from},
                                      std::pair{OrderedJson::parse(after.source()), change.to}}) {
    EXPECT_TRUE(pointer.empty() || json.contains(OrderedJson::json_pointer(pointer))) << pointer;
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Difference, ::testing::ValuesIn(rows()),
                         [](const auto& row) { return row.param.name; });

TEST(DifferenceOfDefinitions, NothingDiffersWhereTheBytesAreTheSame) {
  EXPECT_TRUE(difference(load(small_definition()), load(small_definition())).empty());
}

TEST(DifferenceOfDefinitions, ARemovedStageTakesItsSafeguardsWithIt) {
  const Definition after = next_version([](OrderedJson& d) {
    at(d, "/states/investigation/on/finish/target") = "closed";
    d["states"].erase("trial");
  });
  const auto changes = difference(load(small_definition()), after);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(name_of(changes[0].kind), "transition_retargeted");
  EXPECT_EQ(name_of(changes[1].kind), "state_removed");
  EXPECT_EQ(name_of(changes[1].effect), "weakens");
  EXPECT_EQ(changes[1].from, "/states/trial");
  EXPECT_EQ(changes[1].to, "");
}

TEST(DifferenceOfDefinitions, AlternativesOfOneEventAreToldApartByTheirGuards) {
  const auto with_alternatives = [](OrderedJson first, OrderedJson second, int version) {
    OrderedJson json = small_definition();
    json["version"] = version;
    at(json, "/states/review/on/drop") = OrderedJson::array({std::move(first), std::move(second)});
    return load(json);
  };
  OrderedJson guarded = small_definition()["states"]["review"]["on"]["drop"];
  OrderedJson plain = guarded;
  guarded["guard"] = {{"==", {{{"var", "context.amount"}}, 1}}};
  guarded["approval"]["steps"][0]["by"][0] = "main_head";
  const auto changes =
      difference(with_alternatives(guarded, plain, 1), with_alternatives(plain, guarded, 2));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(name_of(changes[0].kind), "transition_order");
}

TEST(LimitLength, IsComparedExactlyOrLeftToTheCalendar) {
  const auto limit = [](int amount, const char* unit) { return TimeLimit{amount, unit, {}, {}}; };
  using std::partial_ordering;
  const struct {
    TimeLimit a;
    TimeLimit b;
    partial_ordering order;
  } rows[] = {
      {limit(48, "hour"), limit(2, "day"), partial_ordering::equivalent},
      {limit(12, "month"), limit(1, "year"), partial_ordering::equivalent},
      {limit(13, "month"), limit(1, "year"), partial_ordering::greater},
      {limit(27, "day"), limit(1, "month"), partial_ordering::less},
      {limit(30, "day"), limit(1, "month"), partial_ordering::unordered},
      {limit(3, "working_day"), limit(2, "day"), partial_ordering::greater},
      {limit(3, "working_day"), limit(5, "day"), partial_ordering::unordered},
      {limit(1, "year"), limit(366, "day"), partial_ordering::less},
  };
  for (const auto& row : rows) {
    EXPECT_TRUE(compare_length(row.a, row.b) == row.order)
        << describe(row.a).en << ", " << describe(row.b).en;
  }
}

TEST(ChangeKinds, EachHasANameOfItsOwn) {
  std::set<std::string> names;
  for (int kind = 0; kind <= static_cast<int>(kOther); ++kind)
    names.insert(name_of(static_cast<ChangeKind>(kind)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kOther) + 1);
}

}  // namespace
}  // namespace mingjian
