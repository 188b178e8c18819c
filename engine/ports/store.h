#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace mingjian {

// Instants here are of the years 1000 to 9999, which is what every database can write as a date,
// and ids of cases and tasks are UUIDs in lower case (RFC 9562).

// One event as it is kept. (case_id, version) is unique and versions of a case have no gap.
struct EventRecord {
  CaseId case_id;
  Version version = 0;  // of the case after this event
  std::string type;     // e.g. "transition_fired"
  Instant recorded_at;  // the server's clock
  Instant occurred_at;  // what the actor says
  PersonId actor;
  std::string body;  // the whole event as JSON text, byte for byte as first written

  bool operator==(const EventRecord&) const = default;
};

// The head of a case: what folding its events gives (`state`), and the columns that lists need.
struct CaseHead {
  CaseId id;
  Version version = 0;
  std::string number;  // for people, e.g. "问责〔2026〕12号"; unique, or empty
  std::string definition;
  std::int64_t definition_version = 0;
  std::string title;
  bool closed = false;
  std::string stages;    // the active stages as a JSON list of their ids
  OrganisationId organ;  // the discipline organ that the case belongs to
  PersonId filed_by;
  Instant filed_at;
  Instant updated_at;
  std::string state;  // JSON text

  bool operator==(const CaseHead&) const = default;
};

enum class TaskKind {
  kApproval,  // decide a step of a request; open to everybody who holds `role` at `organ`
  kRework,    // a request came back (退回补正); `person` is to mend it
};

// One turn of somebody. Open until closed_at is set; never deleted.
struct TaskRow {
  TaskId id;  // UUID version 7: in order of opening
  CaseId case_id;
  TaskKind kind = TaskKind::kApproval;
  RequestId request;
  std::int64_t step = 0;  // of the request, from 0
  Role role;              // whoever holds it; empty where there is a `person`
  OrganisationId organ;
  PersonId person;  // whose it is: the requester's for kRework, who it was handed over to; or empty
  PersonId requested_by;
  std::string event;  // what was requested
  Text title;
  Instant opened_at;
  std::optional<Instant> closed_at;
  PersonId closed_by;  // empty where the engine closed it (the request ended otherwise)
  // "approve", "refuse", "return", "superseded", "resubmitted", "handed_over", "withdrawn"
  std::string decision;

  bool operator==(const TaskRow&) const = default;
};

struct MemberRow {
  PersonId person;
  std::string duty;

  bool operator==(const MemberRow&) const = default;
};

// 到期: the next moment at which something of a case is due. A case has at most one, and none where
// nothing is. It follows from the head (case/due.h), so that all of them could be made anew.
struct TimerRow {
  CaseId case_id;
  Instant due_at;

  bool operator==(const TimerRow&) const = default;
};

// A new moment for a case; nothing: no more is due in it.
struct TimerChange {
  std::optional<Instant> due_at;
};

// Asks for the timers that are due, to see to them.
struct TimerClaim {
  Instant due_by;                   // inclusive
  std::string claimer;              // a name that no other claim ever has, e.g. a UUID
  std::chrono::milliseconds lease;  // for how long others leave them alone; the same for all

  // A claim that would last longer is none: the clock went back since. Beyond the lease itself, as
  // the clocks of the nodes of a cluster differ, and a statement is older than what it reads.
  [[nodiscard]] std::chrono::milliseconds longest_believed() const { return 2 * lease; }
  std::size_t limit = 50;
};

// The answer to a command, kept so that a repeat gets the same one.
struct IdempotencyRecord {
  PersonId person;
  std::string key;          // unique for the person
  std::string fingerprint;  // of the command: the same key with another one is a caller's mistake
  std::string answer;
  Instant at;

  bool operator==(const IdempotencyRecord&) const = default;
};

// All that one command changes. It happens as a whole or not at all.
struct Commit {
  Version expected = 0;  // the version of the stored head; 0: the case is new
  CaseHead head;
  std::vector<EventRecord> events;                // versions expected+1 .. head.version
  std::vector<TaskRow> tasks;                     // to insert, or to replace by id
  std::optional<std::vector<MemberRow>> members;  // the whole team where it changed
  IdempotencyRecord idempotency;
  std::optional<TimerChange> timer = {};  // where it changed
};

// Whether the events are those of the case from `expected` to the version of the head, in order and
// without a gap, and the tasks are its own. Stores refuse a commit that is not whole.
[[nodiscard]] inline bool is_whole(const Commit& commit) {
  constexpr auto kMost = static_cast<Version>(std::numeric_limits<std::int64_t>::max());
  if (commit.head.version > kMost || commit.head.version == 0) return false;
  Version version = commit.expected;
  for (const EventRecord& event : commit.events) {
    if (event.case_id != commit.head.id || event.version != ++version) return false;
  }
  return version == commit.head.version &&
         std::all_of(commit.tasks.begin(), commit.tasks.end(),
                     [&](const TaskRow& task) { return task.case_id == commit.head.id; });
}

struct Committed {};
struct Stale {
  Version current;  // what the store has; 0 where there is no such case
};
struct Repeated {
  IdempotencyRecord first;
};
using CommitOutcome = std::variant<Committed, Stale, Repeated>;

// Whose eyes a list is for. A case shows if its organ is among `organs`, or the person filed it or
// is on its team. An empty person is nobody: only `organs` count.
struct ReadScope {
  PersonId person;
  std::vector<OrganisationId> organs;
};

