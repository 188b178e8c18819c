#include "engine/guard/typecheck.h"

#include <initializer_list>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/engine/guard/sample_case.h"

namespace mingjian::guard {
namespace {

Expression compiled(const std::string& rule) {
  const auto state = [](std::string_view) -> std::optional<std::uint32_t> { return 0; };
  return Expression::compile(OrderedJson::parse(rule), "/guard", state).value();
}

std::string told(const std::vector<TypeFinding>& findings, bool zh) {
  std::string text;
  for (const TypeFinding& finding : findings) {
    if (!text.empty()) text += " | ";
    text += finding.pointer + ": " + (zh ? finding.message.zh : finding.message.en);
  }
  return text;
}

std::string findings(const std::string& rule) {
  return told(typecheck(compiled(rule), testing::sample_environment()), false);
}

struct Case {
  const char* rule;
  const char* findings;  // pointers and English texts; "": none
};

void expect_findings(std::initializer_list<Case> cases) {
  for (const Case& each : cases) EXPECT_EQ(findings(each.rule), each.findings) << each.rule;
}

TEST(Typecheck, KnowsTheFields) {
  expect_findings(
      {{R"({"var": "context.amuont"})",
        "/guard/var: no such field: context.amuont; did you mean context.amount?"},
       {R"({"var": ["context.nowhere", 1]})", "/guard/var/0: no such field: context.nowhere"},
       {R"({"var": "amount"})", "/guard/var: no such field: amount; did you mean context.amount?"},
       {R"({"var": "contxt.amount"})",
        "/guard/var: no such field: contxt.amount; did you mean context?"},
       {R"({"var": "context.title.length"})", "/guard/var: no such field: context.title.length"},
       {R"({"var": "context.signatures.agreed"})",
        "/guard/var: no such field: context.signatures.agreed"},
       {R"({"var": "context.signatures.0.agreed"})", ""},
       {R"({"val": ["context", "adress", "city"]})",
        "/guard: no such field: context.adress.city; did you mean context.address?"},
       {R"({"exists": ["context", "address", "city"]})", ""},
       {R"({"!": {"missing": ["context.amount", "context.lmit"]}})",
        "/guard/!/missing/1: no such field: context.lmit; did you mean context.limit?"},
       {R"({"missing_some": [1, ["context.amount", "nothing"]]})",
        "/guard/missing_some/1/1: no such field: nothing"},
       {R"({"var": "context.free.whatever.there.is"})", ""},
       {R"({"var": {"cat": ["context.", "x"]}})", ""},
       {R"({"var": "case.materials.reprot"})",
        "/guard/var: no such field: case.materials.reprot; did you mean "
        "case.materials.report?"}});
}

TEST(Typecheck, SeesTheMembersOfAListInABody) {
  expect_findings(
      {{R"({"some": [{"var": "context.signatures"}, {"var": "agred"}]})",
        "/guard/some/1/var: no such field: agred; did you mean agreed?"},
       {R"({"all": [{"var": "context.signatures"}, {"==": [{"var": "by"}, 1]}]})",
        "/guard/all/1/==: \"signer\" (by, a text) and 1 (a number) are of unlike types and "
        "cannot be compared with =="},
       {R"({"map": [{"filter": [{"var": "context.signatures"}, {"var": "agreed"}]},
                         {"var": "weigth"}]})",
        "/guard/map/1/var: no such field: weigth; did you mean weight?"},
       {R"({"none": [{"var": "context.codes"}, {"==": [{"var": ""}, "C-4"]}]})",
        "/guard/none/1/==/1: \"C-4\" is not a value that the entry (a text) can have"},
       {R"({"some": [{"var": "context.codes"}, {"val": [[2], "context", "shwn"]}]})",
        "/guard/some/1: no such field: context.shwn; did you mean context.shown?"},
       {R"({"some": [{"var": "context.codes"}, {"==": [{"val": [[1], "index"]}, 0]}]})", ""},
       {R"({"reduce": [{"var": "context.signatures"},
               {"+": [{"var": "current.weight"}, {"var": "acumulator"}]}, 0]})",
        "/guard/reduce/1/+/1/var: no such field: acumulator"},
       {
           R"({"<": [{"reduce": [{"var": "context.codes"}, {"+": [{"var": "accumulator"}, 1]}, 0]},
                       "three"]})",
           "/guard/<: the result of reduce (a number) and \"three\" (a text) are of unlike types "
           "and cannot be compared with <"},
       {R"({"some": [{"var": "context.amount"}, true]})",
        "/guard/some/0: \"amount\" (context.amount, a number) is not a list and cannot be used "
        "with some"},
       {R"({"try": [{"throw": "x"}, {"var": "type"}]})", ""}});
}

