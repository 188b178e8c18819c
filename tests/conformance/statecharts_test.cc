// The suites of statecharts (see tests/support/conformance_files.h): each case is run step by step
// and its configuration, and where given its context, compared.
#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/chart/compile.h"
#include "engine/chart/timers.h"
#include "tests/support/conformance_files.h"

namespace mingjian {
namespace {

constexpr JsonLimits kLimits{
    .bytes = 64 << 20, .depth = 512, .members = 1 << 20, .string_bytes = 16 << 20};

std::vector<std::string> sorted_ids(const chart::Chart& chart, const chart::Snapshot& snapshot) {
  auto ids = chart::active_leaf_ids(chart, snapshot);
  std::sort(ids.begin(), ids.end());
  return ids;
}

// What differs from what is expected; empty: nothing.
std::string difference_to(const chart::Chart& chart, const chart::Snapshot& snapshot,
                          const OrderedJson& expected, const OrderedJson& context) {
  const auto ids = sorted_ids(chart, snapshot);
  if (expected.is_array()) {
    auto wanted = expected.get<std::vector<std::string>>();
    std::sort(wanted.begin(), wanted.end());
    if (ids != wanted)
      return "configuration " + Json(ids).dump() + " instead of " + expected.dump();
  }
  if (!context.is_object()) return "";
  for (const auto& [key, value] : context.items()) {
    const Json wanted = Json(value);
    if (snapshot.context.value(key, Json()) != wanted) {
      return "context " + key + " is " + snapshot.context.value(key, Json()).dump() +
             " instead of " + wanted.dump();
    }
  }
  return "";
}

std::string run(const OrderedJson& test) {
  const auto compiled = chart::compile(test["definition"]);
  if (!compiled) return compiled.error().pointer + ": " + compiled.error().message.en;
  const chart::Chart& chart = *compiled;
  auto started = chart::start(chart);
  chart::Snapshot snapshot = chart::advance(chart, started.after, 0, {}).after;
  const OrderedJson none;
  std::string wrong = difference_to(chart, snapshot, test.value("initial", none),
                                    test.value("initial_context", none));
  if (!wrong.empty()) return "start: " + wrong;
  std::int64_t now = 0;
  std::size_t number = 0;
  for (const OrderedJson& step : test["script"]) {
    ++number;
    now += step.value("after_ms", std::int64_t{0});
    snapshot = chart::advance(chart, snapshot, now, {}).after;
    if (step.contains("event") && step["event"].is_string()) {
      snapshot =
          chart::send(chart, snapshot,
                      {step["event"].get<std::string>(), Json(step.value("data", none))}, {}, now)
              .after;
      snapshot = chart::advance(chart, snapshot, now, {}).after;
    }
    wrong = difference_to(chart, snapshot, step.value("expect", none),
                          step.value("expect_context", none));
    if (!wrong.empty()) return "step " + std::to_string(number) + ": " + wrong;
  }
  return "";
}

void run_suite(const std::filesystem::path& file) {
  const auto suite = parse_ordered_json(testing::read_file(file), kLimits);
  ASSERT_TRUE(suite) << suite.error().message.en;
  std::size_t passed = 0;
  for (const OrderedJson& test : (*suite)["tests"]) {
    const std::string wrong = run(test);
    EXPECT_EQ(wrong, "") << test["name"];
    if (wrong.empty()) ++passed;
  }
  std::cout << file.stem().string() << ": passed " << passed << " of " << (*suite)["tests"].size()
            << "\n";
}

TEST(StatechartConformance, GeneratedSuitePasses) {
  run_suite(std::filesystem::path(MINGJIAN_SOURCE_DIR) /
            "tests/conformance/data/statecharts-generated.json");
}

TEST(StatechartConformance, ScxmlSuitePasses) {
  const auto file = testing::conformance_folder() / "statecharts.json";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "left out: there is no " << file;
  run_suite(file);
}

TEST(StatechartConformance, InvalidDefinitionsAreRefusedWithAPlace) {
  const auto file =
      std::filesystem::path(MINGJIAN_SOURCE_DIR) / "tests/conformance/data/invalid.json";
  const auto suite = parse_ordered_json(testing::read_file(file), kLimits);
  ASSERT_TRUE(suite) << suite.error().message.en;
  std::size_t refused = 0;
  for (const OrderedJson& test : (*suite)["tests"]) {
    const std::string text =
        test.contains("text") ? test["text"].get<std::string>() : test["definition"].dump();
    const auto json = parse_ordered_json(text, kLimits);
    const bool accepted = json && chart::compile(*json).has_value();
    EXPECT_FALSE(accepted) << test["name"] << ": " << test["invalid"];
    if (!accepted) ++refused;
  }
  std::cout << "invalid: refused " << refused << " of " << (*suite)["tests"].size() << "\n";
}

}  // namespace
}  // namespace mingjian
