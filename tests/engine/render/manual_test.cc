#include "engine/render/manual.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/render/markdown.h"
#include "engine/render/permission_matrix.h"
#include "engine/render/rule_index.h"
#include "tests/engine/render/samples.h"

namespace mingjian::render {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The digest changes with every change of the sample; it is not what these tests are about.
std::string without_digest(std::string text, const Definition& definition) {
  const auto at = text.find(definition.digest());
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, definition.digest().size(), "DIGEST");
}

std::string golden(const std::string& name) {
  return testing::read_file(testing::project_file("tests/engine/render/data/" + name));
}

TEST(Manual, TellsTheWholeProcedureInChinese) {
  const Definition definition = testing::small_definition();
  const auto text = manual(definition, testing::small_register(), Language::kChinese);
  EXPECT_EQ(without_digest(text, definition), golden("small.zh.md"));
}

TEST(Manual, TellsTheWholeProcedureInEnglish) {
  const Definition definition = testing::small_definition();
  const auto text = manual(definition, testing::small_register(), Language::kEnglish);
  EXPECT_EQ(without_digest(text, definition), golden("small.en.md"));
}

TEST(Manual, NamesEveryStateStepAndRuleOfTheShippedDefinitions) {
  const Register known = testing::shipped_register();
  for (const Definition& definition : testing::shipped_definitions()) {
    const std::string text = manual(definition, known, Language::kChinese);
    const Subject subject(definition);
    const chart::Chart& chart = definition.chart();
    for (chart::StateIndex state = 1; state < chart.states().size(); ++state) {
      if (chart.state(state).kind == chart::StateKind::kHistory) continue;
      EXPECT_THAT(text, HasSubstr(". " + subject.state_title(state, Language::kChinese) + "\n"));
    }
    for (chart::TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
      EXPECT_THAT(text, HasSubstr("**▸ " + subject.transition_title(index, Language::kChinese)));
    }
    for (const auto& [rule, places] : rule_index(subject, Language::kChinese)) {
      EXPECT_THAT(text, HasSubstr("| " + rule.value() + " | "));
    }
  }
}

TEST(PermissionMatrix, TellsWhoActsAndWhoSignsWhich) {
  const Definition definition = testing::small_definition();
  const PermissionMatrix matrix = permission_matrix(definition);
  EXPECT_THAT(matrix.roles, ElementsAre(Role("inspector"), Role("deputy_in_charge"),
                                        Role("main_head"), Role("trial_officer")));
  const auto& accept = matrix.rows[1].shares;
  EXPECT_TRUE(accept.at(Role("inspector")).acts);
  EXPECT_THAT(accept.at(Role("deputy_in_charge")).signs, ElementsAre(1));
  EXPECT_THAT(accept.at(Role("main_head")).signs, ElementsAre(2));
  EXPECT_FALSE(accept.at(Role("main_head")).acts);
  // What goes on by itself is nobody's.
  for (const auto& row : matrix.rows) {
    EXPECT_EQ(definition.chart().transition(row.step).trigger, chart::Trigger::kEvent);
  }
}

// A paper that two sign beside each other, and then either of two.
Definition circulation() {
  return testing::load(
             testing::read_file(testing::project_file("tests/engine/case/data/circulation.json")))
      .value();
}

TEST(Manual, TellsOfAStepWhetherAllOrAnyOfItsSignersSign) {
  const Definition definition = circulation();
  const Register known = testing::shipped_register();
  EXPECT_THAT(
      manual(definition, known, Language::kChinese),
      AllOf(HasSubstr("1. 承办部门负责人和分管负责人（"), HasSubstr("2. 主要负责人或同级党委（"),
            HasSubstr("**退回补正后**：其他人的签批仍然有效，直达退回的步骤")));
  EXPECT_THAT(manual(definition, known, Language::kEnglish),
              AllOf(HasSubstr("1. department head and deputy in charge ("),
                    HasSubstr("2. main head or party committee ("),
                    HasSubstr("**after a return**: other signatures stay")));
}

TEST(PermissionMatrix, TellsOfEverySignerOfAStep) {
  const Definition definition = circulation();
  const PermissionMatrix matrix = permission_matrix(definition);
  for (const auto& row : matrix.rows) {
    if (definition.transition_notes(row.step).title.en != "settle") continue;
    EXPECT_THAT(row.shares.at(Role("department_head")).signs, ElementsAre(1));
    EXPECT_THAT(row.shares.at(Role("deputy_in_charge")).signs, ElementsAre(1));
    EXPECT_THAT(row.shares.at(Role("party_committee")).signs, ElementsAre(2));
    return;
  }
  FAIL() << "the step is not in the matrix";
}

TEST(RuleIndex, NamesEachPlaceOnce) {
  const Definition definition = testing::small_definition();
  const auto index = rule_index(Subject(definition), Language::kEnglish);
  EXPECT_THAT(index.at(RuleId("R-1")), ElementsAre("intake", "intake / look into it"));
  EXPECT_THAT(index.at(RuleId("R-2")), ElementsAre("intake"));
}

TEST(Markdown, ReadsNothingInATextAsMarkup) {
  EXPECT_EQ(markdown_escaped("a|b <i> *x* `y`\nz"), "a\\|b \\<i\\> \\*x\\* \\`y\\` z");
}

}  // namespace
}  // namespace mingjian::render
