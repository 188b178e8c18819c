#include "engine/service/people.h"

#include <utility>

namespace mingjian {
namespace {

constexpr std::int64_t kTreeLifeMicroseconds = 1'000'000;

}  // namespace

Result<std::shared_ptr<const OrganisationTree>> People::tree() {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    const auto age = now.microseconds - read_at_.microseconds;
    if (tree_ && age >= 0 && age < kTreeLifeMicroseconds) return tree_;
  }
  auto organisations = directory_.organisations();
  if (!organisations) return tl::unexpected<Error>(organisations.error());
  auto fresh = std::make_shared<const OrganisationTree>(std::move(*organisations));
  const std::lock_guard lock(mutex_);
  tree_ = fresh;
  read_at_ = now;
  return fresh;
}

Result<std::optional<ActingPerson>> People::signed_in(const std::string& token_digest) {
  auto found = directory_.session(token_digest);
  if (!found) return tl::unexpected<Error>(found.error());
  if (!*found || (*found)->session.expires_at <= clock_.now()) return std::nullopt;
  return as_acting(std::move((*found)->person));
}

Result<std::optional<ActingPerson>> People::find(const PersonId& id) {
  auto person = directory_.person(id);
  if (!person) return tl::unexpected<Error>(person.error());
  if (!*person) return std::nullopt;
  return as_acting(std::move(**person));
}

Result<ActingPerson> People::acting(const PersonId& id) {
  auto person = find(id);
  if (!person) return tl::unexpected<Error>(person.error());
  if (!*person)
    return fail(ErrorKind::kUnauthenticated, {"没有这个账号", "there is no such account"});
  return std::move(**person);
}

Result<std::optional<ActingPerson>> People::as_acting(Person person) {
  if (!person.active) return std::nullopt;
  auto organisations = tree();
  if (!organisations) return tl::unexpected<Error>(organisations.error());
  Actor actor(person, **organisations, clock_.now());
  return ActingPerson{std::move(person), std::move(*organisations), std::move(actor)};
}

}  // namespace mingjian
