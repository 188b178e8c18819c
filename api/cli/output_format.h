#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

namespace mingjian::cli {

// The option --format of a subcommand that speaks to people and to programs.
[[nodiscard]] inline std::shared_ptr<std::string> add_format_option(CLI::App& command) {
  auto format = std::make_shared<std::string>("text");
  command.add_option("--format", *format, "text 给人看 for people; json 给程序 for programs")
      ->check(CLI::IsMember({"text", "json"}));
  return format;
}

}  // namespace mingjian::cli
