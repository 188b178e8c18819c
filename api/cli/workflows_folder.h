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
[[nodiscard]] tl::expected<Catalogue, std::vector<FileError>> load_workflows(
    const std::string& folder);

// Reads definitions that lie elsewhere against the register, the code tables and the schema of a
// folder, in the order given.
[[nodiscard]] tl::expected<std::vector<Definition>, std::vector<FileError>> load_definitions(
    const std::string& folder, const std::vector<std::string>& files);

// "file: pointer: 中文 / English", a line each.
[[nodiscard]] std::string describe(const std::vector<FileError>& errors);

}  // namespace mingjian::cli