TEST(Typecheck, ComparesOnlyLikeTypes) {
  expect_findings(
      {{R"({"==": [{"var": "context.amount"}, "5"]})",
        "/guard/==: \"amount\" (context.amount, a number) and \"5\" (a text) are of unlike "
        "types and cannot be compared with =="},
       {R"({"===": [{"var": "context.shown"}, 1]})",
        "/guard/===: \"shown\" (context.shown, yes/no) and 1 (a number) are of unlike types "
        "and cannot be compared with ==="},
       {R"({"!=": [{"var": "context.title"}, {"var": "context.codes"}]})",
        "/guard/!=: context.title (a text) and \"categories\" (context.codes, a list) are of "
        "unlike types and cannot be compared with !="},
       {R"({"<": [1, {"var": "context.amount"}, {"var": "context.title"}]})",
        "/guard/<: \"amount\" (context.amount, a number) and context.title (a text) are of "
        "unlike types and cannot be compared with <"},
       {R"({"==": [{"var": "context.amount"}, null]})", ""},
       {R"({"==": [{"var": "context.amount"}, {"var": "context.limit"}]})", ""},
       {R"({"==": [{"var": "context.codes"}, []]})",
        "/guard/==: \"categories\" (context.codes, a list) and [] (a list) cannot be compared "
        "with ==: of lists and objects only === can be asked"},
       {R"({"===": [{"var": "context.codes"}, []]})", ""},
       {R"({"==": [{"if": [{"var": "context.shown"}, "yes", 0]}, 1]})", ""},
       {R"({"==": [{"if": [{"var": "context.shown"}, "yes", "no"]}, 1]})",
        "/guard/==: the result of if (a text) and 1 (a number) are of unlike types and cannot "
        "be compared with =="}});
}

TEST(Typecheck, KnowsTheValuesOfAField) {
  expect_findings(
      {{R"({"==": [{"var": "context.rank"}, "RK-C"]})",
        "/guard/==/1: \"RK-C\" is not a value that \"rank\" (context.rank, a text) can have"},
       {R"({"!==": ["RK-D", {"var": "context.rank"}]})",
        "/guard/!==/0: \"RK-D\" is not a value that \"rank\" (context.rank, a text) can have"},
       {R"({"==": [{"var": "context.rank"}, "RK-A"]})", ""},
       {R"({"in": [{"var": "context.rank"}, ["RK-A", "RK-", 3]]})",
        "/guard/in/1/1: \"RK-\" is not a value that \"rank\" (context.rank, a text) can "
        "have | /guard/in/1/2: 3 (a number) cannot be a value of \"rank\" (context.rank, a "
        "text)"},
       {R"({"in": ["C-9", {"var": "context.codes"}]})",
        "/guard/in/0: \"C-9\" is not a value that \"categories\" (context.codes, a list) can "
        "have"},
       {R"({"in": ["inspektor", {"var": "actor.roles"}]})",
        "/guard/in/0: \"inspektor\" is not a value that \"roles\" (actor.roles, a list) can "
        "have; did you mean \"inspector\"?"},
       {R"({"in": [{"var": "context.amount"}, {"var": "context.codes"}]})",
        "/guard/in/0: \"amount\" (context.amount, a number) cannot be found in the list "
        "\"categories\" (context.codes, a list)"},
       {R"({"in": ["x", {"var": "context.amount"}]})",
        "/guard/in/1: \"in\" looks into a list or a text, and \"amount\" (context.amount, a "
        "number) is neither"},
       {R"({"in": [{"var": "context.codes"}, {"var": "context.title"}]})",
        "/guard/in/0: \"categories\" (context.codes, a list) cannot be found in the text "
        "context.title (a text)"},
       {R"({"in": ["督", {"var": "context.title"}]})", ""},
       {R"({"<": [{"var": "context.received_on"}, "2026-2-30"]})",
        "/guard/</1: \"2026-2-30\" is no date (YYYY-MM-DD) and cannot be compared with \"date "
        "received\" (context.received_on, a text)"},
       {R"({"<": [{"var": "context.received_on"}, "2026-02-28"]})", ""}});
}

