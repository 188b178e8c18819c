#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace mingjian::sql {

// A parameter of a statement.
using Value = std::variant<std::monostate, std::int64_t, std::string>;  // nothing: NULL

// The text of a statement with its parameters, which grow together so that they cannot fall apart.
// It selects the ids of one page: the union of its branches, greatest id first.
class UnionQuery {
 public:
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
  // A parameter; `place` is what stands for it in the text.
  UnionQuery& value(Value value, const std::string& place = "?") {
    values_.push_back(std::move(value));
    return add(place);
  }
  [[nodiscard]] bool empty() const { return branches_ == 0; }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<Value> values_;
  int branches_ = 0;
};

}  // namespace mingjian::sql
