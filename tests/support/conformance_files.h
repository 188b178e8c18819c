#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace mingjian::testing {

// The folder with the conformance suites: MINGJIAN_CONFORMANCE, by default ../shared/conformance
// beside the project. It may be absent; a test that needs it says then that it is left out.
inline std::filesystem::path conformance_folder() {
  const char* const named = std::getenv("MINGJIAN_CONFORMANCE");
  if (named != nullptr) return named;
  return std::filesystem::path(MINGJIAN_SOURCE_DIR) / ".." / "shared" / "conformance";
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

}  // namespace mingjian::testing
