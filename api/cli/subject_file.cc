#include "api/cli/subject_file.h"

#include <filesystem>
#include <utility>

#include <nlohmann/json.hpp>

#include "api/cli/settings.h"
#include "engine/chart/compile.h"

namespace mingjian::cli {
namespace {

constexpr JsonLimits kLimits{
    .bytes = 64 << 20, .depth = 512, .members = 1 << 20, .string_bytes = 16 << 20};

tl::unexpected<std::vector<FileError>> failed(const std::string& file, const Error& error) {
  return tl::unexpected(std::vector{FileError{file, error}});
}

// The folder of "folder/clue/definition.json", if there is a register in it.
std::string folder_around(const std::string& file) {
  std::error_code ignored;
  const auto folder = std::filesystem::absolute(file, ignored).parent_path().parent_path();
  const bool found = std::filesystem::exists(folder / "rules" / "register.csv", ignored);
  return found ? folder.string() : "";
}

Result<std::string> workflows_for(const std::string& file, const std::string& given) {
  GivenOptions options;
  options.workflows = given.empty() ? folder_around(file) : given;
  const auto settings = read_settings(options);
  if (!settings) return tl::unexpected<Error>(settings.error());
  return settings->workflows;
}

}  // namespace

tl::expected<SubjectFile, std::vector<FileError>> SubjectFile::read(const std::string& file,
                                                                    const std::string& workflows) {
  const auto text = read_file(file);
  if (!text) return failed(file, text.error());
  auto source = parse_ordered_json(*text, kLimits);
  if (!source) return failed(file, source.error());
  SubjectFile read;
  if (source->is_object() && source->contains("filing")) {
    const auto folder = workflows_for(file, workflows);
    if (!folder) return failed(file, folder.error());
    auto checked = load_definition_file(file, *folder);
    if (!checked) return tl::unexpected(checked.error());
    read.checked_ = std::make_unique<const CheckedDefinition>(std::move(*checked));
    return read;
  }
  auto chart = chart::compile(*source);
  if (!chart) return failed(file, chart.error());
  read.chart_ = std::make_unique<const chart::Chart>(std::move(*chart));
  read.source_ = std::move(*source);
  return read;
}

render::Subject SubjectFile::subject() const {
  if (checked_ != nullptr) return render::Subject(checked_->definition);
  return render::Subject(*chart_, source_);
}

}  // namespace mingjian::cli
