#include "adapters/sqlite/definitions.h"

#include <string>
#include <utility>

#include "adapters/sqlite/commit.h"

namespace mingjian::sqlite {
namespace {

constexpr const char* kAddVersion =
    "INSERT INTO definition_versions (id, version, in_force_from, in_force_until, source) "
    "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
constexpr const char* kFindVersion =
    "SELECT 1 FROM definition_versions WHERE id = ? AND version = ?";
constexpr const char* kAddEvent =
    "INSERT INTO definition_events (definition, version, step, act, actor, at, digest, opinion) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
constexpr const char* kReadHistory =
    "SELECT version, act, actor, at, digest, opinion FROM definition_events WHERE definition = ? "
    "ORDER BY at, version, step";

// The columns of a version, its proposal (p) and, where there is one, the decision on it (d).
constexpr int kFirstOfProposal = 4;
constexpr int kFirstOfDecision = 9;
constexpr int kSource = 14;
const std::string kColumns =
    "v.id, v.version, v.in_force_from, v.in_force_until, "
    "p.act, p.actor, p.at, p.digest, p.opinion, d.act, d.actor, d.at, d.digest, d.opinion";
const std::string kFrom =
    " FROM definition_versions v "
    "JOIN definition_events p ON p.definition = v.id AND p.version = v.version AND p.step = 1 "
    "LEFT JOIN definition_events d ON d.definition = v.id AND d.version = v.version "
    "AND d.step = 2 ";
const std::string kReadVersions = "SELECT " + kColumns + kFrom + "ORDER BY v.id, v.version";
const std::string kReadVersion =
    "SELECT " + kColumns + ", v.source" + kFrom + "WHERE v.id = ? AND v.version = ?";

void bind_instant(SQLite::Statement& statement, int at, const std::optional<Instant>& instant) {
  if (instant) statement.bind(at, static_cast<int64_t>(instant->microseconds));
}

std::optional<Instant> instant_of(SQLite::Statement& row, int at) {
  if (row.getColumn(at).isNull()) return std::nullopt;
  return Instant{row.getColumn(at).getInt64()};
}

// The event in the columns act, actor, at, digest, opinion that begin at `first`.
DefinitionEvent event_of(SQLite::Statement& row, int first, std::string definition,
                         std::int64_t version) {
  return {std::move(definition),
          version,
          static_cast<DefinitionAct>(row.getColumn(first).getInt()),
          PersonId(row.getColumn(first + 1).getString()),
          Instant{row.getColumn(first + 2).getInt64()},
          row.getColumn(first + 3).getString(),
          row.getColumn(first + 4).getString()};
}

DefinitionRecord record_of(SQLite::Statement& row) {
  DefinitionRecord record;
  record.version.id = row.getColumn(0).getString();
  record.version.version = row.getColumn(1).getInt64();
  record.version.asked = {instant_of(row, 2), instant_of(row, 3)};
  const auto event = [&](int first) {
    return event_of(row, first, record.version.id, record.version.version);
  };
  record.proposed = event(kFirstOfProposal);
  if (!row.getColumn(kFirstOfDecision).isNull()) record.decided = event(kFirstOfDecision);
  return record;
}

bool has_version(Connection& connection, const std::string& id, std::int64_t version) {
  Prepared find = connection.prepare(kFindVersion);
  find->bind(1, id);
  find->bind(2, static_cast<int64_t>(version));
  return find->executeStep();
}

}  // namespace

bool add_version(Connection& connection, const DefinitionVersion& version) {
  Prepared add = connection.prepare(kAddVersion);
  add->bind(1, version.id);
  add->bind(2, static_cast<int64_t>(version.version));
  bind_instant(*add, 3, version.asked.from);
  bind_instant(*add, 4, version.asked.until);
  add->bind(5, version.source.data(), static_cast<int>(version.source.size()));
  return add->exec() == 1;
}

bool add_event(Connection& connection, const DefinitionEvent& event) {
  Prepared add = connection.prepare(kAddEvent);
  add->bind(1, event.definition);
  add->bind(2, static_cast<int64_t>(event.version));
  add->bind(3, event.act == DefinitionAct::kProposed ? 1 : 2);
  add->bind(4, static_cast<int>(event.act));
  add->bind(5, event.actor.value());
  add->bind(6, static_cast<int64_t>(event.at.microseconds));
  add->bind(7, event.digest);
  add->bind(8, event.opinion);
  return add->exec() == 1;
}

template <class Write>
Result<DefinitionStore::Outcome> SqliteDefinitionStore::write_once(const IdempotencyRecord& answer,
                                                                   Write write) {
  Outcome outcome = Committed{};
  auto done = writer_.run([&](Connection& connection) -> Result<void> {
    if (auto first = read_answer(connection, answer.person, answer.key)) {
      outcome = Repeated{std::move(*first)};
      return {};
    }
    auto written = write(connection);
    if (written) write_answer(connection, answer);
    return written;
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return outcome;
}

Result<DefinitionStore::Outcome> SqliteDefinitionStore::propose(const DefinitionVersion& version,
                                                                const DefinitionEvent& proposed,
                                                                const IdempotencyRecord& answer) {
  return write_once(answer, [&](Connection& connection) -> Result<void> {
    if (add_version(connection, version) && add_event(connection, proposed)) return {};
    return fail(ErrorKind::kConflict,
                {"已有这个版本", "that version of the definition is there already"});
  });
}

Result<DefinitionStore::Outcome> SqliteDefinitionStore::decide(const DefinitionEvent& decided,
                                                               const IdempotencyRecord& answer) {
  return write_once(answer, [&](Connection& connection) -> Result<void> {
    if (!has_version(connection, decided.definition, decided.version)) {
      return fail(ErrorKind::kNotFound,
                  {"没有这个版本", "there is no such version of the definition"});
    }
    if (add_event(connection, decided)) return {};
    return fail(ErrorKind::kConflict, {"这个版本已有决定", "that version was decided on already"});
  });
}

Result<std::optional<IdempotencyRecord>> SqliteDefinitionStore::find_answer(
    const PersonId& person, const std::string& key) {
  return readers_.run([&](Connection& connection) { return read_answer(connection, person, key); });
}

Result<std::vector<DefinitionRecord>> SqliteDefinitionStore::versions() {
  return readers_.run([](Connection& connection) {
    std::vector<DefinitionRecord> all;
    Prepared read = connection.prepare(kReadVersions.c_str());
    while (read->executeStep()) all.push_back(record_of(*read));
    return all;
  });
}

Result<std::optional<DefinitionRecord>> SqliteDefinitionStore::version(const std::string& id,
                                                                       std::int64_t version) {
  return readers_.run([&](Connection& connection) -> std::optional<DefinitionRecord> {
    Prepared read = connection.prepare(kReadVersion.c_str());
    read->bind(1, id);
    read->bind(2, static_cast<int64_t>(version));
    if (!read->executeStep()) return std::nullopt;
    DefinitionRecord record = record_of(*read);
    record.version.source = read->getColumn(kSource).getString();
    return record;
  });
}

Result<std::vector<DefinitionEvent>> SqliteDefinitionStore::history(const std::string& id) {
  return readers_.run([&](Connection& connection) {
    std::vector<DefinitionEvent> events;
    Prepared read = connection.prepare(kReadHistory);
    read->bind(1, id);
    while (read->executeStep())
      events.push_back(event_of(*read, 1, id, read->getColumn(0).getInt64()));
    return events;
  });
}

}  // namespace mingjian::sqlite
