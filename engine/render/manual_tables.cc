#include "engine/render/manual_tables.h"

#include <algorithm>
#include <set>
#include <vector>

#include "engine/render/form_table.h"
#include "engine/render/markdown.h"
#include "engine/render/permission_matrix.h"
#include "engine/render/rule_index.h"
#include "engine/render/steps.h"
#include "engine/render/words.h"

namespace mingjian::render {
namespace {

std::string share_words(const Share& share, Language language) {
  std::vector<std::string> parts;
  if (share.acts) parts.push_back(in_language({"办", "acts"}, language));
  for (const std::size_t signature : share.signs) {
    parts.push_back(in_language({"批 ", "signs "}, language) + std::to_string(signature));
  }
  return joined(parts, in_language({"、", ", "}, language));
}

// The step, with its condition where it has one: alternatives have the same title.
std::string step_words(const Subject& subject, chart::TransitionIndex step, Language language) {
  std::string text = subject.transition_title(step, language);
  const std::string in_case = condition(subject, step, language);
  if (!in_case.empty()) {
    text += in_language({"（", " ("}, language) + in_case + in_language({"）", ")"}, language);
  }
  return markdown_escaped(text);
}

std::vector<std::string> filing_row(const Filing& filing, const std::vector<Role>& roles,
                                    Language language) {
  std::vector<std::string> row = {"", markdown_escaped(in_language(filing.title, language))};
  for (const Role& role : roles) {
    const bool files = std::find(filing.by.begin(), filing.by.end(), role) != filing.by.end();
    row.push_back(share_words({files, {}}, language));
  }
  return row;
}

std::set<std::string> code_tables(const Subject& subject) {
  std::set<std::string> names;
  const OrderedJson& root = subject.source();
  add_code_tables(root["filing"]["form"], names);
  for (const chart::Transition& transition : subject.chart().transitions()) {
    const OrderedJson& source = subject.source(transition.pointer);
    if (source.is_object() && source.contains("form")) add_code_tables(source["form"], names);
  }
  if (root.contains("forms")) {
    for (const OrderedJson& form : root["forms"]) add_code_tables(form, names);
  }
  return names;
}

}  // namespace

std::string permission_table(const Subject& subject, Language language) {
  const PermissionMatrix matrix = permission_matrix(*subject.definition());
  std::vector<std::string> head = {in_language({"状态", "state"}, language),
                                   in_language({"步骤", "step"}, language)};
  for (const Role& role : matrix.roles) head.push_back(role_title(role, language));
  std::vector<std::vector<std::string>> rows = {
      filing_row(subject.definition()->filing(), matrix.roles, language)};
  for (const auto& [step, shares] : matrix.rows) {
    const auto source = subject.chart().transition(step).source;
    rows.push_back({markdown_escaped(subject.state_title(source, language)),
                    step_words(subject, step, language)});
    for (const Role& role : matrix.roles) {
      const auto share = shares.find(role);
      rows.back().push_back(share == shares.end() ? "" : share_words(share->second, language));
    }
  }
  return markdown_heading(2, in_language({"权限矩阵", "Permission matrix"}, language)) +
         in_language({"“办”：可以办理；“批 n”：第 n 个签批。没有标记的角色无权。",
                      "\"acts\": may take the step; \"signs n\": gives the n-th signature. A role "
                      "without a mark may do neither."},
                     language) +
         "\n\n" + markdown_table(head, rows);
}

std::string rule_table(const Subject& subject, const Register& known, Language language) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [id, places] : rule_index(subject, language)) {
    const auto found = known.rules.find(id);
    const Rule rule = found == known.rules.end() ? Rule{} : found->second;
    rows.push_back({id.value(), markdown_escaped(citation(rule, language)),
                    markdown_escaped(in_language({rule.term, rule.requirement}, language)),
                    markdown_escaped(joined(places, in_language({"；", "; "}, language)))});
  }
  if (rows.empty()) return {};
  return markdown_heading(2, in_language({"规则索引", "Rules"}, language)) +
         markdown_table({in_language({"编号", "id"}, language),
                         in_language({"文件和条款", "instrument and article"}, language),
                         in_language({"内容", "what it asks"}, language),
                         in_language({"用于", "where"}, language)},
                        rows);
}

std::string code_lists(const Subject& subject, const Register& known, Language language) {
  std::string text;
  for (const std::string& name : code_tables(subject)) {
    const auto table = known.codes.find(name);
    if (table == known.codes.end()) continue;
    text += markdown_heading(3, "`" + name + "`");
    for (const Code& code : table->second) {
      text += "- `" + code.code + "` " + markdown_escaped(in_language(code.title, language)) + "\n";
    }
    text += "\n";
  }
  if (text.empty()) return {};
  return markdown_heading(2, in_language({"代码表", "Codes"}, language)) + text;
}

}  // namespace mingjian::render
