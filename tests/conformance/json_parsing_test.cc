#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/json.h"
#include "tests/support/conformance_files.h"

namespace mingjian {
namespace {

std::string decode_base64(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) break;  // padding
    buffer = (buffer << 6U) | static_cast<unsigned>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((buffer >> bits) & 0xFFU);
  }
  return bytes;
}

// What the suite must accept and this gate refuses on purpose.
bool refused_on_purpose(std::string_view name) {
  // A repeated key is valid JSON, but two readers may see different values in it.
  constexpr std::array<std::string_view, 2> kRepeatedKeys = {
      "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"};
  return std::find(kRepeatedKeys.begin(), kRepeatedKeys.end(), name) != kRepeatedKeys.end();
}

Json suite_or_null(const char* name) {
  const auto file = testing::conformance_folder() / name;
  if (!std::filesystem::exists(file)) return nullptr;
  return Json::parse(testing::read_file(file));
}

TEST(JsonParsingConformance, AcceptsAndRejectsAsTheSuiteSays) {
  const Json suite = suite_or_null("json-parsing.json");
  if (suite.is_null()) GTEST_SKIP() << "left out: the suite json-parsing.json is not there";
  std::size_t decided = 0;
  for (const Json& test : suite.at("tests")) {
    const auto name = test.at("name").get<std::string>();
    const auto text = decode_base64(test.at("base64").get<std::string>());
    const bool accepted = parse_json(text).has_value();
    EXPECT_EQ(parse_ordered_json(text).has_value(), accepted) << name;
    const auto must = test.at("must").get<std::string>();
    if (must == "either") continue;
    const bool expected = must == "accept" && !refused_on_purpose(name);
    EXPECT_EQ(accepted, expected) << name;
    ++decided;
  }
  std::cout << "json-parsing: " << decided << " decided of " << suite.at("tests").size() << "\n";
  EXPECT_GT(decided, 0U);
}

TEST(JsonParsingConformance, GivesNaughtyStringsBackUnchanged) {
  const Json suite = suite_or_null("naughty-strings.json");
  if (suite.is_null()) GTEST_SKIP() << "left out: the suite naughty-strings.json is not there";
  for (const Json& string : suite.at("strings")) {
    Json object = Json::object();
    object[string.get<std::string>()] = string;
    const auto parsed = parse_json(object.dump());
    ASSERT_TRUE(parsed) << string;
    EXPECT_EQ(*parsed, object);
    // Written in ASCII only it is the same text.
    EXPECT_EQ(parse_json(object.dump(-1, ' ', true)).value(), object);
  }
}

}  // namespace
}  // namespace mingjian
