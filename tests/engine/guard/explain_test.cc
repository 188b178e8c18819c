#include "engine/guard/explain.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/engine/guard/object_scope.h"
#include "tests/engine/guard/sample_case.h"

namespace mingjian::guard {
namespace {

Expression compiled(const std::string& rule) {
  const auto state = [](std::string_view) -> std::optional<std::uint32_t> { return 8; };
  return Expression::compile(OrderedJson::parse(rule), "/guard", state).value();
}

std::vector<Text> reasons(const std::string& rule, const Json& data) {
  const auto environment = testing::sample_environment();
  const Wording wording{environment,
                        [](std::string_view table, std::string_view code) {
                          const bool known = table == "ranks" && code == "RK-A";
                          return known ? Text{"正处级", "division head"} : Text{};
                        },
                        [](std::uint32_t) {
                          return Text{"证据收集完毕", "evidence collected"};
                        }};
  return explain(compiled(rule), testing::ObjectScope(data), wording);
}

std::string told(const std::string& rule, const Json& context, bool zh) {
  std::string text;
  for (const Text& reason : reasons(rule, {{"context", context}})) {
    if (!text.empty()) text += " | ";
    text += zh ? reason.zh : reason.en;
  }
  return text;
}

struct Case {
  const char* rule;
  const char* context;
  const char* zh;
  const char* en;
};

void expect_reasons(std::initializer_list<Case> cases) {
  for (const Case& each : cases) {
    const Json context = Json::parse(each.context);
    EXPECT_EQ(told(each.rule, context, true), each.zh) << each.rule;
    EXPECT_EQ(told(each.rule, context, false), each.en) << each.rule;
  }
}

TEST(Explain, SaysNothingOfARuleThatHolds) {
  expect_reasons({{R"({"==": [{"var": "context.shown"}, true]})", R"({"shown": true})", "", ""}});
}

TEST(Explain, NamesTheFieldItsValueAndWhatWasExpected) {
  expect_reasons({
      {R"({"==": [{"var": "context.shown"}, true]})", R"({"shown": false})",
       "“已出示”应为“是”，现为“否”", "\"shown\" must be yes but is no"},
      {R"({"var": "context.shown"})", "{}", "“已出示”应为“是”，尚未填写",
       "\"shown\" must be yes but is not filled in"},
      {R"({"!": {"var": "context.shown"}})", R"({"shown": true})", "“已出示”应为“否”，现为“是”",
       "\"shown\" must be no but is yes"},
      {R"({"var": "context.title"})", R"({"title": ""})", "“context.title”尚未填写",
       "\"context.title\" is not filled in"},
      {R"({"!": {"var": "context.amount"}})", R"({"amount": 5})", "“金额”应为空，现为 5",
       "\"amount\" must be empty but is 5"},
      {R"({"<": [{"var": "context.amount"}, 100]})", R"({"amount": 250.5})",
       "“金额”应小于 100，现为 250.5", "\"amount\" must be less than 100 but is 250.5"},
      {R"({"<": [100, {"var": "context.amount"}]})", R"({"amount": 7})", "“金额”应大于 100，现为 7",
       "\"amount\" must be more than 100 but is 7"},
      {R"({"<=": [{"var": "context.amount"}, {"var": "context.limit"}]})",
       R"({"amount": 9, "limit": 8})", "“金额”应不大于“限额”（8），现为 9",
       "\"amount\" must be at most \"limit\" (8) but is 9"},
      {R"({"<": [{"var": "context.received_on"}, "2026-03-01"]})",
       R"({"received_on": "2026-04-01"})", "“收到日期”应早于 2026-03-01，现为 2026-04-01",
       "\"date received\" must be before 2026-03-01 but is 2026-04-01"},
      {R"({"!=": [{"var": "context.rank"}, "RK-A"]})", R"({"rank": "RK-A"})",
       "“职级”不能为正处级（RK-A），现为正处级（RK-A）",
       "\"rank\" must not be division head (RK-A) but is division head (RK-A)"},
      {R"({"in": [{"var": "context.rank"}, ["RK-A", "RK-B"]]})", "{}",
       "“职级”应为以下之一：正处级（RK-A）、“RK-B”，尚未填写",
       "\"rank\" must be one of division head (RK-A), \"RK-B\" but is not filled in"},
      {R"({"in": ["C-3", {"var": "context.codes"}]})", R"({"codes": ["C-1", "C-2"]})",
       "“类别”应包括“C-3”，现为“C-1”、“C-2”",
       "\"categories\" must include \"C-3\" but is \"C-1\", \"C-2\""},
      {R"({"in_state": "m.x"})", "{}", "应已到“证据收集完毕”", "must be in \"evidence collected\""},
      {R"({"<": [1, {"var": "context.amount"}, 10]})", R"({"amount": 12})",
       "“金额”应小于 10，现为 12", "\"amount\" must be less than 10 but is 12"},
      {R"({">=": [{"-": [{"var": "context.limit"}, {"var": "context.amount"}]}, 0]})",
       R"({"limit": 3, "amount": 4})", "“限额” - “金额”应不小于 0，现为 -1",
       "\"limit\" - \"amount\" must be at least 0 but is -1"},
      {R"({">=": [{"var": "case.materials.report"}, 1]})", "{}", "“报告份数”应不小于 1，现在没有",
       "\"report (number of documents)\" must be at least 1 but there is none"},
  });
}

TEST(Explain, TellsWhatIsMissing) {
  expect_reasons({
      {R"({"!": {"missing": ["context.amount", "context.limit", "context.shown"]}})",
       R"({"limit": 1})", "“金额”尚未填写 | “已出示”尚未填写",
       "\"amount\" is not filled in | \"shown\" is not filled in"},
      {R"({"!": {"missing_some": [2, ["context.amount", "context.limit", "context.rank"]]}})",
       R"({"limit": 1})", "“金额”、“限额”、“职级”中至少应填写 2 项，现已填写 1 项",
       "at least 2 of \"amount\", \"limit\", \"rank\" must be filled in and 1 is"},
  });
}

TEST(Explain, GivesOnlyTheConditionsThatStandInTheWay) {
  expect_reasons({
      {R"({"and": [{"var": "context.shown"}, {"<": [{"var": "context.amount"}, 10]},
                   {"==": [{"var": "context.rank"}, "RK-A"]}]})",
       R"({"shown": true, "amount": 12, "rank": "RK-B"})",
       "“金额”应小于 10，现为 12 | “职级”应为正处级（RK-A），现为“RK-B”",
       "\"amount\" must be less than 10 but is 12 | \"rank\" must be division head (RK-A) but is "
       "\"RK-B\""},
      {R"({"or": [{"var": "context.shown"},
                  {"and": [{"<": [{"var": "context.amount"}, 10]}, {">": [{"var": "context.limit"}, 5]}]}]})",
       R"({"shown": false, "amount": 12, "limit": 1})",
       "以下至少应有一项：“已出示”应为“是”，现为“否”；或者“金额”应小于 10，现为 "
       "12，并且“限额”应大于 5，现为 1",
       "one of these is needed: \"shown\" must be yes but is no; or \"amount\" must be less than "
       "10 "
       "but is 12 and \"limit\" must be more than 5 but is 1"},
      {R"({"!": {"or": [{"var": "context.shown"}, {">": [{"var": "context.amount"}, 10]}]}})",
       R"({"shown": false, "amount": 12})", "“金额”应不大于 10，现为 12",
       "\"amount\" must be at most 10 but is 12"},
      {R"({"!": {"and": [{"var": "context.shown"}, {">": [{"var": "context.amount"}, 10]}]}})",
       R"({"shown": true, "amount": 12})",
       "以下至少应有一项：“已出示”应为“否”，现为“是”；或者“金额”应不大于 10，现为 12",
       "one of these is needed: \"shown\" must be no but is yes; or \"amount\" must be at most 10 "
       "but is 12"},
      {R"({"if": [{"var": "context.shown"}, {"<": [{"var": "context.amount"}, 10]}, true]})",
       R"({"shown": true, "amount": 12})", "“金额”应小于 10，现为 12",
       "\"amount\" must be less than 10 but is 12"},
      {R"(false)", "{}", "有一项条件不成立", "a condition does not hold"},
  });
}

