#include <cstddef>
#include <iostream>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/json.h"
#include "engine/guard/expression.h"
#include "tests/support/conformance_files.h"

namespace mingjian::guard {
namespace {

// The data of a test, which may be any value, not only an object.
class DataScope : public Scope {
 public:
  explicit DataScope(Json data) : data_(std::move(data)) {}

  [[nodiscard]] const Json* member(std::string_view key) const override {
    const std::string name(key);
    if (data_.is_object() && data_.contains(name)) return &data_.at(name);
    const bool index = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
    if (!data_.is_array() || !index || std::stoul(name) >= data_.size()) return nullptr;
    return &data_.at(std::stoul(name));
  }
  [[nodiscard]] Json whole() const override { return data_; }
  [[nodiscard]] bool in_state(std::uint32_t) const override { return false; }

 private:
  Json data_;
};

// What is wrong with the answer to `test`, or nothing.
std::optional<std::string> mismatch(const OrderedJson& test) {
  const auto rule = Expression::compile(test.at("rule"), "");
  if (!rule) return "refused: " + rule.error().message.en;
  const auto answer = rule->evaluate(DataScope(Json(test.at("data"))));
  const bool error_expected = test.contains("error");
  const Json expected(test.at(error_expected ? "error" : "result"));
  const Json& given = answer ? *answer : answer.error();
  if (answer.has_value() == !error_expected && given == expected) return std::nullopt;
  return (answer ? "gave " : "failed with ") + given.dump() + ", expected " +
         (error_expected ? "the error " : "") + expected.dump();
}

TEST(JsonLogicConformance, GivesTheResultOrErrorOfEachCase) {
  const auto file = testing::conformance_folder() / "jsonlogic.json";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "left out: there is no " << file;
  const auto suite = OrderedJson::parse(testing::read_file(file));
  std::size_t passed = 0;
  for (const OrderedJson& test : suite.at("tests")) {
    const auto wrong = mismatch(test);
    if (!wrong) {
      ++passed;
      continue;
    }
    ADD_FAILURE() << test.at("suite").get<std::string>() << " ("
                  << test.at("level").get<std::string>() << "): " << test.at("rule").dump()
                  << " on " << test.at("data").dump() << "\n  " << *wrong;
  }
  std::cout << "jsonlogic: passed " << passed << " of " << suite.at("tests").size() << "\n";
  EXPECT_GT(passed, 0U);
}

}  // namespace
}  // namespace mingjian::guard
