#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "engine/case/decide.h"
#include "tests/support/invariants.h"

namespace mingjian::testing {

// What was met on the way.
struct ApprovalFigures {
  std::map<std::string, std::size_t> carried_out;  // by type of event
  std::size_t refusals = 0;
  std::size_t closed = 0;
};

// One case with one request after another: people of every role try what they may and what they may
// not, and after every command all must hold that `Invariants` asks. What is accepted and what is
// refused is foretold from a record that the walk keeps by itself of who signed what.
class ApprovalWalk {
 public:
  // All must outlive it. The same random numbers take the same way.
  ApprovalWalk(const Definition& definition, const std::vector<Person>& people,
               std::mt19937& random, ApprovalFigures& figures);

  // Tries so many things, and then drives what is open to its end. Fails the test, fatally, where
  // something does not hold, and where a request cannot be brought to an end.
  void run(std::size_t attempts);

  // The way of the case, to be read where something failed.
  [[nodiscard]] std::string told() const;

 private:
  struct Signature {
    PersonId person;
    Role role;
  };

  [[nodiscard]] std::size_t pick(std::size_t count);
  [[nodiscard]] const Person& anybody();
  [[nodiscard]] const Person& person(const PersonId& id) const;
  [[nodiscard]] std::vector<Role> roles(const Person& who) const;
  [[nodiscard]] const Request* open() const;

  void attempt();
  void decide_task(const Person& who);
  void hand_over(const Person& who, const Person& to);
  void withdraw(const Person& who);
  void take_back(const Person& who);
  void drive_to_the_end();
  // Somebody who can sign for it.
  [[nodiscard]] const Person* able(const Signer& signer);
  // Somebody to whom a task was handed over that is open.
  [[nodiscard]] const Person* given_a_task() const;

  // Decides, folds and checks. Fails where it is not as foretold.
  void carry_out(const Person& who, const Command& command, bool expected,
                 const Person* named = nullptr);
  void take(const std::vector<Event>& events);
  void record(const Event& event);

  // From our own record, not from the case.
  [[nodiscard]] bool may_sign(const Person& who, const Signer& signer) const;
  [[nodiscard]] bool has_signed(const PersonId& who) const;
  [[nodiscard]] bool may_take_back(const PersonId& who) const;
  [[nodiscard]] bool is_kept_apart(const PersonId& who) const;
  [[nodiscard]] bool is_complete_in(const std::vector<RequestStep>& steps, std::size_t step) const;

  const Definition& definition_;
  const std::vector<Person>& people_;
  std::mt19937& random_;
  ApprovalFigures& figures_;
  OrganisationTree tree_;
  CaseState state_;
  Invariants invariants_;
  PersonId began_;
  std::vector<std::vector<Signature>> signed_;  // of the request, step by step
  std::optional<std::size_t> last_completed_;   // nobody has acted since
  Instant now_;
  std::size_t ids_ = 0;
  std::vector<Event> trace_;
};

}  // namespace mingjian::testing
