#include "adapters/sqlite/directory.h"

#include "adapters/sqlite/rows.h"

namespace mingjian::sqlite {
namespace {

constexpr const char* kPutOrganisation =
    "INSERT INTO organisations (id, parent, kind, name_zh, name_en) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, kind = excluded.kind, "
    "name_zh = excluded.name_zh, name_en = excluded.name_en";
constexpr const char* kPutPerson =
    "INSERT INTO people (id, name_zh, name_en, active) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, "
    "active = excluded.active";
constexpr const char* kDropPosts = "DELETE FROM posts WHERE person = ?";
constexpr const char* kAddPost =
    "INSERT INTO posts (person, place, organisation, role, begins_at, ends_at) VALUES (?, ?, ?, ?, "
    "?, ?)";
constexpr const char* kReadOrganisations =
    "SELECT id, parent, kind, name_zh, name_en FROM organisations ORDER BY id";
constexpr const char* kReadPerson = "SELECT id, name_zh, name_en, active FROM people WHERE id = ?";
constexpr const char* kReadPeople = "SELECT id, name_zh, name_en, active FROM people ORDER BY id";
constexpr const char* kReadPosts =
    "SELECT organisation, role, begins_at, ends_at FROM posts WHERE person = ? ORDER BY place";
constexpr const char* kReadPassword = "SELECT password_hash FROM people WHERE id = ?";
constexpr const char* kSetPassword = "UPDATE people SET password_hash = ? WHERE id = ?";
constexpr const char* kOpenSession =
    "INSERT INTO sessions (token_digest, person, expires_at, password) "
    "SELECT ?, id, ?, ? FROM people WHERE id = ? "
    "ON CONFLICT (token_digest) DO UPDATE SET person = excluded.person, "
    "expires_at = excluded.expires_at, password = excluded.password";
constexpr const char* kReadSession =
    "SELECT e.id, e.name_zh, e.name_en, e.active, s.expires_at, s.password, e.password_hash "
    "FROM sessions s JOIN people e ON e.id = s.person WHERE s.token_digest = ?";
constexpr const char* kReadSessionsOf =
    "SELECT s.token_digest, s.expires_at, s.password, e.password_hash FROM sessions s "
    "JOIN people e ON e.id = s.person WHERE s.person = ? AND s.expires_at > ? "
    "ORDER BY s.expires_at DESC, s.token_digest LIMIT ?";
constexpr const char* kCloseSessionOf =
    "DELETE FROM sessions WHERE token_digest = ? AND person = ?";
constexpr const char* kReplacePassword =
    "UPDATE people SET password_hash = ? WHERE id = ? AND password_hash = ?";
constexpr const char* kKeepSession =
    "UPDATE sessions SET password = ? WHERE token_digest = ? AND person = ?";
constexpr const char* kCloseOtherSessions =
    "DELETE FROM sessions WHERE person = ? AND token_digest <> ?";
constexpr const char* kCloseSession = "DELETE FROM sessions WHERE token_digest = ?";
const std::string kReadFailed =
    "SELECT failures, " + now_text() + " - last_at FROM failed_sign_ins WHERE account = ?";
const std::string kAddFirstFailed =
    "INSERT INTO failed_sign_ins (account, failures, last_at) VALUES (?, 1, " + now_text() +
    ") ON CONFLICT (account) DO NOTHING";
const std::string kAddFailed =
    "UPDATE failed_sign_ins SET failures = failures + 1, last_at = " + now_text() +
    " WHERE account = ? AND failures = ?";
constexpr const char* kForgetFailed = "DELETE FROM failed_sign_ins WHERE account = ?";
constexpr const char* kDropFailed =
    "DELETE FROM failed_sign_ins WHERE account IN "
    "(SELECT account FROM failed_sign_ins WHERE last_at < ? ORDER BY last_at LIMIT ?)";
constexpr const char* kDropExpired =
    "DELETE FROM sessions WHERE token_digest IN "
    "(SELECT token_digest FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT ?)";

void put_organisation(Connection& connection, const Organisation& organisation) {
  Prepared put = connection.prepare(kPutOrganisation);
  put->bind(1, organisation.id.value());
  put->bind(2, organisation.parent.value());
  put->bind(3, organisation.kind);
  put->bind(4, organisation.name.zh);
  put->bind(5, organisation.name.en);
  put->exec();
}

void put_posts(Connection& connection, const Person& person) {
  Prepared drop = connection.prepare(kDropPosts);
  drop->bind(1, person.id.value());
  drop->exec();
  int place = 0;
  for (const Post& post : person.posts) {
    Prepared add = connection.prepare(kAddPost);
    add->bind(1, person.id.value());
    add->bind(2, place++);
    add->bind(3, post.organisation.value());
    add->bind(4, post.role.value());
    add->bind(5, static_cast<int64_t>(post.from.microseconds));
    if (post.to) add->bind(6, static_cast<int64_t>(post.to->microseconds));
    add->exec();
  }
}

void put_person(Connection& connection, const Person& person) {
  Prepared put = connection.prepare(kPutPerson);
  put->bind(1, person.id.value());
  put->bind(2, person.name.zh);
  put->bind(3, person.name.en);
  put->bind(4, person.active ? 1 : 0);
  put->exec();
  put_posts(connection, person);
}

tl::unexpected<Error> no_such_person(const PersonId& id) {
  return fail(ErrorKind::kNotFound, {"没有这个人：" + id.value(), "no such person: " + id.value()});
}

// Whether the password of the session at `column` is the one that the hash after it is of.
bool is_current(SQLite::Statement& row, int column) {
  std::optional<std::string> encoded;
  if (!row.getColumn(column + 1).isNull()) encoded = row.getColumn(column + 1).getString();
  return row.getColumn(column).getString() == password_stamp(encoded);
}

// With the posts, read while the row's statement is open and so from the same snapshot.
Person person_of(Connection& connection, SQLite::Statement& row) {
  Person person;
  person.id = PersonId(row.getColumn(0).getString());
  person.name = {row.getColumn(1).getString(), row.getColumn(2).getString()};
  person.active = row.getColumn(3).getInt() != 0;
  Prepared posts = connection.prepare(kReadPosts);
  posts->bind(1, person.id.value());
  while (posts->executeStep()) {
    Post post{OrganisationId(posts->getColumn(0).getString()),
              Role(posts->getColumn(1).getString()), Instant{posts->getColumn(2).getInt64()},
              std::nullopt};
    if (!posts->getColumn(3).isNull()) post.to = Instant{posts->getColumn(3).getInt64()};
    person.posts.push_back(std::move(post));
  }
  return person;
}

}  // namespace

Result<void> SqliteDirectory::put_office(const Office& office) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    for (const Organisation& organisation : office.organisations)
      put_organisation(connection, organisation);
    for (const Person& person : office.people) put_person(connection, person);
    return {};
  });
}

