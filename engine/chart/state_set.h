#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mingjian::chart {

// A state's place in document order (preorder); the root is 0.
using StateIndex = std::uint32_t;
inline constexpr StateIndex kNoState = UINT32_MAX;

// A set of states as bits. A configuration (the active states) is one. Charts of up to 1024 states
// need no heap. A value; two sets may be compared if they were made for the same chart.
class StateSet {
 public:
  StateSet() = default;
  explicit StateSet(std::size_t states) : size_(static_cast<StateIndex>(states)) {
    if (word_count() > kInlineWords) overflow_.resize(word_count());
  }

  // Requires state < states of the chart, here and below.
  [[nodiscard]] bool contains(StateIndex state) const {
    return state < size_ && ((words()[state / kBits] >> (state % kBits)) & 1U) != 0;
  }
  void insert(StateIndex state) { words()[state / kBits] |= bit(state); }
  void erase(StateIndex state) { words()[state / kBits] &= ~bit(state); }

  // The first member in [from, end), or kNoState. Costs with the words between, not the states.
  [[nodiscard]] StateIndex next(StateIndex from, StateIndex end) const {
    if (end > size_) end = size_;
    while (from < end) {
      const std::uint64_t rest = words()[from / kBits] >> (from % kBits);
      if (rest != 0) {
        from += static_cast<StateIndex>(std::countr_zero(rest));
        return from < end ? from : kNoState;
      }
      from = (from / kBits + 1) * kBits;
    }
    return kNoState;
  }
  [[nodiscard]] bool any_in(StateIndex from, StateIndex end) const {
    return next(from, end) != kNoState;
  }
  [[nodiscard]] bool empty() const { return !any_in(0, size_); }

  [[nodiscard]] std::size_t count() const {
    std::size_t total = 0;
    for (std::size_t i = 0; i < word_count(); ++i) {
      total += static_cast<std::size_t>(std::popcount(words()[i]));
    }
    return total;
  }

  // The members in document order.
  [[nodiscard]] std::vector<StateIndex> members() const {
    std::vector<StateIndex> all;
    all.reserve(count());
    for (StateIndex s = next(0, size_); s != kNoState; s = next(s + 1, size_)) all.push_back(s);
    return all;
  }

  bool operator==(const StateSet&) const = default;

 private:
  static constexpr StateIndex kBits = 64;
  static constexpr std::size_t kInlineWords = 16;

  static std::uint64_t bit(StateIndex state) { return std::uint64_t{1} << (state % kBits); }
  [[nodiscard]] std::size_t word_count() const { return (size_ + kBits - 1) / kBits; }
  [[nodiscard]] const std::uint64_t* words() const {
    return overflow_.empty() ? inline_.data() : overflow_.data();
  }
  [[nodiscard]] std::uint64_t* words() {
    return overflow_.empty() ? inline_.data() : overflow_.data();
  }

  std::array<std::uint64_t, kInlineWords> inline_{};
  std::vector<std::uint64_t> overflow_;
  StateIndex size_ = 0;
};

}  // namespace mingjian::chart
