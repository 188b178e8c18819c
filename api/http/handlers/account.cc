#include <nlohmann/json.hpp>

#include "api/http/handlers/password_check.h"
#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"
#include "api/http/handlers/views.h"
#include "engine/access/password_rule.h"
#include "engine/access/role.h"
#include "engine/base/digest.h"

namespace mingjian::http {
namespace {

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

Problem wrong_password() {
  return {403, problem_type("wrong-password"), {"现有口令不对", "the present password is wrong"}};
}

// Ends all other sessions: whoever had the old password, or a session by it, is out.
Checked<Response> change_password(const OfficeServices& office, const PasswordCheck& check,
                                  const Request& request, const ActingPerson& person) {
  auto body =
      read_body(request, {{"present", FieldKind::kText, true}, {"next", FieldKind::kText, true}});
  if (!body) return tl::unexpected<Problem>(std::move(body.error()));
  const std::string present = (*body)["present"];
  const std::string next = (*body)["next"];
  auto fault = password_fault(next, person.id());
  if (!fault && next == present)
    fault = Text{"新口令应与现有口令不同", "the next password must be another one"};
  if (fault) return tl::unexpected<Problem>(bad_input().with_error("/next", *fault));
  const auto encoded = check.matched(person.id(), present);
  if (!encoded) return tl::unexpected<Problem>(encoded.error());
  if (!*encoded) return tl::unexpected<Problem>(wrong_password());
  auto forgotten = check.forget_failures(person.id());
  if (!forgotten) return tl::unexpected<Problem>(std::move(forgotten.error()));
  const auto hash = check.hash(next);
  if (!hash) return tl::unexpected<Problem>(hash.error());
  auto changed = office.directory.change_password(person.id(), **encoded, *hash,
                                                  sha256_hex(bearer_token(request)));
  if (!changed) return failed(office, changed.error());
  if (!*changed) return tl::unexpected<Problem>(wrong_password());  // it was changed meanwhile
  return Response{.status = 204};
}

}  // namespace

void add_account_routes(Router& router, const OfficeServices& office) {
  const PasswordCheck check(office);
  router.add({"GET", "/api/v1/me", "read_me",
              personal(office, [](const Request&, const ActingPerson& person) {
                return show_me(person);
              })});
  router.add(
      {"PUT", "/api/v1/me/password", "change_password",
       personal(office, [&office, check](const Request& request, const ActingPerson& person) {
         return change_password(office, check, request, person);
       })});
}

}  // namespace mingjian::http
