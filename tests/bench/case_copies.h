#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "adapters/system/random_ids.h"
#include "engine/ports/database.h"

namespace mingjian::bench {

// Makes a store of as many cases as wanted out of a few real ones: each copy has ids and a number
// of its own wherever they stand in its rows, and is otherwise the same byte for byte, so that it
// folds, lists and reads as the real one does.
class CaseCopies {
 public:
  // Takes the cases of `source` for patterns, in turn. Throws std::runtime_error.
  explicit CaseCopies(Database& source);

  // Adds copies to `target`, a page in one transaction, and says after each how many there are.
  // Throws std::runtime_error.
  void add_to(Database& target, std::size_t count,
              const std::function<void(std::size_t)>& tell_progress);

 private:
  struct Pattern {
    CaseFile file;
    std::vector<TaskRow> tasks;
    std::vector<IdempotencyRecord> answers;
  };
  struct Page;

  [[nodiscard]] Pattern next();

  std::vector<Pattern> patterns_;
  RandomIds ids_;
  std::size_t made_ = 0;
};

}  // namespace mingjian::bench
