#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace mingjian::cli {

// Adds a command line that works to what --help says of a subcommand, above the exit codes.
inline void add_example(CLI::App& command, const std::string& line) {
  command.footer("例 example:\n  " + line + "\n\n" + command.get_footer());
}

}  // namespace mingjian::cli
