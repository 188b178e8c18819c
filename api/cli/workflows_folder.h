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

// What definitions are checked against.
struct Ground {
  Register known;
  Form schema;
};

// Reads the register, the code tables, the requirements of due process and the schema of a folder.
[[nodiscard]] tl::expected<Ground, std::vector<FileError>> load_ground(const std::string& folder);

// One definition with the register that it was checked against.
struct CheckedDefinition {
  Register known;
  Definition definition;
};

// Reads `file` against the register, the code tables and the schema of a folder.
[[nodiscard]] tl::expected<CheckedDefinition, std::vector<FileError>> load_definition_file(
    const std::string& file, const std::string& folder);

// "file: pointer: 中文 / English", a line each.
[[nodiscard]] std::string describe(const std::vector<FileError>& errors);

}  // namespace mingjian::cli
