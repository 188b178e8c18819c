#include <memory>
#include <semaphore>

#include <nlohmann/json.hpp>

#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"
#include "api/http/handlers/views.h"
#include "engine/access/role.h"
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

Problem wrong_sign_in() {
  return Problem(401, problem_type("sign-in-failed"),
                 {"账号或者口令不对", "the account or the password is wrong"})
      .with_header("WWW-Authenticate", "Bearer");
}

Checked<Response> open_session(const OfficeServices& office, const PersonId& person) {
  const Instant now = office.clock.now();
  const std::string token = office.ids.token();
  const Instant end{now.microseconds + kSessionMicroseconds};
  auto dropped = office.directory.drop_expired_sessions(now);
  if (!dropped) return failed(office, dropped.error());
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
    auto encoded = office_.directory.password_hash(person);
    if (!encoded) return failed(office_, encoded.error());
    if (!slots_->try_acquire_for(kLongestWait)) {
      return tl::unexpected<Problem>(unavailable_problem(
          {"登录的人太多，请稍后再试", "too many people are signing in; try again"}, 5));
    }
    const bool right = password_is_right(office_, *encoded, (*body)["password"].get<std::string>());
    slots_->release();
    auto account = office_.people.find(person);
    if (!account) return failed(office_, account.error());
    if (!right || !*account) return tl::unexpected<Problem>(wrong_sign_in());
    return open_session(office_, person);
  }

 private:
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

Checked<Response> show_me(const OfficeServices& office, const PersonId& person) {
  auto found = office.people.find(person);
  if (!found) return failed(office, found.error());
  if (!*found) return tl::unexpected<Problem>(wrong_sign_in());
  Json posts = Json::array();
  for (const Post& post : (*found)->actor.posts()) {
    const Organisation* organisation = (*found)->tree->find(post.organisation);
    posts.push_back(
        {{"organisation", post.organisation.value()},
         {"organisation_name", organisation == nullptr ? Json() : text_json(organisation->name)},
         {"role", post.role.value()},
         {"role_title", text_json(role::title(post.role))}});
  }
  return json_response(200, {{"id", person.value()},
                             {"name", text_json((*found)->person.name)},
                             {"posts", std::move(posts)}});
}

}  // namespace

void add_session_routes(Router& router, const OfficeServices& office) {
  router.add({"POST", "/api/v1/sessions", "sign_in", open_to_all(SignIn(office))});
  router.add({"DELETE", "/api/v1/sessions/current", "sign_out",
              personal(office, [&office](const Request& request, const PersonId&) {
                return sign_out(office, request);
              })});
  router.add({"GET", "/api/v1/me", "read_me",
              personal(office, [&office](const Request&, const PersonId& person) {
                return show_me(office, person);
              })});
}

}  // namespace mingjian::http
