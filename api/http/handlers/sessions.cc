#include <nlohmann/json.hpp>

#include "api/http/handlers/password_check.h"
#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"
#include "api/http/handlers/views.h"
#include "engine/base/digest.h"

namespace mingjian::http {
namespace {

constexpr std::int64_t kSessionMicroseconds = 8LL * 3600 * 1'000'000;
constexpr std::size_t kMostListed = 100;

Problem wrong_sign_in() {
  return Problem(401, problem_type("sign-in-failed"),
                 {"账号或者口令不对", "the account or the password is wrong"})
      .with_header("WWW-Authenticate", "Bearer");
}

Checked<Response> sign_in(const OfficeServices& office, const PasswordCheck& check,
                          const Request& request) {
  auto body = read_body(request,
                        {{"person", FieldKind::kText, true}, {"password", FieldKind::kText, true}});
  if (!body) return tl::unexpected<Problem>(std::move(body.error()));
  const PersonId person((*body)["person"].get<std::string>());
  const auto encoded = check.matched(person, (*body)["password"].get<std::string>());
  if (!encoded) return tl::unexpected<Problem>(encoded.error());
  auto account = office.people.find(person);
  if (!account) return failed(office, account.error());
  if (!*encoded || !*account) return tl::unexpected<Problem>(wrong_sign_in());
  auto forgotten = check.forget_failures(person);
  if (!forgotten) return tl::unexpected<Problem>(std::move(forgotten.error()));
  const std::string token = office.ids.token();
  // Where the password was changed since it was checked, this session is none.
  const Session session{sha256_hex(token),
                        person,
                        {office.clock.now().microseconds + kSessionMicroseconds},
                        password_stamp(*encoded)};
  auto opened = office.directory.open_session(session);
  if (!opened) return failed(office, opened.error());
  return json_response(201, {{"token", token},
                             {"person", person.value()},
                             {"expires_at", to_rfc3339(session.expires_at)}});
}

// Sessions are known to their people by the digest of the token, from which nobody gets the token.
std::string present_session(const Request& request) { return sha256_hex(bearer_token(request)); }

Checked<Response> sign_out(const OfficeServices& office, const Request& request) {
  auto closed = office.directory.close_session(present_session(request));
  if (!closed) return failed(office, closed.error());
  return Response{.status = 204};
}

Checked<Response> list_sessions(const OfficeServices& office, const Request& request,
                                const ActingPerson& person) {
  auto sessions = office.directory.sessions_of(person.id(), office.clock.now(), kMostListed);
  if (!sessions) return failed(office, sessions.error());
  const std::string present = present_session(request);
  Json items = Json::array();
  for (const Session& session : *sessions) {
    items.push_back(
        {{"id", session.token_digest},
         {"opened_at", to_rfc3339({session.expires_at.microseconds - kSessionMicroseconds})},
         {"expires_at", to_rfc3339(session.expires_at)},
         {"current", session.token_digest == present}});
  }
  return json_response(200, {{"items", std::move(items)}});
}

Checked<Response> close_session(const OfficeServices& office, const Request& request,
                                const ActingPerson& person) {
  auto closed = office.directory.close_session_of(person.id(), request.parameter("id"));
  if (!closed) return failed(office, closed.error());
  if (!*closed) {
    return tl::unexpected<Problem>(
        Problem(404, problem_type("not-found"), {"没有这个会话", "you have no such session"}));
  }
  return Response{.status = 204};
}

}  // namespace

void add_session_routes(Router& router, const OfficeServices& office) {
  const PasswordCheck check(office);
  router.add(
      {"POST", "/api/v1/sessions", "sign_in", open_to_all([&office, check](const Request& request) {
         return sign_in(office, check, request);
       })});
  router.add({"GET", "/api/v1/sessions", "list_sessions",
              personal(office, [&office](const Request& request, const ActingPerson& person) {
                return list_sessions(office, request, person);
              })});
  router.add({"DELETE", "/api/v1/sessions/current", "sign_out",
              personal(office, [&office](const Request& request, const ActingPerson&) {
                return sign_out(office, request);
              })});
  router.add({"DELETE", "/api/v1/sessions/{id}", "close_session",
              personal(office, [&office](const Request& request, const ActingPerson& person) {
                return close_session(office, request, person);
              })});
}

}  // namespace mingjian::http
