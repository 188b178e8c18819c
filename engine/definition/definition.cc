#include "engine/definition/definition.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "engine/base/digest.h"
#include "engine/chart/compile.h"
#include "engine/definition/notes.h"

namespace mingjian {
namespace {

// Only the data of a case: a title is made before there are events.
class DataScope : public guard::Scope {
 public:
  explicit DataScope(const Json& data) : data_(data) {}
  [[nodiscard]] const Json* member(std::string_view key) const override {
    return key == "context" ? &data_ : nullptr;
  }
  [[nodiscard]] Json whole() const override { return {{"context", data_}}; }
  [[nodiscard]] bool in_state(std::uint32_t) const override { return false; }

 private:
  const Json& data_;
};

std::vector<Error> schema_errors(const Form& schema, const OrderedJson& root) {
  std::vector<Error> errors;
  for (InputError& error : schema.check(Json(root))) {
    errors.push_back(
        {ErrorKind::kInvalidInput, std::move(error.message), std::move(error.pointer)});
  }
  return errors;
}

// A description may be anything; only one in both languages is for people.
Text purpose_of(const OrderedJson& root) {
  const auto found = root.find("description");
  if (found == root.end() || !found->is_object()) return {};
  const auto zh = found->find("zh");
  const auto en = found->find("en");
  if (zh == found->end() || en == found->end() || !zh->is_string() || !en->is_string()) return {};
  return {zh->get<std::string>(), en->get<std::string>()};
}

tl::expected<Definition, std::vector<Error>> assemble(std::string source, const OrderedJson& root,
                                                      chart::Chart chart, const Register& known) {
  NotesReader reader(root, chart, known);
  auto states = reader.states();
  auto transitions = reader.transitions();
  auto filing = reader.filing();
  auto data = reader.data();
  auto case_title = reader.case_title();
  auto errors = reader.take_errors();
  if (!errors.empty() || !filing || !data) return tl::unexpected(std::move(errors));
  std::string digest = sha256_hex(source);
  const OrderedJson& title = root["title"];
  return Definition({.source = std::move(source),
                     .digest = std::move(digest),
                     .version = root["version"].get<std::int64_t>(),
                     .title = {title.value("zh", ""), title.value("en", "")},
                     .purpose = purpose_of(root),
                     .number_prefix = root.value("number", ""),
                     .chart = std::move(chart),
                     .states = std::move(states),
                     .transitions = std::move(transitions),
                     .filing = std::move(*filing),
                     .data = std::move(*data),
                     .materials = reader.materials(),
                     .case_title = std::move(case_title),
                     .codes = known.codes});
}

}  // namespace

std::string Definition::case_title(const Json& data) const {
  if (!parts_.case_title) return {};
  const auto title = parts_.case_title->evaluate(DataScope(data));
  return title && title->is_string() ? title->get<std::string>() : std::string();
}

tl::expected<Definition, std::vector<Error>> load_definition(std::string source, const Form& schema,
                                                             const Register& known) {
  const auto root = parse_ordered_json(source, kDefinitionLimits);
  if (!root) return tl::unexpected(std::vector{root.error()});
  auto errors = schema_errors(schema, *root);
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  auto chart = chart::compile(*root);
  if (!chart) return tl::unexpected(std::vector{chart.error()});
  return assemble(std::move(source), *root, std::move(*chart), known);
}

}  // namespace mingjian
