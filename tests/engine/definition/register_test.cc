#include "engine/definition/register.h"

#include <gtest/gtest.h>

namespace mingjian {
namespace {

const std::string kHeader = "id,instrument,article,requirement_en,term_zh,kind\n";

TEST(ParseRules, ReadsQuotedFieldsByTheNamesOfTheColumns) {
  const auto rules = parse_rules(
      "kind,id,term_zh,requirement_en,article,instrument,more\r\n"
      "approval,R-1,审批,\"Says \"\"yes\"\", or no,\nin two lines\",3,规则,x\r\n");
  ASSERT_TRUE(rules) << rules.error().message.en;
  const Rule& rule = rules->at(RuleId("R-1"));
  EXPECT_EQ(rule.instrument, "规则");
  EXPECT_EQ(rule.article, "3");
  EXPECT_EQ(rule.requirement, "Says \"yes\", or no,\nin two lines");
  EXPECT_EQ(rule.term, "审批");
  EXPECT_EQ(rule.kind, "approval");
}

TEST(ParseRules, SaysWhatIsWrongAndInWhichLine) {
  struct {
    const char* what;
    std::string csv;
    const char* message;
  } const table[] = {
      {"nothing", "", "empty"},
      {"a column is missing", "id,instrument\n", "no column article"},
      {"too few columns", kHeader + "R-1,a,b,c,d,e\nR-2,a\n", "line 3"},
      {"too many columns", kHeader + "R-1,a,b,c,d,e,f\n", "line 2"},
      {"an empty line", kHeader + "\n", "line 2"},
      {"after a field of two lines", kHeader + "R-1,a,b,\"c\nc\",d,e\nR-2,a\n", "line 4"},
      {"without id", kHeader + ",a,b,c,d,e\n", "line 2"},
      {"an id twice", kHeader + "R-1,a,b,c,d,e\nR-2,a,b,c,d,e\nR-1,a,b,c,d,e\n", "line 4"},
      {"a quote that is not closed", kHeader + "R-1,\"a,b,c,d,e\nR-2,a,b,c,d,e\n", "line 2"},
  };
  for (const auto& row : table) {
    const auto rules = parse_rules(row.csv);
    ASSERT_FALSE(rules) << row.what;
    EXPECT_EQ(rules.error().kind, ErrorKind::kInvalidInput) << row.what;
    EXPECT_NE(rules.error().message.en.find(row.message), std::string::npos)
        << row.what << ": " << rules.error().message.en;
  }
}

TEST(ParseCodes, KeepsTheOrderOfATable) {
  const auto tables = parse_codes(
      R"({"about": "x", "ranks": [{"code": "B", "zh": "乙", "en": "b"}, {"code": "A", "zh": "甲", "en": "a"}]})");
  ASSERT_TRUE(tables) << tables.error().message.en;
  ASSERT_EQ(tables->size(), 1U);
  EXPECT_EQ(tables->at("ranks")[0].code, "B");
  EXPECT_EQ(tables->at("ranks")[1].title, (Text{"甲", "a"}));
}

TEST(ParseCodes, SaysWhatIsWrongAndWhere) {
  struct {
    const char* json;
    const char* pointer;
    const char* message;
  } const table[] = {
      {"{\n\"ranks\": [}", "/ranks/0", "line 2, column 11"},
      {R"([])", "", "object"},
      {R"({"ranks": [], "ranks": []})", "/ranks", "duplicate key"},
      {R"({"ranks": [{"code": "A"}, 5]})", "/ranks/1", "no code"},
      {R"({"ranks": [{"zh": "甲"}]})", "/ranks/0", "no code"},
      {R"({"ranks": [{"code": 5}]})", "/ranks/0", "no code"},
      {R"({"a/b": [{"code": "A"}, {"code": "A"}]})", "/a~1b/1", "twice"},
      {R"({"ranks": [{"code": "A", "zh": 5}]})", "/ranks/0", "text"},
  };
  for (const auto& row : table) {
    const auto tables = parse_codes(row.json);
    ASSERT_FALSE(tables) << row.json;
    EXPECT_EQ(tables.error().kind, ErrorKind::kInvalidInput) << row.json;
    EXPECT_EQ(tables.error().pointer, row.pointer) << row.json;
    EXPECT_NE(tables.error().message.en.find(row.message), std::string::npos)
        << row.json << ": " << tables.error().message.en;
  }
}

}  // namespace
}  // namespace mingjian
