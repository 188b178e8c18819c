#pragma once

namespace mingjian::cli {

// Exit codes of every subcommand.
inline constexpr int kDone = 0;
inline constexpr int kSomeRefused = 1;  // the command ran, but found or refused something
inline constexpr int kUnusable = 2;     // wrong options, or a file or store that cannot be used

}  // namespace mingjian::cli
