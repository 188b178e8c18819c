#include "adapters/mysql/commit.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "adapters/mysql/tables.h"
#include "adapters/mysql/timers.h"

namespace mingjian::mysql {
namespace {

const std::string kUuidText = kUuid;

const std::string kReadAnswer = "SELECT fingerprint, answer, " + selected_instant("at") +
                                " FROM answers WHERE person = ? AND name = ?";

// What the group meets: rows of three kinds, their columns under the same names.
const std::string kMetAnswers =
    "SELECT 0 AS kind, person AS a, name AS b, fingerprint AS c, answer AS d, " +
    selected_instant("at") + " AS n FROM answers WHERE ";
const std::string kMetCases =
    "SELECT 1, LOWER(HEX(id)), number, stages, '', version FROM cases WHERE id IN (";
const std::string kMetNumbers =
    "SELECT 2, number, '', '', '', 0 FROM case_numbers WHERE number IN (";

bool has_usable_ids(const Commit& commit) {
  const auto usable = [](const std::string& id) {
    return std::holds_alternative<std::string>(uuid_value(id));
  };
  return usable(commit.head.id.value()) &&
         std::all_of(commit.tasks.begin(), commit.tasks.end(),
                     [&](const TaskRow& task) { return usable(task.id.value()); });
}

// A case as the group finds it, and then as it makes it.
struct Met {
  Version version = 0;  // 0: no such case
  std::string number;
  std::string stages;
};

// What the commands of a group meet, and what those that go through leave.
class Group {
 public:
  explicit Group(std::span<const Commit* const> commits) : commits_(commits) {}

  void read(Connection& connection);
  [[nodiscard]] std::vector<Result<CommitOutcome>> judge();
  void write(Connection& connection) const;

 private:
  using Key = std::pair<std::string, std::string>;  // of an answer: person and name
  struct Change {
    Met before;
    const Commit* last = nullptr;                     // whose head it has now
    const std::vector<MemberRow>* members = nullptr;  // where the team changed
    const TimerChange* timer = nullptr;               // where it changed
  };

  [[nodiscard]] Result<CommitOutcome> judge(const Commit& commit);
  void write_rows(Connection& connection) const;
  void write_finders(Connection& connection) const;