Result<std::vector<Organisation>> SqliteDirectory::organisations() {
  return readers_.run([](Connection& connection) {
    std::vector<Organisation> all;
    Prepared read = connection.prepare(kReadOrganisations);
    while (read->executeStep()) {
      all.push_back({OrganisationId(read->getColumn(0).getString()),
                     OrganisationId(read->getColumn(1).getString()),
                     read->getColumn(2).getString(),
                     {read->getColumn(3).getString(), read->getColumn(4).getString()}});
    }
    return all;
  });
}

Result<std::optional<Person>> SqliteDirectory::person(const PersonId& id) {
  return readers_.run([&](Connection& connection) -> std::optional<Person> {
    Prepared read = connection.prepare(kReadPerson);
    read->bind(1, id.value());
    if (!read->executeStep()) return std::nullopt;
    return person_of(connection, *read);
  });
}

Result<std::vector<Person>> SqliteDirectory::people() {
  return readers_.run([](Connection& connection) {
    std::vector<Person> all;
    Prepared read = connection.prepare(kReadPeople);
    while (read->executeStep()) all.push_back(person_of(connection, *read));
    return all;
  });
}

Result<std::optional<std::string>> SqliteDirectory::password_hash(const PersonId& id) {
  return readers_.run([&](Connection& connection) -> std::optional<std::string> {
    Prepared read = connection.prepare(kReadPassword);
    read->bind(1, id.value());
    if (!read->executeStep() || read->getColumn(0).isNull()) return std::nullopt;
    return read->getColumn(0).getString();
  });
}

Result<void> SqliteDirectory::set_password_hash(const PersonId& id, const std::string& encoded) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    Prepared set = connection.prepare(kSetPassword);
    set->bind(1, encoded);
    set->bind(2, id.value());
    if (set->exec() == 1) return {};
    return no_such_person(id);
  });
}

