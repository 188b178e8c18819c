#include "engine/definition/form.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/definition/sample.h"

namespace mingjian {
namespace {

const CodeTables kCodes = {{"ranks", {{"RK-A", {"甲", "A"}}, {"RK-B", {"乙", "B"}}}},
                           {"kinds", {{"K-1", {"一", "one"}}}}};

Form form(const char* schema) { return Form::compile(Json::parse(schema), kCodes, "").value(); }

// "pointer: message" of each error, a line each.
std::string errors(const Form& form, const char* input) {
  std::string lines;
  for (const InputError& error : form.check(Json::parse(input)))
    lines += error.pointer + ": " + error.message.en + "\n";
  return lines;
}

struct BadSchema {
  const char* what;
  const char* schema;
  const char* pointer;
  const char* message;
};

TEST(FormCompile, RefusesABadSchemaWithItsPlace) {
  const BadSchema table[] = {
      {"a keyword that forms do not hold",
       R"({"type": "object", "properties": {"a": {"type": "string", "pattern": "x"}}})",
       "/form/properties/a/pattern", "keyword pattern"},
      {"inside an array", R"({"type": "array", "items": {"allOf": []}})", "/form/items/allOf",
       "keyword allOf"},
      {"under additionalProperties",
       R"({"type": "object", "additionalProperties": {"type": "string", "pattern": "x"}})",
       "/form/additionalProperties/pattern", "keyword pattern"},
      {"a code table that is not there",
       R"({"type": "object", "properties": {"a/b": {"code": "colours"}}})",
       "/form/properties/a~1b/code", "no code table colours"},
      {"one of several tables that is not there", R"({"code": ["ranks", "colours"]})", "/form/code",
       "no code table colours"},
      {"a code that is no name", R"({"code": 5})", "/form/code", "code"},
      {"a code that names no table", R"({"code": []})", "/form/code", "code"},
      {"a schema that is no object", R"({"type": "object", "properties": {"a": 5}})",
       "/form/properties/a", "JSON Schema object"},
      {"properties that are no object", R"({"type": "object", "properties": ["a"]})",
       "/form/properties", "JSON Schema"},
      {"a format that forms cannot check", R"({"type": "string", "format": "email"})",
       "/form/format", "format email"},
      {"a bound that is no number", R"({"type": "string", "maxLength": "long"})", "/form",
       "not a valid JSON Schema"},
  };
  for (const BadSchema& row : table) {
    const auto compiled = Form::compile(Json::parse(row.schema), kCodes, "/form");
    ASSERT_FALSE(compiled) << row.what;
    EXPECT_EQ(compiled.error().kind, ErrorKind::kInvalidInput) << row.what;
    EXPECT_EQ(compiled.error().pointer, row.pointer) << row.what;
    EXPECT_NE(compiled.error().message.en.find(row.message), std::string::npos)
        << row.what << ": " << compiled.error().message.en;
    EXPECT_FALSE(compiled.error().message.zh.empty()) << row.what;
  }
}

TEST(FormCheck, NamesThePlaceAndWhatIsWrongThere) {
  const Form asked = form(R"({
    "type": "object", "additionalProperties": false, "required": ["name"],
    "properties": {
      "name": {"type": "string", "minLength": 2, "maxLength": 4},
      "rank": {"code": ["ranks", "kinds"]},
      "day": {"type": "string", "format": "date"},
      "time": {"type": "string", "format": "date-time"},
      "number": {"type": "integer", "minimum": 2, "maximum": 9},
      "agreed": {"type": "boolean", "const": true},
      "list": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true,
               "items": {"type": "object", "properties": {"a/b": {"type": "string"}}}}}})");
  struct {
    const char* input;
    const char* errors;
  } const table[] = {
      {R"({"name": "王某", "rank": "K-1", "day": "2026-02-28", "number": 2, "agreed": true})", ""},
      {R"({})", ": required and missing: 'name'\n"},
      {R"({"name": 5})", "/name: of the wrong type\n"},
      {R"({"name": "王"})", "/name: too short; at least: 2\n"},
      {R"({"name": "王王王王王"})", "/name: too long; at most: 4\n"},
      {R"({"name": "王某", "rank": "RK-C"})",
       "/rank: not one of the values allowed (or no such code in the code table)\n"},
      {R"({"name": "王某", "day": "2026-13-01"})", "/day: not a valid date (YYYY-MM-DD)\n"},
      {R"({"name": "王某", "day": "2026-02-30"})", "/day: not a valid date (YYYY-MM-DD)\n"},
      {R"({"name": "王某", "time": "2026-02-28T08:00:00+08:00"})", ""},
      {R"({"name": "王某", "time": "2026-02-28"})", "/time: not a valid time (RFC 3339)\n"},
      {R"({"name": "王某", "day": 5})", "/day: of the wrong type\n"},
      {R"({"name": "王某", "number": 1})", "/number: too small; at least 2\n"},
      {R"({"name": "王某", "number": 10})", "/number: too large; at most 9\n"},
      {R"({"name": "王某", "number": 2.5})", "/number: of the wrong type\n"},
      {R"({"name": "王某", "agreed": false})", "/agreed: must be the value laid down\n"},
      {R"({"name": "王某", "colour": 1})", ": no such field: 'colour'\n"},
      {R"({"name": "王某", "list": []})", "/list: too few entries; at least: 1\n"},
      {R"({"name": "王某", "list": [{}, {}]})", "/list: entries are repeated: #0 and #1\n"},
      {R"({"name": "王某", "list": [{"a/b": 1}]})", "/list/0/a~1b: of the wrong type\n"},
      {R"([])", ": of the wrong type\n"},
  };
  for (const auto& row : table) EXPECT_EQ(errors(asked, row.input), row.errors) << row.input;
}

