#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/case/event.h"
#include "engine/case/obstacle.h"
#include "engine/case/state.h"
#include "engine/definition/definition.h"

// The history of a case under another version of its definition (推演): what would have gone
// otherwise, and where the case would stand.
namespace mingjian {

enum class StepFate {
  kKept,     // it would have been taken
  kRefused,  // not so: by another person, with other data, or with further approvals
  kLost,     // there is no such step, or its condition does not hold
};

// A step that a person took, or (an empty event) the filing.
struct ReplayedStep {
  Version version = 0;  // of the case after it; for a request still open, the present one
  std::string event;
  Text title;  // as the present version has it; may be empty
  StepFate fate = StepFate::kKept;
  std::vector<Obstacle> obstacles;  // of kind kApproval: a signer who has not signed
};

// A stage where the case stands with a limit that is not the old one and that the time already
// spent there passes.
struct Overrun {
  std::string stage;  // id in the new version
  Text title;
  TimeLimit limit;
  std::int64_t hours = 0;  // spent there
  // False: whether the limit is passed depends on the calendar (working days, months, years).
  bool certain = true;
};

struct Replay {
  std::size_t steps = 0;               // taken in the history
  std::vector<ReplayedStep> changed;   // those that were not kept
  std::vector<ReplayedStep> pending;   // open requests that the new version would not let go on
  std::optional<Version> diverges_at;  // the first event after which something differs
  std::vector<std::string> stands;     // ids of the active leaves at the end; empty: not filed
  bool closed = false;
  std::optional<Text> stuck;  // why there is no way on from there
  std::vector<Overrun> overdue;

  [[nodiscard]] bool needs_other_approver() const;
  [[nodiscard]] bool loses_step() const;
  // Whether the new version would have made any difference to the case so far.
  [[nodiscard]] bool affected() const;
};

// Takes the events of one case, in order, and follows them under another version. A step that would
// have been refused is taken all the same, so that what follows can be judged; one that is lost is
// not. Guards see the data as the new version would have made them, and its timers fire when they
// would have been due. One use.
class Replayer {
 public:
  // `from`: the version that the case runs on at the end. `names`: which state of the new version
  // stands for one of the old. Definitions must outlive the replayer.
  Replayer(const Definition& from, const Definition& to, StateMapping names = {});

  void take(const Event& event);
  // What came of it, as of `now`.
  [[nodiscard]] Replay finish(Instant now);

 private:
  struct Signature {
    std::size_t step;         // of its request; those of one step were given in any order
    std::vector<Role> roles;  // in which the signer acted
  };
  // A request of the history.
  struct Asked {
    std::vector<Role> roles;            // of the requester
    std::vector<Signature> signatures;  // that count, step by step
  };

  void file(const Event& event, const CaseFiled& filed);
  void fire(const Event& event, const TransitionFired& fired, const std::optional<Asked>& asked);
  // The request that the event ends by taking its step.
  [[nodiscard]] std::optional<Asked> approved_by(const Event& event) const;
  void amend(const Event& event, const DataAmended& amended);
  // Lets the timers of the new version fire that are due by then, in order.
  void pass_time(Instant until);
  // At most so many of them. Gives how many fired.
  std::size_t fall_due(Instant until, std::size_t most);
  void note(ReplayedStep step);
  void compare_places(Version version);
  [[nodiscard]] std::vector<Obstacle> missing_signatures(
      const std::vector<chart::TransitionIndex>& transitions,
      const std::vector<Signature>& signatures) const;
  [[nodiscard]] std::optional<Text> why_stuck(Instant now) const;
  [[nodiscard]] std::vector<Overrun> overruns(Instant now) const;
  [[nodiscard]] std::vector<ReplayedStep> open_requests(Instant now) const;
  void follow_stages(const Event& event);

  const Definition& from_;
  const Definition& to_;
  StateMapping names_;
  CaseState original_;                               // as it happened
  CaseState shadow_;                                 // as it would have happened
  bool filed_ = false;                               // the shadow stands somewhere
  std::map<PersonId, std::vector<Role>> signed_as_;  // the roles in which somebody last approved
  std::map<std::string, Instant> entered_;  // when the states where the case stands were entered
  Replay result_;
};

[[nodiscard]] std::string name_of(StepFate fate);

}  // namespace mingjian