  std::span<const Commit* const> commits_;
  std::map<Key, IdempotencyRecord> answers_;
  std::map<std::string, Met> cases_;  // by id
  std::set<std::string> numbers_;     // that some case has
  std::vector<const Commit*> through_;
  std::map<std::string, Change> changes_;  // in the order of ids, which keeps groups of several
                                           // processes from waiting for each other in a circle
};

void Group::read(Connection& connection) {
  Values values;
  for (const Commit* commit : commits_) {
    values.push_back(commit->idempotency.person.value());
    values.push_back(commit->idempotency.key);
  }
  for (const Commit* commit : commits_) values.push_back(uuid_value(commit->head.id.value()));
  for (const Commit* commit : commits_) values.push_back(commit->head.number);
  const std::size_t size = commits_.size();
  const std::string text = kMetAnswers + repeated("(person = ? AND name = ?)", " OR ", size) +
                           " UNION ALL " + kMetCases + repeated(kUuidText, ", ", size) +
                           ") UNION ALL " + kMetNumbers + repeated("?", ", ", size) + ")";
  Rows rows = connection.query(text, values);
  while (rows.next()) {
    switch (rows.number(0)) {
      case 0:
        answers_[{rows.text(1), rows.text(2)}] = {PersonId(rows.text(1)), rows.text(2),
                                                  rows.text(3), rows.text(4), rows.instant(5)};
        break;
      case 1:
        cases_[rows.uuid(1)] = {static_cast<Version>(rows.number(5)), rows.text(2), rows.text(3)};
        break;
      default:
        numbers_.insert(rows.text(1));
    }
  }
}

std::vector<Result<CommitOutcome>> Group::judge() {
  std::vector<Result<CommitOutcome>> outcomes;
  outcomes.reserve(commits_.size());
  for (const Commit* commit : commits_) outcomes.push_back(judge(*commit));
  return outcomes;
}

Result<CommitOutcome> Group::judge(const Commit& commit) {
  const IdempotencyRecord& answer = commit.idempotency;
  const Key key(answer.person.value(), answer.key);
  if (const auto first = answers_.find(key); first != answers_.end())
    return Repeated{first->second};
  const CaseHead& head = commit.head;
  Met& met = cases_[head.id.value()];
  if (met.version != commit.expected) return Stale{met.version};
  if (!has_usable_ids(commit)) {
    return fail(ErrorKind::kInvalidInput, {"案件和待办的标识须为小写的 UUID",
                                           "ids of cases and tasks must be UUIDs in lower case"});
  }
  if (!head.number.empty() && head.number != met.number) {
    if (!numbers_.insert(head.number).second) {
      return fail(ErrorKind::kConflict,
                  {"编号已被使用：" + head.number, "another case has the number " + head.number});
    }
  }
  Change& change = changes_.try_emplace(head.id.value(), Change{met}).first->second;
  change.last = &commit;
  if (commit.members) change.members = &*commit.members;
  if (commit.timer) change.timer = &*commit.timer;
  met = {head.version, head.number, head.stages};
  answers_.emplace(key, answer);
  through_.push_back(&commit);
  return Committed{};
}

// In one order in all processes.
void Group::write(Connection& connection) const {
  if (through_.empty()) return;
  write_rows(connection);
  write_finders(connection);
}

void Group::write_rows(Connection& connection) const {
  std::vector<const EventRecord*> events;
  std::vector<const IdempotencyRecord*> answers;
  std::vector<const TaskRow*> tasks;
  for (const Commit* commit : through_) {
    for (const EventRecord& event : commit->events) events.push_back(&event);
    answers.push_back(&commit->idempotency);
    for (const TaskRow& task : commit->tasks) tasks.push_back(&task);
  }
  std::vector<const CaseHead*> heads;
  for (const auto& [id, change] : changes_) heads.push_back(&change.last->head);
  write_events(connection, events);
  write_answers(connection, answers);
  write_heads(connection, heads);
  write_tasks(connection, tasks);
}

// What cases are found by, where it changed.
void Group::write_finders(Connection& connection) const {
  std::vector<const CaseHead*> moved;
  std::vector<const CaseHead*> numbered;
  std::vector<Team> teams;
  std::vector<TimerRow> timers;
  Values old_stages;
  Values old_teams;
  Values old_timers;
  Values old_numbers;
  for (const auto& [id, change] : changes_) {
    const CaseHead& head = change.last->head;
    const Met& before = change.before;
    const bool fresh = before.version == 0;
    if (fresh || before.stages != head.stages) moved.push_back(&head);
    if (!fresh && before.stages != head.stages) old_stages.push_back(uuid_value(id));
    if (change.members != nullptr) teams.push_back({head.id, change.members});
    if (!fresh && change.members != nullptr) old_teams.push_back(uuid_value(id));
    if (change.timer != nullptr && change.timer->due_at)
      timers.push_back({head.id, *change.timer->due_at});
    if (change.timer != nullptr && !change.timer->due_at) old_timers.push_back(uuid_value(id));
    if (head.number == before.number) continue;
    if (!before.number.empty()) old_numbers.push_back(before.number);
    if (!head.number.empty()) numbered.push_back(&head);
  }
  write_stages(connection, moved, old_stages);
  write_members(connection, teams, old_teams);
  write_timers(connection, timers, old_timers);
  write_numbers(connection, numbered, old_numbers);
}

}  // namespace

std::vector<Result<CommitOutcome>> write_group(Connection& connection,
                                               std::span<const Commit* const> group) {
  Group whole(group);
  whole.read(connection);
  auto outcomes = whole.judge();
  whole.write(connection);
  return outcomes;
}

std::optional<IdempotencyRecord> read_answer(Connection& connection, const PersonId& person,
                                             const std::string& key) {
  Rows rows = connection.query(kReadAnswer, {person.value(), key});
  if (!rows.next()) return std::nullopt;
  return IdempotencyRecord{person, key, rows.text(0), rows.text(1), rows.instant(2)};
}

void write_answer(Connection& connection, const IdempotencyRecord& record) {
  write_answers(connection, {&record});
}

}  // namespace mingjian::mysql
