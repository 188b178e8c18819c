#include "adapters/memory/memory_directory.h"

#include <algorithm>
#include <chrono>

namespace mingjian {
namespace {

Instant system_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

tl::unexpected<Error> no_such_person(const PersonId& id) {
  return fail(ErrorKind::kNotFound, {"没有这个人：" + id.value(), "no such person: " + id.value()});
}

template <class Map>
std::optional<typename Map::mapped_type> found_in(const Map& map,
                                                  const typename Map::key_type& key) {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

template <class Map>
std::vector<typename Map::mapped_type> values_of(const Map& map) {
  std::vector<typename Map::mapped_type> values;
  for (const auto& [key, value] : map) values.push_back(value);
  return values;
}

}  // namespace

Result<void> MemoryDirectory::put_office(const Office& office) {
  const std::lock_guard lock(mutex_);
  for (const Organisation& each : office.organisations) organisations_[each.id] = each;
  for (const Person& each : office.people) people_[each.id] = each;
  return {};
}

Result<std::vector<Organisation>> MemoryDirectory::organisations() {
  const std::lock_guard lock(mutex_);
  return values_of(organisations_);
}

Result<std::optional<Person>> MemoryDirectory::person(const PersonId& id) {
  const std::lock_guard lock(mutex_);
  return found_in(people_, id);
}

Result<std::vector<Person>> MemoryDirectory::people() {
  const std::lock_guard lock(mutex_);
  return values_of(people_);
}

Result<std::optional<std::string>> MemoryDirectory::password_hash(const PersonId& id) {
  const std::lock_guard lock(mutex_);
  return found_in(password_hashes_, id);
}

Result<void> MemoryDirectory::set_password_hash(const PersonId& id, const std::string& encoded) {
  const std::lock_guard lock(mutex_);
  if (!people_.contains(id)) return no_such_person(id);
  password_hashes_[id] = encoded;
  return {};
}

Result<bool> MemoryDirectory::change_password(const PersonId& id, const std::string& present,
                                              const std::string& next,
                                              const std::string& kept_session) {
  const std::lock_guard lock(mutex_);
  const auto found = password_hashes_.find(id);
  if (found == password_hashes_.end() || found->second != present) return false;
  found->second = next;
  std::erase_if(sessions_, [&](const auto& entry) {
    return entry.second.person == id && entry.first != kept_session;
  });
  const auto kept = sessions_.find(kept_session);
  if (kept != sessions_.end() && kept->second.person == id)
    kept->second.password = password_stamp(next);
  return true;
}

Result<void> MemoryDirectory::open_session(const Session& session) {
  const std::lock_guard lock(mutex_);
  if (!people_.contains(session.person)) return no_such_person(session.person);
  sessions_[session.token_digest] = session;
  return {};
}

// Requires the lock.
bool MemoryDirectory::is_current(const Session& session) const {
  return session.password == password_stamp(found_in(password_hashes_, session.person));
}

Result<std::optional<OpenSession>> MemoryDirectory::session(const std::string& token_digest) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(token_digest);
  if (found == sessions_.end() || !is_current(found->second)) return std::nullopt;
  return OpenSession{found->second, people_.at(found->second.person)};
}

Result<std::vector<Session>> MemoryDirectory::sessions_of(const PersonId& id, Instant now,
                                                          std::size_t most) {
  const std::lock_guard lock(mutex_);
  std::vector<Session> found;
  for (const auto& [digest, session] : sessions_) {
    if (session.person == id && session.expires_at > now && is_current(session))
      found.push_back(session);
  }
  std::stable_sort(found.begin(), found.end(), [](const Session& one, const Session& other) {
    return one.expires_at > other.expires_at;
  });
  found.resize(std::min(found.size(), most));
  return found;
}

Result<void> MemoryDirectory::close_session(const std::string& token_digest) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(token_digest);
  return {};
}

Result<bool> MemoryDirectory::close_session_of(const PersonId& id,
                                               const std::string& token_digest) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(token_digest);
  if (found == sessions_.end() || found->second.person != id) return false;
  sessions_.erase(found);
  return true;
}

Result<std::size_t> MemoryDirectory::drop_expired_sessions(Instant now, std::size_t most) {
  const std::lock_guard lock(mutex_);
  std::size_t dropped = 0;
  return std::erase_if(sessions_, [&](const auto& entry) {
    return entry.second.expires_at < now && dropped++ < most;
  });
}

Result<FailedSignIns> MemoryDirectory::failed_sign_ins(const std::string& account) {
  const std::lock_guard lock(mutex_);
  const auto found = failed_.find(account);
  if (found == failed_.end()) return FailedSignIns{};
  const Failed& failed = found->second;
  return FailedSignIns{failed.failures, system_now().microseconds - failed.last_at.microseconds};
}

Result<bool> MemoryDirectory::add_failed_sign_in(const std::string& account, std::int64_t before) {
  const std::lock_guard lock(mutex_);
  Failed& failed = failed_[account];
  if (failed.failures != before) return false;
  failed = {before + 1, system_now()};
  return true;
}

Result<void> MemoryDirectory::forget_failed_sign_ins(const std::string& account) {
  const std::lock_guard lock(mutex_);
  failed_.erase(account);
  return {};
}

Result<std::size_t> MemoryDirectory::drop_failed_sign_ins(Instant before, std::size_t most) {
  const std::lock_guard lock(mutex_);
  std::size_t dropped = 0;
  return std::erase_if(failed_, [&](const auto& entry) {
    return entry.second.last_at < before && dropped++ < most;
  });
}

}  // namespace mingjian
