#include "adapters/mysql/commit.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "adapters/mysql/insertion.h"
#include "adapters/sql/stage_names.h"

namespace mingjian::mysql {
namespace {

const std::string kInstantText = kInstant;
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

const std::string kAnswers = "INSERT INTO answers (person, name, fingerprint, answer, at) VALUES";
const std::string kAnswerRow = "(?, ?, ?, ?, " + kInstantText + ")";

const std::string kHeads =
    "INSERT INTO cases (id, version, number, definition, definition_version, title, searched, "
    "closed, stages, organ, filed_by, filed_at, updated_at, state) VALUES";
const std::string kHeadRow = "(" + kUuidText + ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " + kInstantText +
                             ", " + kInstantText + ", ?)";
const std::string kReplaceHead =
    " ON DUPLICATE KEY UPDATE version = VALUES(version), number = VALUES(number), "
    "definition = VALUES(definition), definition_version = VALUES(definition_version), "
    "title = VALUES(title), searched = VALUES(searched), closed = VALUES(closed), "
    "stages = VALUES(stages), organ = VALUES(organ), filed_by = VALUES(filed_by), "
    "filed_at = VALUES(filed_at), updated_at = VALUES(updated_at), state = VALUES(state)";

const std::string kEvents =
    "INSERT INTO events (case_id, version, type, recorded_at, occurred_at, actor, body) VALUES";
const std::string kEventRow =
    "(" + kUuidText + ", ?, ?, " + kInstantText + ", " + kInstantText + ", ?, ?)";

const std::string kTasks =
    "INSERT INTO tasks (id, case_id, kind, request, step, role, organ, person, requested_by, "
    "event, "
    "title_zh, title_en, opened_at, open, closed_at, closed_by, decision) VALUES";
const std::string kTaskRow = "(" + kUuidText + ", " + kUuidText +
                             ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " + kInstantText + ", ?, " +
                             kInstantText + ", ?, ?)";
const std::string kReplaceTask =
    " ON DUPLICATE KEY UPDATE case_id = VALUES(case_id), kind = VALUES(kind), "
    "request = VALUES(request), step = VALUES(step), role = VALUES(role), organ = VALUES(organ), "
    "person = VALUES(person), requested_by = VALUES(requested_by), event = VALUES(event), "
    "title_zh = VALUES(title_zh), title_en = VALUES(title_en), opened_at = VALUES(opened_at), "
    "open = VALUES(open), closed_at = VALUES(closed_at), closed_by = VALUES(closed_by), "
    "decision = VALUES(decision)";

const std::string kStages = "INSERT INTO case_stages (case_id, stage) VALUES";
const std::string kStageRow = "(" + kUuidText + ", ?)";
const std::string kMembers = "INSERT INTO members (case_id, person, duty) VALUES";
const std::string kMemberRow = "(" + kUuidText + ", ?, ?)";
// The same person may be named twice with one duty.
const std::string kSameMember = " ON DUPLICATE KEY UPDATE duty = VALUES(duty)";
const std::string kNumbers = "INSERT INTO case_numbers (number, case_id) VALUES";
const std::string kNumberRow = "(?, " + kUuidText + ")";

std::string repeated(const std::string& part, const std::string& between, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += (i == 0 ? "" : between) + part;
  return text;
}

std::int64_t number_of(Version version) { return static_cast<std::int64_t>(version); }

Value optional_instant(const std::optional<Instant>& at) {
  if (!at) return std::monostate();
  return instant_value(*at);
}

// UTF-8 with the letters A to Z small: what a search looks through. The octet between number and
// title is none of UTF-8, so that nothing is found across it.
std::string searched_text(const CaseHead& head) {
  std::string text = head.number + '\xFF' + head.title;
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

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
  };

  [[nodiscard]] Result<CommitOutcome> judge(const Commit& commit);
  void write_answers(Connection& connection) const;
  void write_heads(Connection& connection) const;
  void write_events(Connection& connection) const;
  void write_tasks(Connection& connection) const;
  void write_stages(Connection& connection) const;
  void write_members(Connection& connection) const;
  void write_numbers(Connection& connection) const;
  // Removes the rows of some cases from a table that is keyed by them.
  static void drop(Connection& connection, const std::string& table, const Values& cases);

  std::span<const Commit* const> commits_;
  std::map<Key, IdempotencyRecord> answers_;
  std::map<std::string, Met> cases_;            // by id
  std::map<std::string, std::string> numbers_;  // with the id of the case; empty: not of the group
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
        numbers_[rows.text(1)];
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
    const auto [taken, fresh] = numbers_.try_emplace(head.number, head.id.value());
    if (!fresh) {
      return fail(ErrorKind::kConflict,
                  {"编号已被使用：" + head.number, "another case has the number " + head.number});
    }
  }
  Change& change = changes_.try_emplace(head.id.value(), Change{met}).first->second;
  change.last = &commit;
  if (commit.members) change.members = &*commit.members;
  met = {head.version, head.number, head.stages};
  answers_.emplace(key, answer);
  through_.push_back(&commit);
  return Committed{};
}

