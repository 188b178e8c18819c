#pragma once

#include <array>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "engine/case/decide.h"
#include "engine/case/options.h"
#include "tests/support/invariants.h"

namespace mingjian::testing {

// What a walk has met.
struct WalkFigures {
  std::size_t steps = 0;     // commands that were carried out
  std::size_t refusals = 0;  // commands that were refused
  std::size_t filed = 0;
  std::size_t closed = 0;
};

// Walks a definition at random: people of every role try what they may and what they may not, and
// after every command all must hold that `Invariants` asks, and more (see walk.cc). When a case is
// closed, the next is filed.
class Walk {
 public:
  // `definition` must outlive it. The same seed takes the same way.
  Walk(const Definition& definition, std::uint32_t seed);

  // Tries until `steps` commands were carried out. Fails the test, fatally, where something does
  // not hold, and where nobody can do anything with an open case.
  void run(std::size_t steps);

  [[nodiscard]] const WalkFigures& figures() const { return figures_; }

 private:
  [[nodiscard]] std::size_t pick(std::size_t count);
  [[nodiscard]] bool once_in(std::size_t count) { return pick(count) == 0; }
  [[nodiscard]] const Person& anybody();
  [[nodiscard]] Json filling(const Form& form);
  [[nodiscard]] std::optional<Situation> situation(const Person& person) const;

  void file();
  // One thing that somebody tries.
  void attempt();
  // What happens by itself.
  void fall_due();
  void take_a_step(const Person& person, const Situation& situation);
  void sign(const Person& person, const Situation& situation);
  // What is done with a request beside deciding it.
  void steer(const Person& person, const Situation& situation);
  void assign(const Person& person, const Situation& situation);
  void attach(const Person& person, const Situation& situation);
  void amend(const Person& person, const Situation& situation);

  // Decides, folds and checks. Gives what was decided.
  Decided carry_out(const Situation& situation, const Command& command,
                    const Actor* assignee = nullptr);
  void take(const std::vector<Event>& events);
  void check_predicted(const Option& option, const Decided& met) const;
  void check_separation(const std::vector<Event>& events) const;
  void check_configuration() const;

  const Definition& definition_;
  std::mt19937 random_;
  OrganisationTree tree_;
  std::vector<Person> people_;
  CaseState state_;
  std::map<std::string, std::vector<PersonId>> acted_;  // our own record of who acted where
  Invariants invariants_;
  WalkFigures figures_;
  Instant now_;
  std::size_t ids_ = 0;
  std::vector<std::string> trace_;  // of the present case
};

}  // namespace mingjian::testing
