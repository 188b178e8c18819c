#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace mingjian {

// 组织. Organisations form a forest.
struct Organisation {
  OrganisationId id;
  OrganisationId parent;  // empty: a root
  std::string kind;       // a code of organisation_kinds
  Text name;

  bool operator==(const Organisation&) const = default;
};

// 任职: a role at an organisation, from `from` (inclusive) to `to` (exclusive).
struct Post {
  OrganisationId organisation;
  Role role;
  Instant from;
  std::optional<Instant> to;

  bool operator==(const Post&) const = default;
};

struct Person {
  PersonId id;
  Text name;
  std::vector<Post> posts;
  bool active = true;  // an inactive account cannot sign in

  bool operator==(const Person&) const = default;
};

// What a session has of the password that it was opened by: the SHA-256 of the stored hash; empty
// where the person has none.
[[nodiscard]] inline std::string password_stamp(const std::optional<std::string>& encoded) {
  return encoded ? sha256_hex(*encoded) : std::string();
}

struct Session {
  std::string token_digest;  // SHA-256 of the bearer token: the token itself is not kept
  PersonId person;
  Instant expires_at;
  std::string password = {};  // password_stamp(); the session is none any more where the password
                              // is another one

  bool operator==(const Session&) const = default;
};

// How often somebody has failed to sign in since he last did.
struct FailedSignIns {
  std::int64_t failures = 0;
  std::int64_t microseconds_ago = 0;  // the last one, by the clock of the store

  bool operator==(const FailedSignIns&) const = default;
};

// A session with whose it is.
struct OpenSession {
  Session session;
  Person person;

  bool operator==(const OpenSession&) const = default;
};

struct Office {
  std::vector<Organisation> organisations;
  std::vector<Person> people;
};

// Organisations, people, posts, accounts and sessions. Thread-safe. Errors as Store.
class Directory {
 public:
  virtual ~Directory() = default;

  // Adds what is new and replaces what is there under the same id, as one transaction.
  [[nodiscard]] virtual Result<void> put_office(const Office& office) = 0;
  [[nodiscard]] virtual Result<std::vector<Organisation>> organisations() = 0;
  [[nodiscard]] virtual Result<std::optional<Person>> person(const PersonId& id) = 0;
  [[nodiscard]] virtual Result<std::vector<Person>> people() = 0;

  // The encoded password hash, if the person has one. It outlives put_office. Setting one ends all
  // his sessions. Setting one, and opening a session, for a person who is not there: kNotFound.
  [[nodiscard]] virtual Result<std::optional<std::string>> password_hash(const PersonId& id) = 0;
  [[nodiscard]] virtual Result<void> set_password_hash(const PersonId& id,
                                                       const std::string& encoded) = 0;

  // Puts `next` in the place of the hash `present`; false where another stands there. All sessions
  // of the person end but the one to keep, as one transaction.
  [[nodiscard]] virtual Result<bool> change_password(const PersonId& id, const std::string& present,
                                                     const std::string& next,
                                                     const std::string& kept_session) = 0;

  [[nodiscard]] virtual Result<void> open_session(const Session& session) = 0;
  // Every request asks for it: one question to the database, of one moment.
  [[nodiscard]] virtual Result<std::optional<OpenSession>> session(
      const std::string& token_digest) = 0;
  // Those of a person that end after `now`, the last to end first, at most `most`.
  [[nodiscard]] virtual Result<std::vector<Session>> sessions_of(const PersonId& id, Instant now,
                                                                 std::size_t most) = 0;
  [[nodiscard]] virtual Result<void> close_session(const std::string& token_digest) = 0;
  // Closes it where it is this person's; whether it was.
  [[nodiscard]] virtual Result<bool> close_session_of(const PersonId& id,
                                                      const std::string& token_digest) = 0;
  // Forgets sessions that ended before `now`, at most `most`; says how many.
  [[nodiscard]] virtual Result<std::size_t> drop_expired_sessions(Instant now,
                                                                  std::size_t most) = 0;

  // `account` is what was typed, or a digest of it: nobody asks whether there is such a person.
  [[nodiscard]] virtual Result<FailedSignIns> failed_sign_ins(const std::string& account) = 0;
  // One more, where there are `before` now; false where there are not: somebody was faster.
  [[nodiscard]] virtual Result<bool> add_failed_sign_in(const std::string& account,
                                                        std::int64_t before) = 0;
  [[nodiscard]] virtual Result<void> forget_failed_sign_ins(const std::string& account) = 0;
  // Forgets accounts whose last failure is before `before`, at most `most`; says how many.
  [[nodiscard]] virtual Result<std::size_t> drop_failed_sign_ins(Instant before,
                                                                 std::size_t most) = 0;
};

}  // namespace mingjian