struct CaseQuery {
  ReadScope scope;
  std::string definition;  // empty: any
  std::optional<bool> closed;
  std::string stage;   // id of an active stage; empty: any
  std::string text;    // part of the number or title, the letters A to Z in either case; empty: any
  std::string before;  // a case id: only older ones (cursor); empty: from the newest
  std::size_t limit = 50;
};

// A post of the reader: he sees the open approval tasks of `role` at any of `organs`.
struct TaskScope {
  Role role;
  std::vector<OrganisationId> organs;
};

struct TaskQuery {
  PersonId person;
  std::vector<TaskScope> posts;  // only for open ones
  bool done = false;   // false: open tasks for this person (never his own requests as approvals);
                       // true: tasks that this person closed
  std::string before;  // a task id (cursor); empty: from the newest
  std::size_t limit = 50;
};

// Whether the task is, or was while it was open, in the inbox that the query describes: for one
// task what Store::tasks is for all.
[[nodiscard]] inline bool concerns(const TaskQuery& inbox, const TaskRow& task) {
  if (inbox.person.empty()) return false;
  if (task.kind == TaskKind::kRework) return task.person == inbox.person;
  if (task.requested_by == inbox.person) return false;
  if (!task.person.empty() && task.person != inbox.person) return false;
  return std::any_of(inbox.posts.begin(), inbox.posts.end(), [&](const TaskScope& post) {
    return post.role == task.role &&
           std::find(post.organs.begin(), post.organs.end(), task.organ) != post.organs.end();
  });
}

struct TaskListing {
  TaskRow task;
  std::string case_number;
  std::string case_title;
};

// A task as it is, and when it was last written, by the clock of the store. What is committed late
// has its time from before: it may become visible some seconds after it.
struct TaskChange {
  TaskListing listing;
  Instant changed_at;
};

// What a store can do now.
enum class Readiness {
  kAll,
  kReading,  // the last commit found no room, or no answer in time; the next may fare better
};

// Where cases are kept. One contract test-suite (tests/contract/) holds for every adapter.
// Thread-safe. Errors: kUnavailable, kStorageFull, kOutcomeUnknown (writing only), kCorrupt.
class Store {
 public:
  virtual ~Store() = default;

  // When this returns Committed, all of it is durable. The idempotency key is looked at first:
  // a repeat is Repeated even where the version is stale. Blocks until done. Also: kConflict where
  // another case has the number, kInvalidInput where the commit is not whole.
  [[nodiscard]] virtual Result<CommitOutcome> commit(Commit commit) = 0;

  // The next number of a series, from 1. Durable, never given twice; a number whose filing then
  // fails is not given again.
  [[nodiscard]] virtual Result<std::int64_t> next_number(const std::string& series) = 0;

  [[nodiscard]] virtual Result<std::optional<IdempotencyRecord>> find_answer(
      const PersonId& person, const std::string& key) = 0;
  [[nodiscard]] virtual Result<std::optional<CaseHead>> head(const CaseId& id) = 0;
  // Events with version > after, in order.
  [[nodiscard]] virtual Result<std::vector<EventRecord>> events(const CaseId& id, Version after,
                                                                std::size_t limit) = 0;
  // Heads in the order newest id first. `state` is left empty.
  [[nodiscard]] virtual Result<std::vector<CaseHead>> cases(const CaseQuery& query) = 0;
  [[nodiscard]] virtual Result<std::vector<TaskListing>> tasks(const TaskQuery& query) = 0;
  // How many tasks `tasks` would list in all, whatever `before` and `limit` say.
  [[nodiscard]] virtual Result<std::size_t> count_tasks(const TaskQuery& query) = 0;
  [[nodiscard]] virtual Result<std::optional<TaskRow>> task(const TaskId& id) = 0;
  // The tasks that were written at `from` or later, in the order of that time and their ids; of
  // those at `from` itself only the ones with an id greater than `after`, which may be empty.
  [[nodiscard]] virtual Result<std::vector<TaskChange>> changed_tasks(Instant from,
                                                                      const TaskId& after,
                                                                      std::size_t limit) = 0;
  // Ids of all cases greater than `after`, in order: to walk the whole store.
  [[nodiscard]] virtual Result<std::vector<CaseId>> case_ids(const std::string& after,
                                                             std::size_t limit) = 0;

  // The timers that are due and that nobody has claimed, the first to fall due first; from now on
  // they are this claimer's. Durable when it returns. No other claim gets them until the lease
  // ends, by the clock of the store, or a commit changes the timer. Asked again with the same
  // claimer it may give none of those that it gave.
  [[nodiscard]] virtual Result<std::vector<TimerRow>> claim_timers(const TimerClaim& claim) = 0;
  [[nodiscard]] virtual Result<std::optional<Instant>> timer(const CaseId& id) = 0;
  // Puts a timer right by the head of that version. Nothing where the case has another version.
  [[nodiscard]] virtual Result<void> mend_timer(const CaseId& id, Version version,
                                                const TimerChange& timer) = 0;

  // The clock of the store, which all processes on it share.
  [[nodiscard]] virtual Result<Instant> now() = 0;
  // Forgets answers that were given before `before`, the oldest first and at most `most`; says how
  // many. A command that is repeated after that is a new one.
  [[nodiscard]] virtual Result<std::size_t> drop_answers(Instant before, std::size_t most) = 0;
  // Whether the store answers now, and took what was written last.
  [[nodiscard]] virtual Result<Readiness> check() = 0;
};

}  // namespace mingjian
