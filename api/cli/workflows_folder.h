#pragma once

#include <string>
#include <vector>

#include "engine/service/catalogue.h"

namespace mingjian::cli {

[[nodiscard]] Result<std::string> read_file(const std::string& path);

// An error with the file that it is in.
struct FileError {
  std::string file;
  Error error;
};

// Reads the register, the code tables, the schema and every */definition.json of a folder.
[[nodiscard]] tl::expected<Workflows, std::vector<FileError>> load_workflows(
    const std::string& folder);

// "file: pointer: 中文 / English", a line each.
[[nodiscard]] std::string describe(const std::vector<FileError>& errors);

}  // namespace mingjian::cli
