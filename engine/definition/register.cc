#include "engine/definition/register.h"

#include <nlohmann/json.hpp>

#include "engine/base/json.h"

namespace mingjian {
namespace {

// The rows of a CSV text. A quote that is never closed takes the rest of the text.
std::vector<std::vector<std::string>> csv_rows(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      row.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      row.emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back(std::move(row));
      row.assign(1, {});
    } else if (c != '\r' || quoted) {
      row.back() += c;
    }
  }
  if (row.size() > 1 || !row.front().empty()) rows.push_back(std::move(row));
  return rows;
}

Text text_of(const Json& entry) { return {entry.value("zh", ""), entry.value("en", "")}; }

}  // namespace

Result<Rules> parse_rules(std::string_view csv) {
  const auto rows = csv_rows(csv);
  if (rows.empty()) {
    return fail(ErrorKind::kInvalidInput, {"规则登记簿是空的", "the register of rules is empty"});
  }
  std::map<std::string, std::size_t> column;
  for (std::size_t i = 0; i < rows.front().size(); ++i) column[rows.front()[i]] = i;
  for (const char* name : {"id", "instrument", "article", "requirement_en", "term_zh", "kind"}) {
    if (!column.contains(name)) {
      return fail(ErrorKind::kInvalidInput,
                  {std::string("规则登记簿缺少列 ") + name,
                   std::string("the register of rules has no column ") + name});
    }
  }
  Rules rules;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    if (row.size() != rows.front().size()) {
      const auto record = std::to_string(i + 1);
      return fail(ErrorKind::kInvalidInput,
                  {"规则登记簿第 " + record + " 条的列数不对",
                   "record " + record + " of the register has a wrong number of columns"});
    }
    const RuleId id(row[column["id"]]);
    rules[id] = {id,
                 row[column["instrument"]],
                 row[column["article"]],
                 row[column["requirement_en"]],
                 row[column["term_zh"]],
                 row[column["kind"]]};
  }
  return rules;
}

Result<CodeTables> parse_codes(std::string_view json) {
  auto parsed = parse_json(json);
  if (!parsed) return tl::unexpected<Error>(parsed.error());
  CodeTables tables;
  for (const auto& [name, entries] : parsed->items()) {
    if (!entries.is_array()) continue;
    for (const Json& entry : entries) {
      if (!entry.is_object() || !entry.contains("code") || !entry["code"].is_string()) {
        return fail(ErrorKind::kInvalidInput,
                    {"代码表条目缺少 code", "an entry of a code table has no code"},
                    pointer_part(name));
      }
      tables[name].push_back({entry["code"].get<std::string>(), text_of(entry)});
    }
  }
  return tables;
}

}  // namespace mingjian
