#include "engine/definition/form.h"

#include <algorithm>
#include <set>

#include "engine/definition/form_format.h"
#include "engine/definition/form_messages.h"
#include "engine/definition/validator_schema.h"
#include "engine/definition/valijson.h"

namespace mingjian {
namespace {

const std::set<std::string, std::less<>> kKeywords = {
    "type",        "properties", "required",  "additionalProperties",
    "items",       "minItems",   "maxItems",  "uniqueItems",
    "enum",        "const",      "minLength", "maxLength",
    "minimum",     "maximum",    "format",    "title",
    "description", "default",    "code"};

// The names of code tables under "code": one, or a list. Empty where it holds no name.
std::vector<std::string> table_names(const Json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  std::vector<std::string> names;
  if (!value.is_array()) return names;
  for (const Json& name : value) {
    if (!name.is_string()) return {};
    names.push_back(name.get<std::string>());
  }
  return names;
}

// Replaces "code" by an enum of the tables' codes.
Result<void> resolve_code(Json& schema, const CodeTables& codes, const std::string& pointer) {
  const auto names = table_names(schema["code"]);
  if (names.empty()) {
    return fail(
        ErrorKind::kInvalidInput,
        {"code 应为代码表名称或者名称列表", "code is a name of a code table or a list of them"},
        pointer + "/code");
  }
  Json values = Json::array();
  for (const std::string& name : names) {
    const auto table = codes.find(name);
    if (table == codes.end()) {
      return fail(ErrorKind::kInvalidInput, {"没有代码表 " + name, "no code table " + name},
                  pointer + "/code");
    }
    for (const Code& code : table->second) values.push_back(code.code);
  }
  schema["enum"] = std::move(values);
  return {};
}

// Checks the keywords of a schema and those inside it, and resolves codes.
Result<void> prepare(Json& schema, const CodeTables& codes, const std::string& pointer) {
  if (schema.is_boolean()) return {};
  if (!schema.is_object()) {
    return fail(ErrorKind::kInvalidInput,
                {"应为 JSON Schema 对象", "expected a JSON Schema object"}, pointer);
  }
  for (const auto& [keyword, value] : schema.items()) {
    if (!kKeywords.contains(keyword)) {
      return fail(ErrorKind::kInvalidInput,
                  {"表单不支持关键字 " + keyword, "forms do not hold the keyword " + keyword},
                  pointer + pointer_part(keyword));
    }
  }
  if (const auto format = schema.find("format"); format != schema.end()) {
    const std::string name = format->is_string() ? format->get<std::string>() : format->dump();
    if (!is_form_format(name)) {
      return fail(ErrorKind::kInvalidInput,
                  {"表单不支持格式 " + name, "forms do not hold the format " + name},
                  pointer + "/format");
    }
  }
  if (schema.contains("properties")) {
    if (!schema["properties"].is_object()) {
      return fail(ErrorKind::kInvalidInput,
                  {"应为 JSON Schema 的属性对象", "expected the properties of a JSON Schema"},
                  pointer + "/properties");
    }
    for (auto& [name, property] : schema["properties"].items()) {
      auto done = prepare(property, codes, pointer + "/properties" + pointer_part(name));
      if (!done) return done;
    }
  }
  for (const char* const keyword : {"items", "additionalProperties"}) {
    if (!schema.contains(keyword)) continue;
    auto done = prepare(schema[keyword], codes, pointer + "/" + keyword);
    if (!done) return done;
  }
  return schema.contains("code") ? resolve_code(schema, codes, pointer) : Result<void>();
}

// Where a value may have one of several shapes, those that it does not have complain of its type:
// of no use where something else is said of it, or of what is inside it.
void drop_other_alternatives(std::vector<InputError>& errors) {
  const Text wrong_type = form_message(kWrongType);
  const auto said_better = [&](const InputError& error) {
    return std::any_of(errors.begin(), errors.end(), [&](const InputError& other) {
      return other.message != wrong_type &&
             (other.pointer == error.pointer || other.pointer.starts_with(error.pointer + "/"));
    });
  };
  std::vector<InputError> kept;
  for (const InputError& error : errors) {
    if (error.message != wrong_type || !said_better(error)) kept.push_back(error);
  }
  errors = std::move(kept);
}

// valijson's path ("<root>", "[subjects]", "[0]") as a JSON pointer.
std::string pointer_of(const std::vector<std::string>& context) {
  std::string pointer;
  for (const std::string& part : context) {
    if (part.size() < 2 || part.front() != '[') continue;
    pointer += pointer_part(std::string_view(part).substr(1, part.size() - 2));
  }
  return pointer;
}

}  // namespace

struct Form::Compiled {
  Json source;
  valijson::Schema schema;
};

namespace {

template <class Compiled>
Result<std::shared_ptr<const Compiled>> build(Json source, const std::string& pointer) {
  auto compiled = std::make_shared<Compiled>();
  compiled->source = std::move(source);
  try {
    // Titles are {zh, en} here, which valijson's parser refuses; they do not bear on validity.
    Json bare = compiled->source;
    to_validator_terms(bare);
    const valijson::adapters::NlohmannJsonAdapter adapter(bare);
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    add_format_check(parser);
    parser.populateSchema(adapter, compiled->schema);
  } catch (const std::exception& error) {
    return fail(ErrorKind::kInvalidInput,
                {std::string("不是有效的 JSON Schema：") + error.what(),
                 std::string("not a valid JSON Schema: ") + error.what()},
                pointer);
  }
  return compiled;
}

}  // namespace

Result<Form> Form::compile(const Json& schema, const CodeTables& codes,
                           const std::string& pointer) {
  Json prepared = schema;
  auto done = prepare(prepared, codes, pointer);
  if (!done) return tl::unexpected<Error>(done.error());
  auto compiled = build<Compiled>(std::move(prepared), pointer);
  if (!compiled) return tl::unexpected<Error>(compiled.error());
  return Form(std::move(*compiled));
}

Result<Form> Form::compile_plain(const Json& schema) {
  auto compiled = build<Compiled>(schema, "");
  if (!compiled) return tl::unexpected<Error>(compiled.error());
  return Form(std::move(*compiled));
}

std::vector<InputError> Form::check(const Json& input) const {
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter adapter(input);
  if (validator.validate(compiled_->schema, adapter, &results)) return {};
  std::vector<InputError> errors;
  std::set<std::string> seen;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    if (is_summary(error.description)) continue;  // the leaves below it say what is wrong
    InputError entry{pointer_of(error.context), form_message(error.description)};
    if (seen.insert(entry.pointer + "\n" + entry.message.en).second)
      errors.push_back(std::move(entry));
  }
  drop_other_alternatives(errors);
  if (errors.empty()) errors.push_back({"", form_message("")});
  return errors;
}

const Json& Form::schema() const { return compiled_->source; }

std::shared_ptr<const Json> Form::shared_schema() const { return {compiled_, &compiled_->source}; }

}  // namespace mingjian
