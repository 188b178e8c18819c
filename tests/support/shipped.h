#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/definition/definition.h"
#include "tests/support/conformance_files.h"

// The workflows as they are shipped.
namespace mingjian::testing {

inline std::string project_file(const std::string& path) {
  return std::string(MINGJIAN_SOURCE_DIR) + "/" + path;
}

inline const std::string kWorkflows = std::string(MINGJIAN_SOURCE_DIR) + "/workflows";

inline const Register& shipped_register() {
  static const Register kRegister = {
      parse_rules(read_file(kWorkflows + "/rules/register.csv")).value(),
      parse_codes(read_file(kWorkflows + "/codes/codes.json")).value(),
      read_file(kWorkflows + "/rules/due-process.json")};
  return kRegister;
}

inline Json definition_schema() {
  return Json::parse(read_file(kWorkflows + "/schema/definition.schema.json"));
}

// Loads a definition as the server does; the test fails, with the reasons, where that is refused.
inline tl::expected<Definition, std::vector<Error>> load(const std::string& source) {
  auto loaded =
      load_definition(source, Form::compile_plain(definition_schema()).value(), shipped_register());
  if (!loaded) {
    for (const Error& error : loaded.error())
      ADD_FAILURE() << error.pointer << ": " << error.message.en;
  }
  return loaded;
}

inline const std::vector<Definition>& shipped_definitions() {
  static const std::vector<Definition> kDefinitions = [] {
    std::vector<Definition> all;
    for (const auto& entry : std::filesystem::directory_iterator(kWorkflows)) {
      const auto file = entry.path() / "definition.json";
      if (!std::filesystem::exists(file)) continue;
      auto loaded = load(read_file(file));
      if (loaded) all.push_back(std::move(*loaded));
    }
    EXPECT_GE(all.size(), 4U);
    return all;
  }();
  return kDefinitions;
}

}  // namespace mingjian::testing
