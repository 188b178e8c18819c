// What workflows/ says of itself is so.
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/shipped.h"

namespace mingjian::testing {
namespace {

TEST(WorkflowsReadme, ShowsADefinitionThatLoads) {
  const std::string text = read_file(kWorkflows + "/README.md");
  const std::string fence = "```json\n";
  const auto begin = text.find(fence) + fence.size();
  const auto end = text.find("```", begin);
  ASSERT_NE(end, std::string::npos);
  const auto loaded = load(text.substr(begin, end - begin));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->id(), "petition");
}

TEST(WorkflowsReadme, NamesEveryProcedure) {
  const std::string text = read_file(kWorkflows + "/README.md");
  for (const auto& entry : std::filesystem::directory_iterator(kWorkflows)) {
    if (!std::filesystem::exists(entry.path() / "definition.json")) continue;
    EXPECT_THAT(text, ::testing::HasSubstr("`" + entry.path().filename().string() + "`"));
  }
}

TEST(DefinitionSchema, SaysOfEveryKeyWhatItMeans) {
  int keys = 0;
  const std::function<void(const Json&, const std::string&)> look = [&](const Json& schema,
                                                                        const std::string& place) {
    if (!schema.is_object()) return;
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [key, property] : properties.items()) {
      const std::string pointer = place + "/properties/" + key;
      EXPECT_FALSE(property.value("title", "").empty()) << pointer;
      EXPECT_FALSE(property.value("description", "").empty()) << pointer;
      look(property, pointer);
      ++keys;
    }
    const Json definitions = schema.value("definitions", Json::object());
    for (const auto& [name, inner] : definitions.items()) {
      EXPECT_FALSE(inner.value("description", "").empty()) << name;
      look(inner, place + "/definitions/" + name);
    }
    if (schema.contains("items")) look(schema["items"], place + "/items");
  };
  look(definition_schema(), "");
  EXPECT_GE(keys, 70);
}

}  // namespace
}  // namespace mingjian::testing
