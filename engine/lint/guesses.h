#pragma once

#include <cstddef>
#include <vector>

#include "engine/chart/valuation.h"

namespace mingjian::lint {

// Answers, where the data does not tell whether a guard holds, one way and then the other: a
// macrostep is run again and again, each time with the next row of answers, until all rows were
// tried. Within one macrostep the same guard is answered the same way.
class Guesses : public chart::Valuation {
 public:
  [[nodiscard]] tl::expected<bool, Json> holds(const guard::Expression& guard,
                                               const guard::Scope& scope) override;
  [[nodiscard]] tl::expected<Json, Json> value(const guard::Expression& expression,
                                               const guard::Scope& scope) override;
  [[nodiscard]] bool assign(Json& context, const std::vector<std::string>& path,
                            Json value) override;

  // One of `options` answers, numbered from 0. Requires options > 0.
  [[nodiscard]] std::size_t choose(std::size_t options);

  // Whether an answer of the present row was guessed.
  [[nodiscard]] bool guessed() const { return !choices_.empty(); }
  // Whether rows were left out because there would be too many.
  [[nodiscard]] bool gave_up() const { return gave_up_; }

  // Goes on to the next row; false where all were tried.
  [[nodiscard]] bool next();

 private:
  struct Choice {
    std::size_t taken;
    std::size_t options;
  };
  struct Answer {
    const guard::Expression* guard;
    bool held;
  };
  std::vector<Choice> choices_;
  std::size_t position_ = 0;  // in choices_, of the next question
  std::vector<Answer> answers_;
  std::size_t rows_ = 0;
  bool gave_up_ = false;
};

}  // namespace mingjian::lint
