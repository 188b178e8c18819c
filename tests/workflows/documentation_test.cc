// What workflows/ says of itself is so.
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/shipped.h"

namespace mingjian::testing {
namespace {

// What stands between the fences, in order.
std::vector<std::string> examples() {
  const std::string text = read_file(kWorkflows + "/README.md");
  const std::string fence = "```json\n";
  std::vector<std::string> all;
  for (auto begin = text.find(fence); begin != std::string::npos;) {
    begin += fence.size();
    const auto end = text.find("```", begin);
    if (end == std::string::npos) break;
    all.push_back(text.substr(begin, end - begin));
    begin = text.find(fence, end);
  }
  return all;
}

TEST(WorkflowsReadme, ShowsADefinitionThatLoads) {
  const auto loaded = load(examples().at(0));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->id(), "petition");
}

TEST(WorkflowsReadme, ShowsAnApprovalOfSeveralSignersThatLoads) {
  OrderedJson definition = OrderedJson::parse(examples().at(0));
  const OrderedJson shown = OrderedJson::parse("{" + examples().at(1) + "}");
  definition["states"]["disposition"]["on"]["close"]["approval"] = shown["approval"];
  const auto loaded = load(definition.dump());
  ASSERT_TRUE(loaded);
  for (chart::TransitionIndex index = 0; index < loaded->chart().transitions().size(); ++index) {
    const TransitionNotes& notes = loaded->transition_notes(index);
    if (notes.approval.empty()) continue;
    EXPECT_EQ(notes.approval[0].signing, Signing::kAll);
    EXPECT_EQ(notes.approval[1].roles.size(), 2U);
    return;
  }
  FAIL() << "nobody signs";
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