TEST(FormCheck, ResolvesCodesWhereverAFieldMayStand) {
  const Form open = form(R"({"type": "object", "additionalProperties": {"code": "ranks"}})");
  EXPECT_EQ(errors(open, R"({"anything": "RK-A"})"), "");
  EXPECT_NE(errors(open, R"({"anything": "RK-C"})"), "");
}

TEST(FormSchema, ShowsTheCodesToThoseWhoFillItIn) {
  const Form asked = form(R"({"type": "object", "properties": {"rank": {"code": "ranks"}}})");
  EXPECT_EQ(asked.schema()["properties"]["rank"]["enum"], Json({"RK-A", "RK-B"}));
}

TEST(Sample, IsAFillingThatTheFormAccepts) {
  const char* const schemas[] = {
      R"({"type": "object"})",
      R"({"type": "object", "properties": {"a": {"type": "boolean", "const": false}}})",
      R"({"type": "object", "properties": {"a": {"type": "string", "format": "date"}}})",
      R"({"type": "object", "properties": {"a": {"type": "integer", "minimum": 7}}})",
      R"({"type": "object", "properties": {"a": {"type": "array", "minItems": 1,
          "items": {"type": "string", "code": "kinds"}}}})",
      R"({"type": "object", "properties": {"a": {"type": "string", "minLength": 1,
          "title": {"zh": "理由", "en": "reason"}}}})",
  };
  for (const char* const schema : schemas) {
    const Form asked = form(schema);
    const Json filled = sample(asked.schema(), choose_known(Json()), "2026-03-02");
    EXPECT_EQ(errors(asked, filled.dump().c_str()), "") << filled;
  }
}

TEST(Sample, TakesAKnownCodeWhereOneFits) {
  const Json schema =
      form(R"({"type": "object", "properties": {"rank": {"code": "ranks"}}})").schema();
  EXPECT_EQ(sample(schema, choose_known({{"of", {"RK-B"}}}), "")["rank"], "RK-B");
  EXPECT_EQ(sample(schema, choose_known({{"of", {"RK-C"}}}), "")["rank"], "RK-A");
}

}  // namespace
}  // namespace mingjian
