#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/mysql/connection.h"

namespace mingjian::mysql {

// Writes any number of rows with as few statements as the server takes them in: for most, one.
class Insertion {
 public:
  // `head`: up to VALUES. `row`: what stands for one row, e.g. "(?, UNHEX(?))". `tail`: what comes
  // behind the rows. `connection` must outlive it.
  Insertion(Connection& connection, std::string head, std::string row, std::string tail = {})
      : connection_(connection),
        head_(std::move(head)),
        row_(std::move(row)),
        tail_(std::move(tail)) {}

  // Begins a row; its values follow in order.
  Insertion& row() {
    if (rows_ >= kMostRows || octets_ >= kMostOctets) finish();
    texts_ += rows_++ == 0 ? " " : ", ";
    texts_ += row_;
    return *this;
  }
  Insertion& value(Value value) {
    values_.push_back(std::move(value));
    return *this;
  }
  Insertion& text(std::string_view text) {
    octets_ += text.size();
    return value(std::string(text));
  }

  // Sends what was not sent yet.
  void finish() {
    if (rows_ > 0) connection_.change(head_ + texts_ + tail_, values_);
    texts_.clear();
    values_.clear();
    rows_ = octets_ = 0;
  }

 private:
  // A statement takes no more than 65,535 parameters, and a packet has its limit.
  static constexpr std::size_t kMostRows = 1'000;
  static constexpr std::size_t kMostOctets = 4'000'000;

  Connection& connection_;
  const std::string head_;
  const std::string row_;
  const std::string tail_;
  std::string texts_;
  Values values_;
  std::size_t rows_ = 0;
  std::size_t octets_ = 0;
};

}  // namespace mingjian::mysql
