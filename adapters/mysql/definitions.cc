#include "adapters/mysql/definitions.h"

#include <string>
#include <utility>

#include "adapters/mysql/commit.h"

namespace mingjian::mysql {
namespace {

const std::string kInstantText = kInstant;

const std::string kAddVersion =
    "INSERT INTO definition_versions (id, version, in_force_from, in_force_until, source) "
    "VALUES (?, ?, " +
    kInstantText + ", " + kInstantText + ", ?)";
constexpr const char* kFindVersion =
    "SELECT 1 FROM definition_versions WHERE id = ? AND version = ?";
constexpr const char* kFindDecision =
    "SELECT 1 FROM definition_events WHERE definition = ? AND version = ? AND step = 2";
const std::string kAddEvent =
    "INSERT INTO definition_events (definition, version, step, act, actor, at, digest, opinion) "
    "VALUES (?, ?, ?, ?, ?, " +
    kInstantText + ", ?, ?)";
const std::string kReadHistory = "SELECT version, act, actor, " + selected_instant("at") +
                                 ", digest, opinion FROM definition_events WHERE definition = ? "
                                 "ORDER BY at, version, step";

// The columns of a version, its proposal (p) and, where there is one, the decision on it (d).
constexpr int kFirstOfProposal = 4;
constexpr int kFirstOfDecision = 9;
constexpr int kSource = 14;
const std::string kColumns = "v.id, v.version, " + selected_instant("v.in_force_from") + ", " +
                             selected_instant("v.in_force_until") + ", p.act, p.actor, " +
                             selected_instant("p.at") + ", p.digest, p.opinion, d.act, d.actor, " +
                             selected_instant("d.at") + ", d.digest, d.opinion";
const std::string kFrom =
    " FROM definition_versions v "
    "JOIN definition_events p ON p.definition = v.id AND p.version = v.version AND p.step = 1 "
    "LEFT JOIN definition_events d ON d.definition = v.id AND d.version = v.version "
    "AND d.step = 2 ";
const std::string kReadVersions = "SELECT " + kColumns + kFrom + "ORDER BY v.id, v.version";
const std::string kReadVersion =
    "SELECT " + kColumns + ", v.source" + kFrom + "WHERE v.id = ? AND v.version = ?";

std::optional<Instant> instant_of(const Rows& rows, int at) {
  if (rows.is_null(at)) return std::nullopt;
  return rows.instant(at);
}

// The event in the columns act, actor, at, digest, opinion that begin at `first`.
DefinitionEvent event_of(const Rows& rows, int first, std::string definition,
                         std::int64_t version) {
  return {std::move(definition),
          version,
          static_cast<DefinitionAct>(rows.number(first)),
          PersonId(rows.text(first + 1)),
          rows.instant(first + 2),
          rows.text(first + 3),
          rows.text(first + 4)};
}

DefinitionRecord record_of(const Rows& rows) {
  DefinitionRecord record;
  record.version.id = rows.text(0);
  record.version.version = rows.number(1);
  record.version.asked = {instant_of(rows, 2), instant_of(rows, 3)};
  const auto event = [&](int first) {
    return event_of(rows, first, record.version.id, record.version.version);
  };
  record.proposed = event(kFirstOfProposal);
  if (!rows.is_null(kFirstOfDecision)) record.decided = event(kFirstOfDecision);
  return record;
}

bool finds(Connection& connection, const char* query, const std::string& id, std::int64_t version) {
  return connection.query(query, {id, version}).next();
}

}  // namespace

bool has_version(Connection& connection, const std::string& id, std::int64_t version) {
  return finds(connection, kFindVersion, id, version);
}

bool has_decision(Connection& connection, const std::string& id, std::int64_t version) {
  return finds(connection, kFindDecision, id, version);
}

void add_version(Connection& connection, const DefinitionVersion& version) {
  connection.change(kAddVersion, {version.id, version.version, instant_value(version.asked.from),
                                  instant_value(version.asked.until), version.source});
}

void add_event(Connection& connection, const DefinitionEvent& event) {
  const std::int64_t step = event.act == DefinitionAct::kProposed ? 1 : 2;
  connection.change(kAddEvent,
                    {event.definition, event.version, step, static_cast<std::int64_t>(event.act),
                     event.actor.value(), instant_value(event.at), event.digest, event.opinion});
}

// A duplicate key means that somebody was faster: the next try reads what he left.
template <class Write>
Result<DefinitionStore::Outcome> MysqlDefinitionStore::write_once(const IdempotencyRecord& answer,
                                                                  Write write) {
  Outcome outcome = Committed{};
  bool tried = false;
  auto done = pool_.transaction([&](Connection& connection) -> Result<void> {
    if (auto first = read_answer(connection, answer.person, answer.key)) {
      // What is exactly the own answer was left by an earlier try.
      if (!tried || *first != answer) outcome = Repeated{std::move(*first)};
      return {};
    }
    tried = true;
    auto written = write(connection);
    if (written) write_answer(connection, answer);
    return written;
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return outcome;
}

Result<DefinitionStore::Outcome> MysqlDefinitionStore::propose(const DefinitionVersion& version,
                                                               const DefinitionEvent& proposed,
                                                               const IdempotencyRecord& answer) {
  return write_once(answer, [&](Connection& connection) -> Result<void> {
    if (has_version(connection, version.id, version.version)) {
      return fail(ErrorKind::kConflict,
                  {"已有这个版本", "that version of the definition is there already"});
    }
    add_version(connection, version);
    add_event(connection, proposed);
    return {};
  });
}

Result<DefinitionStore::Outcome> MysqlDefinitionStore::decide(const DefinitionEvent& decided,
                                                              const IdempotencyRecord& answer) {
  return write_once(answer, [&](Connection& connection) -> Result<void> {
    if (!has_version(connection, decided.definition, decided.version)) {
      return fail(ErrorKind::kNotFound,
                  {"没有这个版本", "there is no such version of the definition"});
    }
    if (has_decision(connection, decided.definition, decided.version)) {
      return fail(ErrorKind::kConflict,
                  {"这个版本已有决定", "that version was decided on already"});
    }
    add_event(connection, decided);
    return {};
  });
}

Result<std::optional<IdempotencyRecord>> MysqlDefinitionStore::find_answer(const PersonId& person,
                                                                           const std::string& key) {
  return pool_.ask([&](Connection& connection) { return read_answer(connection, person, key); });
}

Result<std::vector<DefinitionRecord>> MysqlDefinitionStore::versions() {
  return pool_.ask([](Connection& connection) {
    std::vector<DefinitionRecord> all;
    Rows rows = connection.query(kReadVersions);
    while (rows.next()) all.push_back(record_of(rows));
    return all;
  });
}

Result<std::optional<DefinitionRecord>> MysqlDefinitionStore::version(const std::string& id,
                                                                      std::int64_t version) {
  return pool_.ask([&](Connection& connection) -> std::optional<DefinitionRecord> {
    Rows rows = connection.query(kReadVersion, {id, version});
    if (!rows.next()) return std::nullopt;
    DefinitionRecord record = record_of(rows);
    record.version.source = rows.text(kSource);
    return record;
  });
}

Result<std::vector<DefinitionEvent>> MysqlDefinitionStore::history(const std::string& id) {
  return pool_.ask([&](Connection& connection) {
    std::vector<DefinitionEvent> events;
    Rows rows = connection.query(kReadHistory, {id});
    while (rows.next()) events.push_back(event_of(rows, 1, id, rows.number(0)));
    return events;
  });
}

}  // namespace mingjian::mysql