Result<bool> SqliteDirectory::change_password(const PersonId& id, const std::string& present,
                                              const std::string& next,
                                              const std::string& kept_session) {
  return writer_.change([&](Connection& connection) {
    Prepared replace = connection.prepare(kReplacePassword);
    replace->bind(1, next);
    replace->bind(2, id.value());
    replace->bind(3, present);
    if (replace->exec() != 1) return false;
    Prepared keep = connection.prepare(kKeepSession);
    keep->bind(1, password_stamp(next));
    keep->bind(2, kept_session);
    keep->bind(3, id.value());
    keep->exec();
    Prepared close = connection.prepare(kCloseOtherSessions);
    close->bind(1, id.value());
    close->bind(2, kept_session);
    close->exec();
    return true;
  });
}

Result<void> SqliteDirectory::open_session(const Session& session) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    Prepared open = connection.prepare(kOpenSession);
    open->bind(1, session.token_digest);
    open->bind(2, static_cast<int64_t>(session.expires_at.microseconds));
    open->bind(3, session.password);
    open->bind(4, session.person.value());
    if (open->exec() == 1) return {};
    return no_such_person(session.person);
  });
}

Result<std::optional<OpenSession>> SqliteDirectory::session(const std::string& token_digest) {
  return readers_.run([&](Connection& connection) -> std::optional<OpenSession> {
    Prepared read = connection.prepare(kReadSession);
    read->bind(1, token_digest);
    if (!read->executeStep()) return std::nullopt;
    if (!is_current(*read, 5)) return std::nullopt;
    Person person = person_of(connection, *read);
    const Session session{token_digest, person.id, Instant{read->getColumn(4).getInt64()},
                          read->getColumn(5).getString()};
    return OpenSession{session, std::move(person)};
  });
}

Result<std::vector<Session>> SqliteDirectory::sessions_of(const PersonId& id, Instant now,
                                                          std::size_t most) {
  return readers_.run([&](Connection& connection) {
    std::vector<Session> found;
    Prepared read = connection.prepare(kReadSessionsOf);
    read->bind(1, id.value());
    read->bind(2, static_cast<int64_t>(now.microseconds));
    read->bind(3, bound_count(most));
    while (read->executeStep()) {
      if (!is_current(*read, 2)) continue;
      found.push_back({read->getColumn(0).getString(), id, Instant{read->getColumn(1).getInt64()},
                       read->getColumn(2).getString()});
    }
    return found;
  });
}

Result<void> SqliteDirectory::close_session(const std::string& token_digest) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    Prepared close = connection.prepare(kCloseSession);
    close->bind(1, token_digest);
    close->exec();
    return {};
  });
}

Result<bool> SqliteDirectory::close_session_of(const PersonId& id,
                                               const std::string& token_digest) {
  return writer_.change([&](Connection& connection) {
    Prepared close = connection.prepare(kCloseSessionOf);
    close->bind(1, token_digest);
    close->bind(2, id.value());
    return close->exec() == 1;
  });
}

Result<std::size_t> SqliteDirectory::drop_expired_sessions(Instant now, std::size_t most) {
  return writer_.change([&](Connection& connection) {
    Prepared drop = connection.prepare(kDropExpired);
    drop->bind(1, static_cast<int64_t>(now.microseconds));
    drop->bind(2, bound_count(most));
    return static_cast<std::size_t>(drop->exec());
  });
}

Result<FailedSignIns> SqliteDirectory::failed_sign_ins(const std::string& account) {
  return readers_.run([&](Connection& connection) {
    Prepared read = connection.prepare(kReadFailed.c_str());
    read->bind(1, account);
    if (!read->executeStep()) return FailedSignIns{};
    return FailedSignIns{read->getColumn(0).getInt64(), read->getColumn(1).getInt64()};
  });
}

Result<bool> SqliteDirectory::add_failed_sign_in(const std::string& account, std::int64_t before) {
  return writer_.change([&](Connection& connection) {
    Prepared add = connection.prepare((before == 0 ? kAddFirstFailed : kAddFailed).c_str());
    add->bind(1, account);
    if (before != 0) add->bind(2, static_cast<int64_t>(before));
    return add->exec() == 1;
  });
}

Result<void> SqliteDirectory::forget_failed_sign_ins(const std::string& account) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    Prepared forget = connection.prepare(kForgetFailed);
    forget->bind(1, account);
    forget->exec();
    return {};
  });
}

Result<std::size_t> SqliteDirectory::drop_failed_sign_ins(Instant before, std::size_t most) {
  return writer_.change([&](Connection& connection) {
    Prepared drop = connection.prepare(kDropFailed);
    drop->bind(1, static_cast<int64_t>(before.microseconds));
    drop->bind(2, bound_count(most));
    return static_cast<std::size_t>(drop->exec());
  });
}

}  // namespace mingjian::sqlite