constexpr const char* kOneAgrees =
    R"({"signatures": [{"by": "李", "agreed": true}, {"by": "王", "agreed": false}]})";

TEST(Explain, CountsTheEntriesOfAList) {
  expect_reasons({
      {R"({"all": [{"var": "context.signatures"}, {"var": "agreed"}]})", kOneAgrees,
       "“会签”的 2 项中有 1 项符合条件，应全部符合（第 2 项：“同意”应为“是”，现为“否”）",
       "1 of 2 entries of \"co-signatures\" meets the condition, all must (entry 2: \"agreed\" "
       "must "
       "be yes but is no)"},
      {R"({"some": [{"var": "context.signatures"}, {"==": [{"var": "by"}, "赵"]}]})", kOneAgrees,
       "“会签”的 2 项中没有符合条件的，至少应有一项（第 1 项：“签署人”应为“赵”，现为“李”；第 2 "
       "项：“签署人”应为“"
       "赵”，现为“王”）",
       "0 of 2 entries of \"co-signatures\" meet the condition, one must (entry 1: \"signer\" must "
       "be \"赵\" but is \"李\"; entry 2: \"signer\" must be \"赵\" but is \"王\")"},
      {R"({"none": [{"var": "context.signatures"}, {"==": [{"var": "by"}, "李"]}]})", kOneAgrees,
       "“会签”的 2 项中有 1 项符合条件，一项也不应有（第 1 项：“签署人”不能为“李”，现为“李”）",
       "1 of 2 entries of \"co-signatures\" meets the condition, none may (entry 1: \"signer\" "
       "must "
       "not be \"李\" but is \"李\")"},
      {R"({"all": [{"var": "context.signatures"}, {"var": "agreed"}]})", R"({"signatures": []})",
       "“会签”现在没有内容", "\"co-signatures\" has no entries"},
      {R"({"some": [{"var": "context.signatures"}, {"var": "agreed"}]})", "{}", "“会签”尚未填写",
       "\"co-signatures\" is not filled in"},
      {R"({">=": [{"reduce": [{"filter": [{"var": "context.signatures"}, {"var": "agreed"}]},
                              {"+": [{"var": "accumulator"}, 1]}, 0]}, 2]})",
       kOneAgrees, "“会签”中符合条件的项数应不小于 2，现为 1",
       "the number of entries of \"co-signatures\" that qualify must be at least 2 but is 1"},
      {R"({">=": [{"+": [{"!!": {"var": "context.shown"}}, {">": [{"var": "context.amount"}, 1]},
                         {"in_state": "m.x"}]}, 2]})",
       R"({"shown": false, "amount": 2})",
       "以下 3 项条件应具备 2 项，现具备 1 "
       "项，尚缺：“已出示”应为“是”，现为“否”；应已到“证据收集完毕”",
       "2 of 3 conditions must hold and 1 does; unmet: \"shown\" must be yes but is no; must be in "
       "\"evidence collected\""},
  });
}

