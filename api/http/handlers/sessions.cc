#include <chrono>
#include <memory>
#include <semaphore>

#include <nlohmann/json.hpp>

#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"
#include "api/http/handlers/views.h"
#include "engine/access/role.h"
#include "engine/access/sign_in_delay.h"
#include "engine/base/digest.h"

namespace mingjian::http {
namespace {

constexpr std::int64_t kSessionMicroseconds = 8LL * 3600 * 1'000'000;
constexpr int kHashesAtOnce = 2;
constexpr auto kLongestWait = std::chrono::seconds(3);

// Whether the password is right. Somebody who is not there costs the same time as somebody who is.
bool password_is_right(const OfficeServices& office, const std::optional<std::string>& encoded,
                       const std::string& password) {
  static const std::string kNobody = office.passwords.hash("nobody has this password").value_or("");
  const bool matches = office.passwords.matches(password, encoded.value_or(kNobody));
  return matches && encoded.has_value();
}

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

Problem wrong_sign_in() {
  return Problem(401, problem_type("sign-in-failed"),
                 {"账号或者口令不对", "the account or the password is wrong"})
      .with_header("WWW-Authenticate", "Bearer");
}

Checked<Response> open_session(const OfficeServices& office, const PersonId& person) {
  const Instant now = office.clock.now();
  const std::string token = office.ids.token();
  const Instant end{now.microseconds + kSessionMicroseconds};
  auto opened = office.directory.open_session({sha256_hex(token), person, end});
  if (!opened) return failed(office, opened.error());
  return json_response(
      201, {{"token", token}, {"person", person.value()}, {"expires_at", to_rfc3339(end)}});
}

// Hashing is slow on purpose, so only a few run at once and the rest wait a moment.
class SignIn {
 public:
  explicit SignIn(const OfficeServices& office) : office_(office) {}

  Checked<Response> operator()(const Request& request) const {
    auto body = read_body(
        request, {{"person", FieldKind::kText, true}, {"password", FieldKind::kText, true}});
    if (!body) return tl::unexpected<Problem>(std::move(body.error()));
    const PersonId person((*body)["person"].get<std::string>());
    if (!slots_->try_acquire_for(kLongestWait)) {
      return tl::unexpected<Problem>(unavailable_problem(
          {"登录的人太多，请稍后再试", "too many people are signing in; try again"}, 5));
    }
    const auto right = judge(person, (*body)["password"].get<std::string>());
    slots_->release();
    if (!right) return tl::unexpected<Problem>(right.error());
    auto account = office_.people.find(person);
    if (!account) return failed(office_, account.error());
    if (!*right || !*account) return tl::unexpected<Problem>(wrong_sign_in());
    auto forgotten = office_.directory.forget_failed_sign_ins(account_of(person));
    if (!forgotten) return failed(office_, forgotten.error());
    return open_session(office_, person);
  }

 private:
  // Whether the password is right, where it may be tried.
  Checked<bool> judge(const PersonId& person, const std::string& password) const {
    auto counted = count_try(office_, account_of(person));
    if (!counted) return tl::unexpected<Problem>(std::move(counted.error()));
    auto encoded = office_.directory.password_hash(person);
    if (!encoded) return failed(office_, encoded.error());
    return password_is_right(office_, *encoded, password);
  }

  const OfficeServices& office_;
  std::shared_ptr<std::counting_semaphore<kHashesAtOnce>> slots_ =
      std::make_shared<std::counting_semaphore<kHashesAtOnce>>(kHashesAtOnce);
};

Checked<Response> sign_out(const OfficeServices& office, const Request& request) {
  const std::string_view value = request.header("Authorization");
  auto closed = office.directory.close_session(sha256_hex(value.substr(value.find(' ') + 1)));
  if (!closed) return failed(office, closed.error());
  return Response{.status = 204, .headers = {}, .content_type = {}, .body = {}};
}

Checked<Response> show_me(const ActingPerson& person) {
  Json posts = Json::array();
  for (const Post& post : person.actor.posts()) {
    const Organisation* organisation = person.tree->find(post.organisation);
    posts.push_back(
        {{"organisation", post.organisation.value()},
         {"organisation_name", organisation == nullptr ? Json() : text_json(organisation->name)},
         {"role", post.role.value()},
         {"role_title", text_json(role::title(post.role))}});
  }
  return json_response(200, {{"id", person.id().value()},
                             {"name", text_json(person.person.name)},
                             {"posts", std::move(posts)}});
}

}  // namespace

void add_session_routes(Router& router, const OfficeServices& office) {
  router.add({"POST", "/api/v1/sessions", "sign_in", open_to_all(SignIn(office))});
  router.add({"DELETE", "/api/v1/sessions/current", "sign_out",
              personal(office, [&office](const Request& request, const ActingPerson&) {
                return sign_out(office, request);
              })});
  router.add({"GET", "/api/v1/me", "read_me",
              personal(office, [](const Request&, const ActingPerson& person) {
                return show_me(person);
              })});
}

}  // namespace mingjian::http
