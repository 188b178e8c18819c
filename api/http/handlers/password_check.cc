#include "api/http/handlers/password_check.h"

#include <chrono>
#include <utility>

#include "engine/access/sign_in_delay.h"
#include "engine/base/digest.h"

namespace mingjian::http {
namespace {

constexpr auto kLongestWait = std::chrono::seconds(3);

// What was typed may be anything, and long: what is kept of it is a digest.
std::string account_of(const PersonId& person) { return sha256_hex(person.value()); }

Problem too_many_failures(const OfficeServices& office, std::chrono::microseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait);
  const std::int64_t after = std::chrono::microseconds(seconds).count();
  const std::string count = std::to_string(seconds.count());
  return too_many_problem({"登录失败次数过多", "too many failures to sign in"},
                          {"请在 " + count + " 秒后再试", "try again in " + count + " seconds"},
                          seconds.count())
      .with_member("retry_at", to_rfc3339({office.clock.now().microseconds + after}));
}

// Counts a try as a failure before it is made, so that many at once, at whichever process, are
// counted each; who succeeds starts anew. Somebody who is not there is treated as somebody who is.
Checked<void> count_try(const OfficeServices& office, const std::string& account) {
  constexpr int kMostRaces = 5;
  for (int race = 0; race < kMostRaces; ++race) {
    const auto failed_before = office.directory.failed_sign_ins(account);
    if (!failed_before) return failed(office, failed_before.error());
    const std::chrono::microseconds wait =
        sign_in_delay(failed_before->failures) -
        std::chrono::microseconds(failed_before->microseconds_ago);
    if (wait.count() > 0) return tl::unexpected<Problem>(too_many_failures(office, wait));
    const auto added = office.directory.add_failed_sign_in(account, failed_before->failures);
    if (!added) return failed(office, added.error());
    if (*added) return {};
  }
  return tl::unexpected<Problem>(too_many_failures(office, std::chrono::seconds(1)));
}

// Somebody who is not there costs the same time as somebody who is.
bool password_is_right(const OfficeServices& office, const std::optional<std::string>& encoded,
                       const std::string& password) {
  static const std::string kNobody = office.passwords.hash("nobody has this password").value_or("");
  const bool matches = office.passwords.matches(password, encoded.value_or(kNobody));
  return matches && encoded.has_value();
}

}  // namespace

Checked<PasswordCheck::Slot> PasswordCheck::take_slot() const {
  if (slots_->try_acquire_for(kLongestWait)) return Slot(slots_.get());
  return tl::unexpected<Problem>(unavailable_problem(
      {"登录的人太多，请稍后再试", "too many people are signing in; try again"}, 5));
}

Checked<std::optional<std::string>> PasswordCheck::matched(const PersonId& person,
                                                           const std::string& password) const {
  const auto slot = take_slot();
  if (!slot) return tl::unexpected<Problem>(slot.error());
  auto counted = count_try(office_, account_of(person));
  if (!counted) return tl::unexpected<Problem>(std::move(counted.error()));
  auto encoded = office_.directory.password_hash(person);
  if (!encoded) return failed(office_, encoded.error());
  return password_is_right(office_, *encoded, password) ? *encoded : std::nullopt;
}

Checked<std::string> PasswordCheck::hash(const std::string& password) const {
  const auto slot = take_slot();
  if (!slot) return tl::unexpected<Problem>(slot.error());
  auto encoded = office_.passwords.hash(password);
  if (!encoded) return failed(office_, encoded.error());
  return *encoded;
}

Checked<void> PasswordCheck::forget_failures(const PersonId& person) const {
  auto forgotten = office_.directory.forget_failed_sign_ins(account_of(person));
  if (!forgotten) return failed(office_, forgotten.error());
  return {};
}

}  // namespace mingjian::http