TEST(Explain, TellsWhyARuleFails) {
  expect_reasons({
      {R"({"==": [{"var": "context.rank"}, "RK-A"]})", "{}", "“职级”应为正处级（RK-A），尚未填写",
       "\"rank\" must be division head (RK-A) but is not filled in"},
      {R"({"and": [{"var": "context.shown"}, {">": [{"*": [{"var": "context.title"}, 2]}, 5]}]})",
       R"({"shown": true, "title": "x"})", "关于“context.title”的条件不成立：无法计算（NaN）",
       "the condition on \"context.title\" does not hold: it cannot be evaluated (NaN)"},
      {R"({"throw": "no"})", "{}", "有一项条件不成立：无法计算（no）",
       "a condition does not hold: it cannot be evaluated (no)"},
  });
}

TEST(Explain, IsBoundedHoweverMuchIsWrong) {
  OrderedJson rule = {{"and", OrderedJson::array()}};
  for (int i = 0; i < 1'000; ++i)
    rule["and"].push_back({{"==", {{{"var", "context.amount"}}, i + 10}}});
  const Json data = {{"context", {{"amount", 1}}}};
  const auto many = reasons(rule.dump(), data);
  ASSERT_EQ(many.size(), kMostReasons);
  EXPECT_EQ(many.back().en, "other conditions do not hold either");

  const Json long_text = {{"context", {{"title", std::string(100'000, 'x')}}}};
  const auto one = reasons(R"({"==": [{"var": "context.title"}, "y"]})", long_text);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_LE(one.front().en.size(), 200U);
}

TEST(Explain, GivesUpOnARuleThatDoesTooMuch) {
  Json list = Json::array();
  for (int i = 0; i < 2'000; ++i) list.push_back("C-1");
  const auto told_reasons = reasons(
      R"({"all": [{"var": "context.codes"}, {"all": [{"val": [[2], "context", "codes"]}, true]}]})",
      {{"context", {{"codes", list}}}});
  EXPECT_EQ(told_reasons,
            (std::vector<Text>{{"条件过于繁复，无法算完或者说明",
                                "the condition is too large to evaluate or explain"}}));
}

}  // namespace
}  // namespace mingjian::guard