TEST(Typecheck, CalculatesOnlyWithNumbers) {
  expect_findings(
      {{R"({"+": [{"var": "context.title"}, 1]})",
        "/guard/+/0: context.title (a text) is not a number and cannot be used with +"},
       {R"({"*": [{"var": "context.shown"}, 2]})",
        "/guard/*/0: \"shown\" (context.shown, yes/no) is not a number and cannot be used with "
        "*"},
       {R"({">=": [{"+": [{"!!": {"var": "context.shown"}}, {"!!": {"var": "context.title"}}]},
                        1]})",
        ""},
       {R"({"+": {"var": "context.title"}})", ""},
       {R"({"max": [{"var": "context.amount"}, "9"]})",
        "/guard/max/1: \"9\" (a text) is not a number and cannot be used with max"},
       {R"({"-": [{"var": "context.amount"}, {"var": "context.limit"}]})", ""}});
}

TEST(Typecheck, SpeaksChineseToo) {
  const auto found = typecheck(compiled(R"({"and": [
      {"==": [{"var": "context.amount"}, "5"]}, {"var": "context.amuont"},
      {"==": [{"var": "context.rank"}, "RK-C"]}, {"+": [{"var": "context.title"}, 1]}]})"),
                               testing::sample_environment());
  EXPECT_EQ(told(found, true),
            "/guard/and/0/==: “金额”（context.amount，数字） 与 \"5\"（文本） 类型不同，不能用 == "
            "比较 | /guard/and/1/var: 没有这个字段：context.amuont；是不是 context.amount？ | "
            "/guard/and/2/==/1: \"RK-C\" 不是 “职级”（context.rank，文本） 的允许值"
            " | /guard/and/3/+/0: context.title（文本） 不是数字，不能用 + 计算");
}

TEST(Typecheck, GivesNoMoreFindingsThanItsBound) {
  OrderedJson rule = {{"and", OrderedJson::array()}};
  for (int i = 0; i < 1'000; ++i)
    rule["and"].push_back({{"var", "context.nothing" + std::to_string(i)}});
  const auto found = typecheck(compiled(rule.dump()), testing::sample_environment());
  EXPECT_EQ(found.size(), kMostFindings);
}

std::string assigned(std::vector<std::string> path, const std::string& rule) {
  return told(typecheck_assignment(path, compiled(rule), testing::sample_environment()), false);
}

TEST(TypecheckAssignment, AsksThatTheFieldCanHoldTheResult) {
  EXPECT_EQ(assigned({"amount"}, R"({"+": [1, 2]})"), "");
  EXPECT_EQ(assigned({"amount"}, "null"), "");
  EXPECT_EQ(assigned({"amuont"}, "1"),
            "/guard: no such field: context.amuont; did you mean context.amount?");
  EXPECT_EQ(assigned({"amount"}, R"({"cat": ["a", "b"]})"),
            "/guard: \"amount\" (context.amount, a number) cannot hold the result of cat (a text)");
  EXPECT_EQ(assigned({"rank"}, R"("RK-C")"),
            "/guard: \"RK-C\" is not a value that \"rank\" (context.rank, a text) can have");
  EXPECT_EQ(assigned({"signatures", "0", "agreed"}, "true"), "");
}

TEST(Infer, GivesAllKindsThatTheResultCanHave) {
  const auto kinds = [](const char* rule) {
    return infer(compiled(rule), testing::sample_environment()).kinds;
  };
  EXPECT_EQ(kinds(R"({"var": "context.title"})"), kTexts);
  EXPECT_EQ(kinds(R"({"var": "context.amount"})"), kNumbers | kNulls);
  EXPECT_EQ(kinds(R"({"??": [{"var": "context.amount"}, 0]})"), kNumbers);
  EXPECT_EQ(kinds(R"({"if": [true, 1, "a"]})"), kNumbers | kTexts);
  EXPECT_EQ(kinds(R"({"and": [{"var": "context.shown"}, {"cat": ["a"]}]})"),
            kBooleans | kNulls | kTexts);
  EXPECT_EQ(kinds(R"({"throw": "x"})"), 0U);
}

}  // namespace
}  // namespace mingjian::guard
