#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "adapters/mysql/connection.h"

namespace mingjian::mysql {

// One statement that writes any number of rows, and its parameters.
class Insertion {
 public:
  // `head`: up to VALUES. `row`: what stands for one row, e.g. "(?, UNHEX(?))". `tail`: what comes
  // behind the rows.
  Insertion(std::string head, std::string row, std::string tail = {})
      : text_(std::move(head)), row_(std::move(row)), tail_(std::move(tail)) {}

  // Begins a row; its values follow in order.
  Insertion& row() {
    text_ += rows_++ == 0 ? " " : ", ";
    text_ += row_;
    return *this;
  }
  Insertion& value(Value value) {
    values_.push_back(std::move(value));
    return *this;
  }
  Insertion& text(std::string_view text) { return value(std::string(text)); }

  // Runs it, unless it has no row.
  void run(Connection& connection) const {
    if (rows_ > 0) connection.change(text_ + tail_, values_);
  }

 private:
  std::string text_;
  const std::string row_;
  const std::string tail_;
  Values values_;
  std::size_t rows_ = 0;
};

}  // namespace mingjian::mysql
