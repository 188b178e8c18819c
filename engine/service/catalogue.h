#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/definition/definition.h"

namespace mingjian {

// The definitions that an office runs, each in all its versions, and the register they rest on.
// Immutable once filled; shared between threads.
class Catalogue {
 public:
  explicit Catalogue(Register known) : register_(std::move(known)) {}

  // Errors: kInvalidInput where the id has that version already with other bytes.
  [[nodiscard]] Result<void> add(Definition definition);

  // The newest version; nullptr where there is no such definition.
  [[nodiscard]] const Definition* newest(const std::string& id) const;
  // The version that a case runs on, if its bytes are the same; else nullptr.
  [[nodiscard]] const Definition* find(const std::string& id, std::int64_t version) const;
  // The newest version of each, by id.
  [[nodiscard]] std::vector<const Definition*> all() const;
  [[nodiscard]] const Register& known() const { return register_; }

 private:
  Register register_;
  std::map<std::string, std::map<std::int64_t, Definition>> definitions_;
};

}  // namespace mingjian
