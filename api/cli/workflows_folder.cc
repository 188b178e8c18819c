#include "api/cli/workflows_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/base/wording.h"
#include "engine/lint/check.h"

namespace mingjian::cli {
namespace {

namespace fs = std::filesystem;

tl::unexpected<std::vector<FileError>> failed(const std::string& file, const Error& error) {
  return tl::unexpected(std::vector{FileError{file, error}});
}

tl::expected<Register, std::vector<FileError>> load_register(const fs::path& folder) {
  const std::string rules_file = (folder / "rules" / "register.csv").string();
  const auto csv = read_file(rules_file);
  if (!csv) return failed(rules_file, csv.error());
  auto rules = parse_rules(*csv);
  if (!rules) return failed(rules_file, rules.error());
  const std::string codes_file = (folder / "codes" / "codes.json").string();
  const auto json = read_file(codes_file);
  if (!json) return failed(codes_file, json.error());
  auto codes = parse_codes(*json);
  if (!codes) return failed(codes_file, codes.error());
  const std::string requirements_file = (folder / "rules" / "due-process.json").string();
  auto requirements = read_file(requirements_file);
  if (!requirements) return failed(requirements_file, requirements.error());
  return Register{std::move(*rules), std::move(*codes), std::move(*requirements)};
}

tl::expected<Form, std::vector<FileError>> load_schema(const fs::path& folder) {
  const std::string file = (folder / "schema" / "definition.schema.json").string();
  const auto text = read_file(file);
  if (!text) return failed(file, text.error());
  const auto json = parse_json(*text);
  if (!json) return failed(file, json.error());
  auto schema = Form::compile_plain(*json);
  if (!schema) return failed(file, schema.error());
  return std::move(*schema);
}

std::vector<fs::path> definition_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const fs::path file = entry.path() / "definition.json";
    if (fs::is_regular_file(file, ignored)) files.push_back(file);
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool has_version(const std::vector<Definition>& definitions, const Definition& wanted) {
  return std::any_of(definitions.begin(), definitions.end(), [&](const Definition& each) {
    return each.id() == wanted.id() && each.version() == wanted.version();
  });
}

Error twice(const Definition& definition) {
  const std::string name = definition.id() + " " + std::to_string(definition.version());
  return {ErrorKind::kInvalidInput,
          {"定义 " + name + " 在目录中出现两次", "definition " + name + " is in the folder twice"},
          "/version"};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    return fail(ErrorKind::kInvalidInput, {"无法读取文件", "the file cannot be read"});
  }
  return std::move(text).str();
}

tl::expected<Ground, std::vector<FileError>> load_ground(const std::string& folder) {
  auto known = load_register(folder);
  if (!known) return tl::unexpected(known.error());
  auto schema = load_schema(folder);
  if (!schema) return tl::unexpected(schema.error());
  return Ground{std::move(*known), std::move(*schema)};
}

tl::expected<Workflows, std::vector<FileError>> load_workflows(const std::string& folder) {
  auto ground = load_ground(folder);
  if (!ground) return tl::unexpected(ground.error());
  Workflows workflows{std::move(ground->known), std::move(ground->schema), {}};
  std::vector<FileError> errors;
  for (const fs::path& file : definition_files(folder)) {
    auto text = read_file(file.string());
    if (!text) return failed(file.string(), text.error());
    auto checked = lint::check(std::move(*text), workflows.schema, workflows.known);
    for (const lint::Finding& finding : checked.findings) {
      if (finding.severity != lint::Severity::kError) continue;
      errors.push_back(
          {file.string(), {ErrorKind::kInvalidInput, finding.message, finding.pointer}});
    }
    if (!checked.definition) continue;
    if (has_version(workflows.definitions, *checked.definition)) {
      errors.push_back({file.string(), twice(*checked.definition)});
    } else {
      workflows.definitions.push_back(std::move(*checked.definition));
    }
  }
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  return workflows;
}

tl::expected<CheckedDefinition, std::vector<FileError>> load_definition_file(
    const std::string& file, const std::string& folder) {
  auto text = read_file(file);
  if (!text) return failed(file, text.error());
  auto ground = load_ground(folder);
  if (!ground) return tl::unexpected(ground.error());
  auto definition = load_definition(std::move(*text), ground->schema, ground->known);
  if (definition) return CheckedDefinition{std::move(ground->known), std::move(*definition)};
  std::vector<FileError> errors;
  for (const Error& error : definition.error()) errors.push_back({file, error});
  return tl::unexpected(std::move(errors));
}

std::string describe(const std::vector<FileError>& errors) {
  std::string text;
  for (const FileError& each : errors) {
    text += each.file + ": " + each.error.pointer + ": " + both(each.error.message) + "\n";
  }
  return text;
}

}  // namespace mingjian::cli
