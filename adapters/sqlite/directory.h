#pragma once

#include "adapters/sqlite/readers.h"
#include "adapters/sqlite/writer.h"
#include "engine/ports/directory.h"

namespace mingjian::sqlite {

// People, organisations and sessions in SQLite. `writer` and `readers` must outlive it.
// Thread-safe.
class SqliteDirectory : public Directory {
 public:
  SqliteDirectory(Writer& writer, Readers& readers) : writer_(writer), readers_(readers) {}

  Result<void> put_office(const Office& office) override;
  Result<std::vector<Organisation>> organisations() override;
  Result<std::optional<Person>> person(const PersonId& id) override;
  Result<std::vector<Person>> people() override;
  Result<std::optional<std::string>> password_hash(const PersonId& id) override;
  Result<void> set_password_hash(const PersonId& id, const std::string& encoded) override;
  Result<bool> change_password(const PersonId& id, const std::string& present,
                               const std::string& next, const std::string& kept_session) override;
  Result<void> open_session(const Session& session) override;
  Result<std::optional<OpenSession>> session(const std::string& token_digest) override;
  Result<std::vector<Session>> sessions_of(const PersonId& id, Instant now,
                                           std::size_t most) override;
  Result<void> close_session(const std::string& token_digest) override;
  Result<bool> close_session_of(const PersonId& id, const std::string& token_digest) override;
  Result<std::size_t> drop_expired_sessions(Instant now, std::size_t most) override;
  Result<FailedSignIns> failed_sign_ins(const std::string& account) override;
  Result<bool> add_failed_sign_in(const std::string& account, std::int64_t before) override;
  Result<void> forget_failed_sign_ins(const std::string& account) override;
  Result<std::size_t> drop_failed_sign_ins(Instant before, std::size_t most) override;

 private:
  Writer& writer_;
  Readers& readers_;
};

}  // namespace mingjian::sqlite
