#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/http/handlers/names.h"
#include "engine/base/json.h"
#include "engine/case/event.h"
#include "engine/definition/definition.h"
#include "engine/ports/store.h"

namespace mingjian::http {

// Tells the history of a case to people: who, in which role, when, what, why and under which rule,
// with a sentence that says it all. For one thread.
class HistoryView {
 public:
  // Both must outlive it.
  HistoryView(const Rules& rules, Names& names) : rules_(rules), names_(names) {}

  // Tells the acts of one case, from the first one on: a decision is told with what was asked for.
  // `definition`: the version that the case ran on then; nullptr where it is not there any more.
  // Errors: kCorrupt.
  [[nodiscard]] Result<Json> tell(const EventRecord& record, const Definition* definition);

 private:
  struct Asked {
    Text title;
    std::vector<RequestStep> steps;
  };
  // An act under construction.
  struct Act {
    Json json;
    Text who;  // the actor with his roles
  };

  void add(Act& act, const CaseFiled& body);
  void add(Act& act, const TransitionFired& body);
  void add(Act& act, const ApprovalRequested& body);
  void add(Act& act, const ApprovalDecided& body);
  void add(Act& act, const MemberAssigned& body);
  void add(Act& act, const MaterialAttached& body);
  void add(Act& act, const DataAmended& body);
  void add(Act& act, const NoteAdded& body);
  void add(Act& act, const CaseLinked& body);
  void add(Act& act, const CaseMigrated& body);
  void add(Act& act, const TimerFired& body);
  void add(Act& act, const RequestWithdrawn& body);
  void add(Act& act, const SignatureTakenBack& body);
  void add(Act& act, const TaskHandedOver& body);
  void add(Act& act, const RequestUrged& body);

  // Says which request the act is about. Gives its title in quotation marks.
  Text about(Act& act, const RequestId& request);

  // nullptr where the definition, or the state in it, is not there any more.
  [[nodiscard]] const StateNotes* notes_of(const std::string& id) const;
  // The transitions at these places of the definition that have a title.
  [[nodiscard]] std::vector<const TransitionNotes*> notes_at(
      const std::vector<std::string>& pointers) const;
  // Of the states that were left, or entered, those that tell people where the case stands: the
  // stages; where it stays in its stage, the outermost parts that have a title and were not
  // `passed` on the way.
  [[nodiscard]] std::vector<std::string> told(const std::vector<std::string>& states,
                                              const std::vector<std::string>& passed) const;
  [[nodiscard]] Text titles(const std::vector<std::string>& states) const;
  // "intake → screening", with the states put into the act.
  [[nodiscard]] Text moved(Act& act, const StageStep& step) const;
  [[nodiscard]] Text name_of_person(const PersonId& id);
  [[nodiscard]] Text who(const Event& event);

  const Definition* definition_ = nullptr;
  const Rules& rules_;
  Names& names_;
  std::map<RequestId, Asked> asked_;
};

}  // namespace mingjian::http
