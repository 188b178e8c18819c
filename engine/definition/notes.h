#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/definition/definition.h"

namespace mingjian {

// Reads the product's keys of a definition whose statechart is compiled, and checks what they name:
// roles, rules, codes, forms, materials, states. Collects errors instead of stopping at the first.
class NotesReader {
 public:
  // All must outlive the reader.
  NotesReader(const OrderedJson& root, const chart::Chart& chart, const Register& known);

  [[nodiscard]] std::vector<StateNotes> states();
  [[nodiscard]] std::vector<TransitionNotes> transitions();
  [[nodiscard]] std::optional<Filing> filing();
  [[nodiscard]] std::optional<Form> data();
  [[nodiscard]] std::optional<guard::Expression> case_title();
  [[nodiscard]] const std::map<std::string, Text>& materials() const { return materials_; }

  [[nodiscard]] std::vector<Error> take_errors() { return std::move(errors_); }

 private:
  void add_error(Text message, std::string pointer);
  StateNotes state(const OrderedJson& json, const std::string& pointer);
  TransitionNotes transition(const OrderedJson& json, const std::string& pointer);
  std::vector<Role> roles(const OrderedJson& owner, const std::string& pointer);
  std::vector<RuleId> rules(const OrderedJson& owner, const std::string& pointer);
  std::optional<Form> form(const OrderedJson& value, const std::string& pointer);
  std::optional<TimeLimit> time_limit(const OrderedJson& owner, const std::string& pointer);
  std::vector<ApprovalStep> approval(const OrderedJson& owner, const std::string& pointer);
  static Resumption resumption(const OrderedJson& owner);
  std::vector<chart::StateIndex> not_same_as(const OrderedJson& owner, const std::string& pointer);
  std::vector<Text> documents(const OrderedJson& owner) const;
  std::optional<Spawn> spawns(const OrderedJson& owner) const;
  std::vector<std::string> kinds(const OrderedJson& owner, const std::string& pointer);
  bool known_code(const std::string& table, const std::string& code) const;

  const OrderedJson& root_;
  const chart::Chart& chart_;
  const Register& known_;
  std::map<std::string, Text> materials_;
  std::vector<Error> errors_;
};

}  // namespace mingjian
