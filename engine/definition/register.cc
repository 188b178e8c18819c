#include "engine/definition/register.h"

#include <nlohmann/json.hpp>

#include "engine/base/json.h"

namespace mingjian {
namespace {

struct CsvRow {
  std::size_t line = 1;  // where it starts
  std::vector<std::string> fields;
};

tl::unexpected<Error> bad_line(std::size_t line, const Text& why) {
  const auto number = std::to_string(line);
  return fail(ErrorKind::kInvalidInput,
              {"规则登记簿第 " + number + " 行：" + why.zh,
               "line " + number + " of the register of rules: " + why.en});
}

// The rows of a CSV text (RFC 4180).
Result<std::vector<CsvRow>> csv_rows(std::string_view text) {
  std::vector<CsvRow> rows;
  CsvRow row{1, {{}}};
  std::size_t line = 1;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      row.fields.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      row.fields.emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back(std::move(row));
      row = {line, {{}}};
    } else if (c != '\r' || quoted) {
      row.fields.back() += c;
    }
  }
  if (quoted) return bad_line(row.line, {"引号没有结束", "a quote is not closed"});
  if (row.fields.size() > 1 || !row.fields.front().empty()) rows.push_back(std::move(row));
  return rows;
}

// The columns by their names in the first row.
Result<std::map<std::string, std::size_t>> columns_of(const CsvRow& header) {
  std::map<std::string, std::size_t> column;
  for (std::size_t i = 0; i < header.fields.size(); ++i) column[header.fields[i]] = i;
  for (const char* name : {"id", "instrument", "article", "requirement_en", "term_zh", "kind"}) {
    if (!column.contains(name)) {
      return fail(ErrorKind::kInvalidInput,
                  {std::string("规则登记簿缺少列 ") + name,
                   std::string("the register of rules has no column ") + name});
    }
  }
  return column;
}

tl::unexpected<Error> bad_entry(const std::string& pointer, const Text& why) {
  return fail(ErrorKind::kInvalidInput, {"代码表" + why.zh, "a code table " + why.en}, pointer);
}

Result<Code> code_of(const Json& entry, const std::string& pointer) {
  if (!entry.is_object() || !entry.contains("code") || !entry["code"].is_string())
    return bad_entry(pointer, {"的条目缺少 code", "has an entry with no code"});
  for (const char* const language : {"zh", "en"}) {
    if (entry.contains(language) && !entry[language].is_string())
      return bad_entry(pointer, {"条目的名称应为文字", "has an entry whose title is not text"});
  }
  return Code{entry["code"].get<std::string>(), {entry.value("zh", ""), entry.value("en", "")}};
}

}  // namespace

Result<Rules> parse_rules(std::string_view csv) {
  const auto rows = csv_rows(csv);
  if (!rows) return tl::unexpected<Error>(rows.error());
  if (rows->empty()) {
    return fail(ErrorKind::kInvalidInput, {"规则登记簿是空的", "the register of rules is empty"});
  }
  auto column = columns_of(rows->front());
  if (!column) return tl::unexpected<Error>(column.error());
  Rules rules;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const auto& [line, row] = (*rows)[i];
    if (row.size() != rows->front().fields.size())
      return bad_line(line, {"列数不对", "a wrong number of columns"});
    const RuleId id(row[(*column)["id"]]);
    if (id.value().empty()) return bad_line(line, {"没有编号", "no id"});
    const bool fresh =
        rules
            .try_emplace(id, Rule{id, row[(*column)["instrument"]], row[(*column)["article"]],
                                  row[(*column)["requirement_en"]], row[(*column)["term_zh"]],
                                  row[(*column)["kind"]]})
            .second;
    if (!fresh)
      return bad_line(line, {"编号重复：" + id.value(), "this id occurs twice: " + id.value()});
  }
  return rules;
}

Result<CodeTables> parse_codes(std::string_view json) {
  auto parsed = parse_json(json);
  if (!parsed) return tl::unexpected<Error>(parsed.error());
  if (!parsed->is_object())
    return bad_entry("", {"文件应为 JSON 对象", "file is expected to be a JSON object"});
  CodeTables tables;
  for (const auto& [name, entries] : parsed->items()) {
    if (!entries.is_array()) continue;
    auto& table = tables[name];
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::string pointer = pointer_part(name) + "/" + std::to_string(i);
      auto code = code_of(entries[i], pointer);
      if (!code) return tl::unexpected<Error>(code.error());
      for (const Code& other : table) {
        if (other.code == code->code)
          return bad_entry(pointer, {"中这个代码出现两次：" + code->code,
                                     "holds this code twice: " + code->code});
      }
      table.push_back(std::move(*code));
    }
  }
  return tables;
}

}  // namespace mingjian
