#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "adapters/sqlite/connection.h"

namespace mingjian::sqlite {

// The text of a statement with its parameters, which grow together so that they cannot fall apart.
// It selects the ids of one page: the union of its branches, greatest id first.
class UnionQuery {
 public:
  using Value = std::variant<std::int64_t, std::string>;

  explicit UnionQuery(const std::string& head) : text_(head) {}

  // Begins a SELECT of one column named id.
  UnionQuery& branch(const std::string& select) {
    if (branches_++ > 0) text_ += " UNION ";
    return add(select);
  }
  UnionQuery& add(const std::string& text) {
    text_ += text;
    return *this;
  }
  UnionQuery& value(Value value) {
    values_.push_back(std::move(value));
    text_ += "?";
    return *this;
  }
  [[nodiscard]] bool empty() const { return branches_ == 0; }

  [[nodiscard]] const std::string& text() const { return text_; }
  void bind(SQLite::Statement& statement) const {
    int at = 0;
    for (const Value& each : values_) {
      ++at;
      std::visit([&](const auto& given) { statement.bind(at, given); }, each);
    }
  }

 private:
  std::string text_;
  std::vector<Value> values_;
  int branches_ = 0;
};

}  // namespace mingjian::sqlite
