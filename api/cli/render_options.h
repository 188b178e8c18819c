#pragma once

#include <string>

#include "api/cli/commands.h"
#include "engine/base/language.h"

namespace mingjian::cli {

// What the subcommands that render a definition have in common.
struct RenderOptions {
  std::string file;
  std::string workflows;  // empty: see SubjectFile
  std::string output;     // empty: the program's output
  Language language = Language::kChinese;
};
// `options` must outlive the parsing.
void add_render_options(CLI::App& command, RenderOptions& options);

// Writes the text to the file, or to the program's output where `file` is empty. The exit code:
// kUnusable, with a complaint, where the file cannot be written.
[[nodiscard]] int write_output(const Program& program, const std::string& file,
                               const std::string& text);

}  // namespace mingjian::cli
