#include "engine/base/json.h"

#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace mingjian {
namespace {

std::string refused_at(std::string_view text, const JsonLimits& limits = {}) {
  const auto parsed = parse_json(text, limits);
  return parsed ? "accepted" : parsed.error().pointer;
}

TEST(ParseJson, NamesThePlaceOfARepeatedKey) {
  EXPECT_EQ(refused_at(R"({"a": [{}, {"b/c": 1, "b/c": 1}]})"), "/a/1/b~1c");
  const auto parsed = parse_json(R"({"a": 1, "a": 2})");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(parsed.error().message.en, "duplicate key: a");
}

TEST(ParseJson, NamesLineAndColumnWhereTheTextIsNoJson) {
  const auto parsed = parse_json("{\n  \"a\": tru\n}");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message.en.substr(0, 22), "not valid JSON: line 2");
  EXPECT_FALSE(parsed.error().message.zh.empty());
}

TEST(ParseJson, KeepsIntegersOf64BitsAndRefusesLongerOnes) {
  EXPECT_EQ(parse_json("9223372036854775807").value(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_json("-9223372036854775808").value(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse_json("18446744073709551615").value(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_FALSE(parse_json("18446744073709551616"));
  EXPECT_EQ(refused_at("[0, -9223372036854775809]"), "/1");
}

TEST(ParseJson, RefusesWhatFollowsANulByte) {
  using namespace std::string_view_literals;
  EXPECT_FALSE(parse_json("123\0"sv));
  EXPECT_FALSE(parse_json("{}\0{\"not\": seen"sv));
  EXPECT_TRUE(parse_json(R"("\u0000")"));
}

TEST(ParseJson, HoldsTheLimitOfDepth) {
  JsonLimits limits;
  limits.depth = 3;
  EXPECT_EQ(refused_at("[[[1]]]", limits), "accepted");
  EXPECT_EQ(refused_at(R"({"a": [[[]]]})", limits), "/a/0/0");
}

TEST(ParseJson, SurvivesABottomlessText) { EXPECT_FALSE(parse_json(std::string(500'000, '['))); }

TEST(ParseJson, HoldsTheLimitsOfMembersAndStringsAndBytes) {
  JsonLimits limits;
  limits.members = 2;
  limits.string_bytes = 3;
  limits.bytes = 20;
  EXPECT_EQ(refused_at("[1, 2]", limits), "accepted");
  EXPECT_EQ(refused_at("[1, 2, 3]", limits), "/2");
  EXPECT_EQ(refused_at(R"({"a":1,"b":2,"c":3})", limits), "/c");
  EXPECT_EQ(refused_at(R"(["abc"])", limits), "accepted");
  EXPECT_EQ(refused_at(R"([0, "abcd"])", limits), "/1");
  EXPECT_FALSE(parse_json(R"({"abcd":1})", limits));
  EXPECT_TRUE(parse_json(std::string(19, ' ') + "1", limits));
  EXPECT_FALSE(parse_json(std::string(20, ' ') + "1", limits));
}

TEST(ParseJson, RefusesBrokenUtf8) {
  EXPECT_TRUE(parse_json("\"监督\""));
  EXPECT_FALSE(parse_json("\"\xC0\xAF\""));
  EXPECT_FALSE(parse_json("\"\xED\xA0\x80\""));
}

TEST(ParseOrderedJson, KeepsTheOrderOfKeysAndRefusesRepeatedOnes) {
  EXPECT_EQ(parse_ordered_json(R"({"b": 1, "a": 2})").value().dump(), R"({"b":1,"a":2})");
  EXPECT_FALSE(parse_ordered_json(R"({"b": 1, "a": 2, "b": 1})"));
}

TEST(PointerPart, EscapesWhatAPointerGivesAMeaning) {
  EXPECT_EQ(pointer_part("a/b~c"), "/a~1b~0c");
  EXPECT_EQ(pointer_part(""), "/");
}

}  // namespace
}  // namespace mingjian
