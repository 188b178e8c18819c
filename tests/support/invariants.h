#pragma once

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "engine/case/due.h"
#include "engine/case/evolve.h"
#include "engine/case/tasks.h"
#include "tests/support/turns.h"

namespace mingjian::testing {

// What must hold of a case after every command, whatever it was. Follows one case from its first
// event on.
class Invariants {
 public:
  // `events` led from `before` to `after`. Fails the test (fatally) where something does not hold.
  void follow(const CaseState& before, const CaseState& after, const std::vector<Event>& events) {
    fold(after, events);
    for (const TaskRow& row : changed_tasks(before, after, events)) rows_[row.id] = row;
    count_tasks(after);
    count_signers(after);
    ASSERT_TRUE(!after.closed || after.requests.empty()) << "a closed case waits for approval";
    ASSERT_TRUE(!after.closed || !next_due(after)) << "something is due in a closed case";
  }

 private:
  // Folding the events as they are stored gives the head, and the stored head gives the case.
  void fold(const CaseState& after, const std::vector<Event>& events) {
    folded_.id = after.id;
    for (const Event& event : events) {
      const auto stored = event_from_json(to_json(event));
      ASSERT_TRUE(stored) << stored.error().message.en;
      evolve(folded_, *stored);
    }
    ASSERT_EQ(serialize(folded_), serialize(after));
    ASSERT_EQ(serialize(case_state_from_text(serialize(after)).value()), serialize(after));
  }

  // The rows that were written say what the case says: no task is lost, and none is left over.
  void count_tasks(const CaseState& after) const {
    std::set<TaskId> open;
    for (const auto& [id, row] : rows_) {
      if (!row.closed_at) open.insert(id);
    }
    std::set<TaskId> expected;
    for (const TaskRow& row : open_tasks(after)) {
      ASSERT_TRUE(expected.insert(row.id).second) << "two tasks have one id";
      ASSERT_EQ(rows_.at(row.id).kind, row.kind) << "a task changed into another";
    }
    for (const Request& request : after.requests)
      ASSERT_FALSE(tasks_of(request).empty()) << "a request waits for nobody";
    ASSERT_EQ(open, expected) << "a task was lost, or one is left over";
  }

  static void count_signers(const CaseState& after) {
    for (const Request& request : after.requests) {
      std::set<PersonId> signers;
      for (const RequestStep& step : request.steps) {
        for (const Signer& signer : step.signers) {
          if (signer.signed_by.empty()) continue;
          ASSERT_TRUE(signers.insert(signer.signed_by).second) << "somebody signed twice";
          ASSERT_NE(signer.signed_by, request.requested_by);
          ASSERT_NE(signer.signed_by, after.filed_by);
        }
      }
    }
  }

  CaseState folded_;
  std::map<TaskId, TaskRow> rows_;
};

}  // namespace mingjian::testing
