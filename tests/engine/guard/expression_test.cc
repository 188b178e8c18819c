#include "engine/guard/expression.h"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/engine/guard/object_scope.h"

namespace mingjian::guard {
namespace {

using testing::ObjectScope;

std::optional<std::uint32_t> resolve(std::string_view id) {
  if (id == "m.active") return 7;
  if (id == "m.other") return 8;
  return std::nullopt;
}

Expression compiled(const char* rule) {
  return Expression::compile(OrderedJson::parse(rule), "", resolve).value();
}

// The result as text, or "error " and the type of the error.
std::string answer(const char* rule, const Json& data = Json::object()) {
  const auto result = compiled(rule).evaluate(ObjectScope(data));
  return result ? result->dump() : "error " + result.error().at("type").get<std::string>();
}

std::string refused_at(const char* rule) {
  const auto result = Expression::compile(OrderedJson::parse(rule), "/guard", resolve);
  return result ? "accepted" : result.error().pointer;
}

TEST(Compile, RefusesUnknownOperatorsWhereverTheyStand) {
  EXPECT_EQ(refused_at(R"({"launch": 1})"), "/guard/launch");
  EXPECT_EQ(refused_at(R"({"if": [false, [{"exec": 1}]]})"), "/guard/if/1/0/exec");
  EXPECT_EQ(refused_at(R"({"and": [{"==": [1, 1], "!=": [1, 2]}]})"), "/guard/and/0");
  EXPECT_EQ(refused_at(R"({"preserve": {"launch": 1, "x": 2}})"), "accepted");
}

TEST(Compile, KnowsTheStatesOfInState) {
  EXPECT_EQ(answer(R"({"in_state": "m.active"})"), "true");
  EXPECT_EQ(answer(R"({"in_state": ["m.other"]})"), "false");
  EXPECT_EQ(refused_at(R"({"in_state": "m.none"})"), "/guard/in_state");
  EXPECT_EQ(refused_at(R"({"in_state": {"var": "x"}})"), "/guard/in_state");
  EXPECT_FALSE(Expression::compile(OrderedJson::parse(R"({"in_state": "m.active"})"), ""));
}

TEST(Compile, RefusesARuleThatIsTooDeep) {
  OrderedJson rule = true;
  for (int i = 0; i < 1'000; ++i) rule = OrderedJson{{"!", rule}};
  EXPECT_FALSE(Expression::compile(rule, ""));
}

TEST(Evaluate, CountsInWholeNumbersWhereTheyAreExact) {
  EXPECT_EQ(answer(R"({"+": [9007199254740993, 1]})"), "9007199254740994");
  EXPECT_EQ(answer(R"({"/": [4, 2]})"), "2");
  EXPECT_EQ(answer(R"({"*": [0.5, 4]})"), "2");
  EXPECT_EQ(answer(R"({"%": [-9223372036854775808, -1]})"), "0");
  EXPECT_EQ(answer(R"({"*": [1e308, 10]})"), "error NaN");
  EXPECT_EQ(answer(R"({"cat": [{"/": [1, 4]}, " ", 2.0, " ", 1e21, " ", 1e-7]})"),
            R"("0.25 2 1e+21 1e-7")");
}

TEST(Evaluate, CutsTextBetweenCharacters) {
  EXPECT_EQ(answer(R"({"substr": ["监督检查", 1, 2]})"), R"("督检")");
  EXPECT_EQ(answer(R"({"substr": ["监督检查", -1]})"), R"("查")");
  EXPECT_EQ(answer(R"({"substr": ["监督检查", 0, -3]})"), R"("监")");
}

TEST(Evaluate, KeepsResultsThatOutliveTheListTheyCameFrom) {
  const Json data = {{"x", {{{"name", std::string(100, 'a')}}, {{"name", "b"}}}}};
  EXPECT_EQ(answer(R"({"reduce": [{"filter": [{"var": "x"}, true]}, {"var": "current"}]})", data),
            R"({"name":"b"})");
  EXPECT_EQ(answer(R"({"map": [{"merge": [{"var": "x"}, []]}, {"var": "name"}]})", data),
            "[\"" + std::string(100, 'a') + "\",\"b\"]");
  EXPECT_EQ(answer(R"({"try": [{"throw": {"cat": ["a", "b"]}}, {"var": "type"}]})"), R"("ab")");
}

TEST(Evaluate, StopsARuleThatDoesTooMuch) {
  Json many = Json::array();
  for (int i = 0; i < 2'000; ++i) many.push_back(i);
  const Json data = {{"many", many}, {"text", std::string(200'000, 'x')}};
  const std::string doubling =
      R"({"reduce": [{"var": "many"}, {"cat": [{"var": "accumulator"}, {"var": "accumulator"}]}, "ab"]})";
  const std::string merging =
      R"({"reduce": [{"var": "many"}, {"merge": [{"var": "accumulator"}, {"var": "accumulator"}]}, [1]]})";
  for (
      const std::string& rule : {
          std::string(R"({"map": [{"var": "many"}, {"map": [{"val": [[2], "many"]}, 1]}]})"),
          doubling,
          R"({"try": [)" + doubling + ", true]}",
          merging,
          std::string(
              R"({"reduce": [{"var": "many"}, [{"var": "accumulator"}, {"var": "accumulator"}], 1]})"),
          std::string(R"({"map": [{"var": "many"}, {"val": [[2]]}]})"),
          std::string(
              R"({"all": [{"var": "many"}, {"none": [{"val": [[2], "many"]}, {"===": ["", 1]}]}]})"),
          std::string(R"({"map": [{"var": "many"}, {"cat": [{"val": [[2], "text"]}]}]})"),
          std::string(
              R"({"all": [{"var": "many"}, {"!": {"in": ["y", {"val": [[2], "text"]}]}}]})"),
          std::string(
              R"({"all": [{"var": "many"}, {"===": [{"val": [[2], "many"]}, {"val": [[2], "many"]}]}]})"),
      }) {
    EXPECT_EQ(answer(rule.c_str(), data), "error Too Much") << rule;
  }
}

// What is built must be safe to compare, to write and to let go of, however deep it is.
TEST(Evaluate, BuildsNothingTooDeep) {
  Json many = Json::array();
  for (int i = 0; i < 4'000; ++i) many.push_back(i);
  std::string lists = R"({"var": "many"})";
  for (int i = 0; i < 40; ++i) lists += R"(, {"var": "many"})";
  const std::string rule =
      R"({"reduce": [{"merge": [)" + lists + R"(]}, [{"var": "accumulator"}], 0]})";
  EXPECT_EQ(answer(rule.c_str(), {{"many", many}}), "error Too Much");
}

TEST(Holds, FollowsTheTruthOfJsonLogic) {
  const ObjectScope scope(Json::object());
  EXPECT_FALSE(compiled("[]").holds(scope).value());
  EXPECT_TRUE(compiled("{}").holds(scope).value());
  EXPECT_TRUE(compiled("\"0\"").holds(scope).value());
  EXPECT_EQ(compiled(R"({"throw": "no"})").holds(scope).error(), Json({{"type", "no"}}));
}

TEST(Reads, TellsWhichPartOfTheDataARuleMayUse) {
  EXPECT_TRUE(compiled(R"({"==": [{"var": "event.data.by"}, 1]})").reads("event"));
  EXPECT_FALSE(compiled(R"({"==": [{"var": "context.event"}, 1]})").reads("event"));
  EXPECT_TRUE(compiled(R"({"var": ""})").reads("event"));
  EXPECT_TRUE(compiled(R"({"var": [{"cat": ["eve", "nt"]}]})").reads("event"));
  EXPECT_TRUE(compiled(R"({"missing": ["context.a", "event.type"]})").reads("event"));
  EXPECT_FALSE(compiled(R"({"missing": ["context.a"]})").reads("event"));
  EXPECT_TRUE(compiled(R"({"missing_some": [1, ["now", "event"]]})").reads("event"));
  EXPECT_TRUE(compiled(R"({"exists": ["event", "data"]})").reads("event"));
}

TEST(Reads, DoesNotTakeAMemberOfAListForTheData) {
  EXPECT_FALSE(compiled(R"({"all": [{"var": "context.x"}, {"var": "event"}]})").reads("event"));
  EXPECT_FALSE(compiled(R"({"map": [{"var": "context.x"}, {"var": ""}]})").reads("event"));
  EXPECT_TRUE(
      compiled(R"({"map": [{"var": "context.x"}, {"val": [[2], "event"]}]})").reads("event"));
  EXPECT_TRUE(compiled(R"({"map": [{"var": "event.data"}, {"var": ""}]})").reads("event"));
}

}  // namespace
}  // namespace mingjian::guard
