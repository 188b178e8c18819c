#include "adapters/mysql/directory.h"

#include <string>

#include "adapters/mysql/insertion.h"

namespace mingjian::mysql {
namespace {

const std::string kInstantText = kInstant;

const std::string kPutOrganisations =
    "INSERT INTO organisations (id, parent, kind, name_zh, name_en) VALUES";
const std::string kReplaceOrganisation =
    " ON DUPLICATE KEY UPDATE parent = VALUES(parent), kind = VALUES(kind), "
    "name_zh = VALUES(name_zh), name_en = VALUES(name_en)";
const std::string kPutPeople = "INSERT INTO people (id, name_zh, name_en, active) VALUES";
const std::string kReplacePerson =
    " ON DUPLICATE KEY UPDATE name_zh = VALUES(name_zh), name_en = VALUES(name_en), "
    "active = VALUES(active)";
constexpr const char* kDropPosts = "DELETE FROM posts WHERE person = ?";
const std::string kAddPosts =
    "INSERT INTO posts (person, place, organisation, role, begins_at, ends_at) VALUES";
const std::string kPostRow = "(?, ?, ?, ?, " + kInstantText + ", " + kInstantText + ")";

constexpr const char* kReadOrganisations =
    "SELECT id, parent, kind, name_zh, name_en FROM organisations ORDER BY id";
// One row a post, and one for a person without any.
const std::string kPersonColumns =
    "e.id, e.name_zh, e.name_en, e.active, p.organisation, p.role, " +
    selected_instant("p.begins_at") + ", " + selected_instant("p.ends_at");
constexpr int kPersonColumnCount = 8;
const std::string kPeople =
    "SELECT " + kPersonColumns + " FROM people e LEFT JOIN posts p ON p.person = e.id ";
const std::string kReadPeople = kPeople + "ORDER BY e.id, p.place";
const std::string kReadPerson = kPeople + "WHERE e.id = ? ORDER BY p.place";
constexpr const char* kReadPassword = "SELECT password_hash FROM people WHERE id = ?";
constexpr const char* kSetPassword = "UPDATE people SET password_hash = ? WHERE id = ?";
const std::string kOpenSession =
    "INSERT INTO sessions (token_digest, person, expires_at, password) SELECT ?, id, " +
    kInstantText +
    ", ? FROM people WHERE id = ? ON DUPLICATE KEY UPDATE person = VALUES(person), "
    "expires_at = VALUES(expires_at), password = VALUES(password)";
const std::string kReadSession = "SELECT " + kPersonColumns + ", " +
                                 selected_instant("s.expires_at") +
                                 ", s.password, e.password_hash FROM sessions s JOIN people e ON "
                                 "e.id = s.person LEFT JOIN posts p ON p.person = e.id "
                                 "WHERE s.token_digest = ? ORDER BY p.place";
const std::string kReadSessionsOf =
    "SELECT s.token_digest, " + selected_instant("s.expires_at") +
    ", s.password, e.password_hash FROM sessions s JOIN people e ON e.id = s.person "
    "WHERE s.person = ? AND s.expires_at > " +
    kInstantText + " ORDER BY s.expires_at DESC, s.token_digest LIMIT ?";
constexpr const char* kCloseSessionOf =
    "DELETE FROM sessions WHERE token_digest = ? AND person = ?";
constexpr const char* kReplacePassword =
    "UPDATE people SET password_hash = ? WHERE id = ? AND password_hash IN (?, ?)";
constexpr const char* kKeepSession =
    "UPDATE sessions SET password = ? WHERE token_digest = ? AND person = ?";
constexpr const char* kCloseOtherSessions =
    "DELETE FROM sessions WHERE person = ? AND token_digest <> ?";
constexpr const char* kCloseSession = "DELETE FROM sessions WHERE token_digest = ?";
constexpr const char* kReadFailed =
    "SELECT failures, TIMESTAMPDIFF(MICROSECOND, last_at, UTC_TIMESTAMP(6)) FROM failed_sign_ins "
    "WHERE account = ?";
constexpr const char* kAddFirstFailed =
    "INSERT IGNORE INTO failed_sign_ins (account, failures, last_at) VALUES (?, 1, "
    "UTC_TIMESTAMP(6))";
constexpr const char* kAddFailed =
    "UPDATE failed_sign_ins SET failures = failures + 1, last_at = UTC_TIMESTAMP(6) "
    "WHERE account = ? AND failures = ?";
constexpr const char* kForgetFailed = "DELETE FROM failed_sign_ins WHERE account = ?";
const std::string kDropFailed =
    "DELETE FROM failed_sign_ins WHERE last_at < " + kInstantText + " ORDER BY last_at LIMIT ?";
const std::string kDropExpired =
    "DELETE FROM sessions WHERE expires_at < " + kInstantText + " ORDER BY expires_at LIMIT ?";

void put_organisations(Connection& connection, const std::vector<Organisation>& organisations) {
  Insertion insertion(connection, kPutOrganisations, "(?, ?, ?, ?, ?)", kReplaceOrganisation);
  for (const Organisation& each : organisations) {
    insertion.row().text(each.id.value()).text(each.parent.value()).text(each.kind);
    insertion.text(each.name.zh).text(each.name.en);
  }
  insertion.finish();
}

void put_people(Connection& connection, const std::vector<Person>& people) {
  Insertion insertion(connection, kPutPeople, "(?, ?, ?, ?)", kReplacePerson);
  for (const Person& person : people) {
    insertion.row().text(person.id.value()).text(person.name.zh).text(person.name.en);
    insertion.value(std::int64_t{person.active ? 1 : 0});
  }
  insertion.finish();
}

void put_posts(Connection& connection, const std::vector<Person>& people) {
  Insertion insertion(connection, kAddPosts, kPostRow);
  for (const Person& person : people) {
    connection.change(kDropPosts, {person.id.value()});
    std::int64_t place = 0;
    for (const Post& post : person.posts) {
      insertion.row().text(person.id.value()).value(place++).text(post.organisation.value());
      insertion.text(post.role.value()).value(instant_value(post.from));
      insertion.value(instant_value(post.to));
    }
  }
  insertion.finish();
}

// The person of a row of kPersonColumns, without posts.
Person person_of(const Rows& row) {
  return {PersonId(row.text(0)), {row.text(1), row.text(2)}, {}, row.number(3) != 0};
}

void add_post(Person& person, const Rows& row) {
  if (row.is_null(4)) return;
  Post post{OrganisationId(row.text(4)), Role(row.text(5)), row.instant(6), std::nullopt};
  if (!row.is_null(7)) post.to = row.instant(7);
  person.posts.push_back(std::move(post));
}

// The people in rows of kPeople, whose rows stand together.
std::vector<Person> people_of(Rows rows) {
  std::vector<Person> people;
  while (rows.next()) {
    if (people.empty() || people.back().id.value() != rows.text(0))
      people.push_back(person_of(rows));
    add_post(people.back(), rows);
  }
  return people;
}

tl::unexpected<Error> no_such_person(const PersonId& id) {
  return fail(ErrorKind::kNotFound, {"没有这个人：" + id.value(), "no such person: " + id.value()});
}

// Whether the password of the session at `column` is the one that the hash after it is of.
bool is_current(const Rows& row, int column) {
  std::optional<std::string> encoded;
  if (!row.is_null(column + 1)) encoded = row.text(column + 1);
  return row.text(column) == password_stamp(encoded);
}

}  // namespace

Result<void> MysqlDirectory::put_office(const Office& office) {
  return pool_.transaction([&](Connection& connection) -> Result<void> {
    put_organisations(connection, office.organisations);
    put_people(connection, office.people);
    put_posts(connection, office.people);
    return {};
  });
}

Result<std::vector<Organisation>> MysqlDirectory::organisations() {
  return pool_.ask([](Connection& connection) {
    std::vector<Organisation> all;
    Rows rows = connection.query(kReadOrganisations);
    while (rows.next()) {
      all.push_back({OrganisationId(rows.text(0)),
                     OrganisationId(rows.text(1)),
                     rows.text(2),
                     {rows.text(3), rows.text(4)}});
    }
    return all;
  });
}

Result<std::optional<Person>> MysqlDirectory::person(const PersonId& id) {
  return pool_.ask([&](Connection& connection) -> std::optional<Person> {
    auto found = people_of(connection.query(kReadPerson, {id.value()}));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  });
}

Result<std::vector<Person>> MysqlDirectory::people() {
  return pool_.ask([](Connection& connection) { return people_of(connection.query(kReadPeople)); });
}

Result<std::optional<std::string>> MysqlDirectory::password_hash(const PersonId& id) {
  return pool_.ask([&](Connection& connection) -> std::optional<std::string> {
    Rows rows = connection.query(kReadPassword, {id.value()});
    if (!rows.next() || rows.is_null(0)) return std::nullopt;
    return rows.text(0);
  });
}

Result<void> MysqlDirectory::set_password_hash(const PersonId& id, const std::string& encoded) {
  return pool_.statement([&](Connection& connection) -> Result<void> {
    if (connection.change(kSetPassword, {encoded, id.value()}) > 0) return {};
    return no_such_person(id);
  });
}

Result<bool> MysqlDirectory::change_password(const PersonId& id, const std::string& present,
                                             const std::string& next,
                                             const std::string& kept_session) {
  bool changed = false;
  auto done = pool_.transaction([&](Connection& connection) -> Result<void> {
    // An earlier try may have been committed: then `next`, which nobody else has, is there already.
    changed = connection.change(kReplacePassword, {next, id.value(), present, next}) > 0;
    if (!changed) return {};
    connection.change(kKeepSession, {password_stamp(next), kept_session, id.value()});
    connection.change(kCloseOtherSessions, {id.value(), kept_session});
    return {};
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return changed;
}

Result<void> MysqlDirectory::open_session(const Session& session) {
  return pool_.statement([&](Connection& connection) -> Result<void> {
    const Values values = {session.token_digest, instant_value(session.expires_at),
                           session.password, session.person.value()};
    if (connection.change(kOpenSession, values) > 0) return {};
    return no_such_person(session.person);
  });
}

Result<std::optional<OpenSession>> MysqlDirectory::session(const std::string& token_digest) {
  return pool_.ask([&](Connection& connection) -> std::optional<OpenSession> {
    Rows rows = connection.query(kReadSession, {token_digest});
    if (!rows.next() || !is_current(rows, kPersonColumnCount + 1)) return std::nullopt;
    Person person = person_of(rows);
    const Session session{token_digest, person.id, rows.instant(kPersonColumnCount),
                          rows.text(kPersonColumnCount + 1)};
    do {
      add_post(person, rows);
    } while (rows.next());
    return OpenSession{session, std::move(person)};
  });
}

Result<std::vector<Session>> MysqlDirectory::sessions_of(const PersonId& id, Instant now,
                                                         std::size_t most) {
  return pool_.ask([&](Connection& connection) {
    std::vector<Session> found;
    Rows rows =
        connection.query(kReadSessionsOf, {id.value(), instant_value(now), count_value(most)});
    while (rows.next()) {
      if (is_current(rows, 2)) found.push_back({rows.text(0), id, rows.instant(1), rows.text(2)});
    }
    return found;
  });
}

Result<void> MysqlDirectory::close_session(const std::string& token_digest) {
  return pool_.statement([&](Connection& connection) -> Result<void> {
    connection.change(kCloseSession, {token_digest});
    return {};
  });
}

Result<bool> MysqlDirectory::close_session_of(const PersonId& id, const std::string& token_digest) {
  return pool_.ask([&](Connection& connection) {
    return connection.change(kCloseSessionOf, {token_digest, id.value()}) == 1;
  });
}

Result<std::size_t> MysqlDirectory::drop_expired_sessions(Instant now, std::size_t most) {
  return pool_.ask([&](Connection& connection) -> std::size_t {
    return connection.change(kDropExpired, {instant_value(now), count_value(most)});
  });
}

Result<FailedSignIns> MysqlDirectory::failed_sign_ins(const std::string& account) {
  return pool_.ask([&](Connection& connection) {
    Rows rows = connection.query(kReadFailed, {account});
    return rows.next() ? FailedSignIns{rows.number(0), rows.number(1)} : FailedSignIns{};
  });
}

Result<bool> MysqlDirectory::add_failed_sign_in(const std::string& account, std::int64_t before) {
  return pool_.ask([&](Connection& connection) {
    return before == 0 ? connection.change(kAddFirstFailed, {account}) == 1
                       : connection.change(kAddFailed, {account, before}) == 1;
  });
}

Result<void> MysqlDirectory::forget_failed_sign_ins(const std::string& account) {
  return pool_.statement([&](Connection& connection) -> Result<void> {
    connection.change(kForgetFailed, {account});
    return {};
  });
}

Result<std::size_t> MysqlDirectory::drop_failed_sign_ins(Instant before, std::size_t most) {
  return pool_.ask([&](Connection& connection) -> std::size_t {
    return connection.change(kDropFailed, {instant_value(before), count_value(most)});
  });
}

}  // namespace mingjian::mysql