// In one order in all processes.
void Group::write(Connection& connection) const {
  if (through_.empty()) return;
  write_events(connection);
  write_answers(connection);
  write_heads(connection);
  write_tasks(connection);
  write_stages(connection);
  write_members(connection);
  write_numbers(connection);
}

void Group::write_answers(Connection& connection) const {
  Insertion insertion(kAnswers, kAnswerRow);
  for (const Commit* commit : through_) {
    const IdempotencyRecord& answer = commit->idempotency;
    insertion.row().text(answer.person.value()).text(answer.key).text(answer.fingerprint);
    insertion.text(answer.answer).value(instant_value(answer.at));
  }
  insertion.run(connection);
}

void Group::write_heads(Connection& connection) const {
  Insertion insertion(kHeads, kHeadRow, kReplaceHead);
  for (const auto& [id, change] : changes_) {
    const CaseHead& head = change.last->head;
    insertion.row().value(uuid_value(id)).value(number_of(head.version)).text(head.number);
    insertion.text(head.definition).value(head.definition_version).text(head.title);
    insertion.text(searched_text(head)).value(std::int64_t{head.closed ? 1 : 0}).text(head.stages);
    insertion.text(head.organ.value()).text(head.filed_by.value());
    insertion.value(instant_value(head.filed_at)).value(instant_value(head.updated_at));
    insertion.text(head.state);
  }
  insertion.run(connection);
}

void Group::write_events(Connection& connection) const {
  Insertion insertion(kEvents, kEventRow);
  for (const Commit* commit : through_) {
    for (const EventRecord& event : commit->events) {
      insertion.row().value(uuid_value(event.case_id.value())).value(number_of(event.version));
      insertion.text(event.type).value(instant_value(event.recorded_at));
      insertion.value(instant_value(event.occurred_at)).text(event.actor.value()).text(event.body);
    }
  }
  insertion.run(connection);
}

void Group::write_tasks(Connection& connection) const {
  Insertion insertion(kTasks, kTaskRow, kReplaceTask);
  for (const Commit* commit : through_) {
    for (const TaskRow& task : commit->tasks) {
      insertion.row().value(uuid_value(task.id.value())).value(uuid_value(task.case_id.value()));
      insertion.value(static_cast<std::int64_t>(task.kind)).text(task.request.value());
      insertion.value(task.step).text(task.role.value()).text(task.organ.value());
      insertion.text(task.person.value()).text(task.requested_by.value()).text(task.event);
      insertion.text(task.title.zh).text(task.title.en).value(instant_value(task.opened_at));
      insertion.value(std::int64_t{task.closed_at ? 0 : 1}).value(optional_instant(task.closed_at));
      insertion.text(task.closed_by.value()).text(task.decision);
    }
  }
  insertion.run(connection);
}

void Group::write_stages(Connection& connection) const {
  Values moved;
  Insertion insertion(kStages, kStageRow);
  for (const auto& [id, change] : changes_) {
    const std::string& stages = change.last->head.stages;
    if (change.before.version != 0 && change.before.stages == stages) continue;
    if (change.before.version != 0) moved.push_back(uuid_value(id));
    for (const std::string& stage : sql::stage_names(stages))
      insertion.row().value(uuid_value(id)).text(stage);
  }
  drop(connection, "case_stages", moved);
  insertion.run(connection);
}

void Group::write_members(Connection& connection) const {
  Values cases;
  Insertion insertion(kMembers, kMemberRow, kSameMember);
  for (const auto& [id, change] : changes_) {
    if (change.members == nullptr) continue;
    if (change.before.version != 0) cases.push_back(uuid_value(id));
    for (const MemberRow& member : *change.members)
      insertion.row().value(uuid_value(id)).text(member.person.value()).text(member.duty);
  }
  drop(connection, "members", cases);
  insertion.run(connection);
}

void Group::write_numbers(Connection& connection) const {
  Values renumbered;
  Insertion insertion(kNumbers, kNumberRow);
  for (const auto& [id, change] : changes_) {
    const std::string& number = change.last->head.number;
    if (number == change.before.number) continue;
    if (!change.before.number.empty()) renumbered.push_back(change.before.number);
    if (!number.empty()) insertion.row().text(number).value(uuid_value(id));
  }
  if (!renumbered.empty()) {
    connection.change(
        "DELETE FROM case_numbers WHERE number IN (" + repeated("?", ", ", renumbered.size()) + ")",
        renumbered);
  }
  insertion.run(connection);
}

void Group::drop(Connection& connection, const std::string& table, const Values& cases) {
  if (cases.empty()) return;
  connection.change("DELETE FROM " + table + " WHERE case_id IN (" +
                        repeated(kUuidText, ", ", cases.size()) + ")",
                    cases);
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
  Insertion(kAnswers, kAnswerRow)
      .row()
      .text(record.person.value())
      .text(record.key)
      .text(record.fingerprint)
      .text(record.answer)
      .value(instant_value(record.at))
      .run(connection);
}

}  // namespace mingjian::mysql
