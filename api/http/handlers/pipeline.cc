#include "api/http/handlers/pipeline.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <nlohmann/json.hpp>

#include "api/http/handlers/views.h"
#include "api/http/octets.h"
#include "engine/base/digest.h"

namespace mingjian::http {
namespace {

tl::unexpected<Problem> refuse(Problem problem) {
  return tl::unexpected<Problem>(std::move(problem));
}

Problem not_signed_in() {
  return Problem(401, problem_type("unauthenticated"), {"请先登录", "sign in first"},
                 {"请求应携带 Authorization: Bearer 令牌；令牌由 POST /api/v1/sessions 取得",
                  "send Authorization: Bearer with a token from POST /api/v1/sessions"})
      .with_header("WWW-Authenticate", "Bearer");
}

bool is_of_kind(const Json& value, FieldKind kind) {
  switch (kind) {
    case FieldKind::kText:
      return value.is_string();
    case FieldKind::kInteger:
      return value.is_number_integer();
    case FieldKind::kObject:
      return value.is_object();
    case FieldKind::kAny:
      return true;
  }
  return false;
}

Text kind_wanted(FieldKind kind) {
  switch (kind) {
    case FieldKind::kText:
      return {"应为字符串", "expected a string"};
    case FieldKind::kInteger:
      return {"应为整数", "expected an integer"};
    default:
      return {"应为对象", "expected an object"};
  }
}

// With parameters or without (RFC 9110, 8.3.1): JSON knows none, and is UTF-8 in any case.
bool is_json(std::string_view content_type) {
  const auto type = trim_blanks(content_type.substr(0, content_type.find(';')));
  return equals_ignoring_case(type, "application/json");
}

Problem not_json(std::string_view content_type) {
  constexpr std::size_t kShown = 100;
  const std::string got(content_type.substr(0, kShown));
  return {415,
          problem_type("unsupported-media-type"),
          {"请求体应为 JSON", "the body must be JSON"},
          {"请求应带 Content-Type: application/json；收到的是 " + (got.empty() ? "空" : got),
           "send Content-Type: application/json; got " + (got.empty() ? "none" : got)}};
}

constexpr int kUnprocessable = 422;

int status_of(const std::vector<Obstacle>& obstacles) {
  const auto any = [&](std::initializer_list<ObstacleKind> kinds) {
    return std::any_of(obstacles.begin(), obstacles.end(), [&](const Obstacle& obstacle) {
      return std::find(kinds.begin(), kinds.end(), obstacle.kind) != kinds.end();
    });
  };
  using enum ObstacleKind;
  if (any({kRole, kSeparation, kRecusal, kSecrecy})) return 403;
  if (any({kForm})) return kUnprocessable;
  return 409;
}

// One entity-tag (RFC 9110, 8.8.3) that is strong, in its quotes.
bool is_entity_tag(std::string_view text) {
  return text.size() >= 2 && text.front() == '"' && text.find('"', 1) == text.size() - 1;
}

// A version that no case has: a tag that we never gave is a stale one.
constexpr Version kNoVersion = 0;

Version version_of(std::string_view tag) {
  Version version = kNoVersion;
  const char* const end = tag.data() + tag.size() - 1;
  const auto read = std::from_chars(tag.data() + 1, end, version);
  return read.ec == std::errc() && read.ptr == end ? version : kNoVersion;
}

Problem problem_of_obstacles(const OfficeServices& office, const std::vector<Obstacle>& obstacles) {
  const int status = status_of(obstacles);
  return Problem(status, problem_type("obstacles"),
                 status == kUnprocessable
                     ? Text{"填写的内容有误", "what was filled in is not as asked"}
                     : Text{"现在不能办理", "this is not possible now"},
                 obstacles.empty() ? Text{} : obstacles.front().message)
      .with_member("obstacles", obstacles_json(obstacles, office.cases.catalogue().known().rules));
}

// Tokens of sessions are one word; those of an authority outside have a header, a payload and a
// signature with points between.
bool is_from_outside(std::string_view token) { return token.find('.') != std::string_view::npos; }

// Somebody who may act, or nobody.
Checked<ActingPerson> somebody(const OfficeServices& office,
                               Result<std::optional<ActingPerson>> found) {
  if (!found) return refuse(problem_of_error(office, found.error()));
  if (!*found) return refuse(not_signed_in());
  return std::move(**found);
}

// Who the authority says it is, if he may sign in here.
Checked<ActingPerson> holder_of_outside_token(const OfficeServices& office,
                                              std::string_view token) {
  if (office.tokens == nullptr) return refuse(not_signed_in());
  auto holder = office.tokens->holder(token, office.clock.now());
  if (!holder && holder.error().kind == ErrorKind::kUnauthenticated) {
    return refuse(Problem(401, problem_type("unauthenticated"), {"请先登录", "sign in first"},
                          holder.error().message)
                      .with_header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
  }
  if (!holder) return refuse(problem_of_error(office, holder.error()));
  return somebody(office, office.people.find(*holder));
}

}  // namespace

Checked<ActingPerson> holder_of(const OfficeServices& office, std::string_view token) {
  if (is_from_outside(token)) return holder_of_outside_token(office, token);
  return somebody(office, office.people.signed_in(sha256_hex(token)));
}

std::string_view bearer_token(const Request& request) {
  static constexpr std::string_view kScheme = "Bearer ";
  const std::string_view value = request.header("Authorization");
  return value.starts_with(kScheme) ? value.substr(kScheme.size()) : std::string_view();
}

Checked<ActingPerson> signed_in(const OfficeServices& office, const Request& request) {
  const std::string_view token = bearer_token(request);
  if (token.empty()) return refuse(not_signed_in());
  return holder_of(office, token);
}

Problem bad_input() {
  return Problem(400, problem_type("invalid-input"), {"输入有误", "the input is not valid"});
}

Checked<void> require_json(const Request& request) {
  const std::string_view type = request.header("Content-Type");
  if (is_json(type) || (type.empty() && request.body.empty())) return {};
  return refuse(not_json(type));
}

Checked<Json> read_body(const Request& request, std::span<const Field> fields) {
  auto json = require_json(request);
  if (!json) return refuse(std::move(json.error()));
  auto body = request.body.empty() ? Result<Json>(Json::object()) : parse_json(request.body);
  if (!body) return refuse(bad_input().with_error(body.error().pointer, body.error().message));
  if (!body->is_object())
    return refuse(bad_input().with_error("", {"应为 JSON 对象", "expected a JSON object"}));
  Problem problem = bad_input();
  bool faulty = false;
  for (const auto& [name, value] : body->items()) {
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return name == f.name; });
    if (field == fields.end()) {
      problem.with_error(pointer_part(name), {"没有这个项目", "no such field"});
    } else if (!is_of_kind(value, field->kind)) {
      problem.with_error(pointer_part(name), kind_wanted(field->kind));
    } else {
      continue;
    }
    faulty = true;
  }
  for (const Field& field : fields) {
    if (!field.required || body->contains(field.name)) continue;
    problem.with_error(pointer_part(field.name), {"缺少必填项", "required and missing"});
    faulty = true;
  }
  if (faulty) return refuse(std::move(problem));
  return std::move(*body);
}

Checked<Version> expected_version(const Request& request) {
  const std::string_view value = request.header("If-Match");
  // "*" stands for any version, and so does not say which one was seen.
  if (value.empty() || value == "*") {
    return refuse(Problem(428, problem_type("version-required"),
                          {"请写明所见的案件版本", "say which version of the case you saw"},
                          {"请求应携带 If-Match，取自读取案件时的 ETag",
                           "send If-Match with the ETag of the case you read"}));
  }
  const bool weak = value.starts_with("W/");
  const auto tag = value.substr(weak ? 2 : 0);
  if (!is_entity_tag(tag)) {
    return refuse(Problem(400, problem_type("invalid-input"),
                          {"If-Match 无法读取", "If-Match cannot be read"},
                          {"应为案件的 ETag，例如 \"3\"（连同引号）",
                           "expected the ETag of the case, e.g. \"3\" with its quotes"}));
  }
  return weak ? kNoVersion : version_of(tag);
}

Checked<std::string> idempotency_key(const Request& request) {
  const std::string_view key = request.header("Idempotency-Key");
  const bool readable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7F && c != '%'; });
  if (!key.empty() && key.size() <= 128 && readable) return std::string(key);
  return refuse(Problem(400, problem_type("idempotency-key-required"),
                        {"缺少 Idempotency-Key", "an Idempotency-Key is needed"},
                        {"每次写入都应携带自选的 Idempotency-Key（1 至 128 个可见 ASCII 字符，不含 "
                         "%）；重发时用同一个，就不会办两次",
                         "every write carries an Idempotency-Key of your choice (1 to 128 visible "
                         "ASCII characters, no %); "
                         "repeat it when you send again, and nothing is done twice"}));
}

std::string fingerprint(const Request& request) {
  std::string whole = request.method + "\n" + request.raw_path + "\n";
  for (const auto& [name, value] : request.query) whole += name + "=" + value + "\n";
  whole += request.header("If-Match");
  whole += "\n" + request.body;
  return sha256_hex(whole);
}

Language language_of(const Request& request) {
  return choose_language(request.header("Accept-Language"));
}

std::string etag_of(Version version) { return "\"" + std::to_string(version) + "\""; }

Problem problem_of_error(const OfficeServices& office, const Error& error) {
  const std::string incident = office.ids.uuid(office.clock.now());
  Problem problem = problem_of(error, incident);
  if (problem.status() >= 500) office.report(incident, error.message.en);
  return problem;
}

Problem problem_of_rejection(const OfficeServices& office, const Rejection& rejection) {
  if (const auto* error = std::get_if<Error>(&rejection)) return problem_of_error(office, *error);
  if (const auto* stale = std::get_if<Stale>(&rejection)) {
    const auto version = std::to_string(stale->current);
    return Problem(412, problem_type("stale-version"), {"案件已经变化", "the case has changed"},
                   {"案件现为第 " + version + " 版；请重新读取后再办理，本次没有任何改动",
                    "the case is at version " + version +
                        " now; read it again and decide again. Nothing was changed"})
        .with_member("version", stale->current)
        .with_header("ETag", etag_of(stale->current));
  }
  if (const auto* obstacles = std::get_if<std::vector<Obstacle>>(&rejection))
    return problem_of_obstacles(office, *obstacles);
  return Problem(
      422, problem_type("idempotency-key-reused"),
      {"Idempotency-Key 已用于另一请求", "the Idempotency-Key was used for another request"},
      {"请换一个新的 Idempotency-Key", "choose a new Idempotency-Key"});
}

tl::unexpected<Problem> failed(const OfficeServices& office, const Error& error) {
  return tl::unexpected<Problem>(problem_of_error(office, error));
}

tl::unexpected<Problem> failed(const OfficeServices& office, const Rejection& rejection) {
  return tl::unexpected<Problem>(problem_of_rejection(office, rejection));
}

CaseId case_of(const Request& request) { return CaseId(request.parameter("id")); }

Response json_response(int status, const Json& body) {
  return {.status = status, .headers = {}, .content_type = "application/json", .body = body.dump()};
}

Handler open_to_all(OpenHandler handler) {
  return [handler = std::move(handler)](const Request& request) {
    auto answer = handler(request);
    Response response = answer ? std::move(*answer) : answer.error().response(language_of(request));
    // What one person may read is not to be kept for the next.
    if (find_header(response.headers, "Cache-Control").empty())
      response.headers.emplace_back("Cache-Control", "no-store");
    return response;
  };
}

Handler personal(const OfficeServices& office, PersonalHandler handler) {
  return open_to_all(
      [&office, handler = std::move(handler)](const Request& request) -> Checked<Response> {
        auto person = signed_in(office, request);
        if (!person) return refuse(std::move(person.error()));
        return handler(request, *person);
      });
}

Checked<Response> carry_out(const OfficeServices& office, const Request& request, Order order,
                            int status) {
  auto key = idempotency_key(request);
  if (!key) return refuse(std::move(key.error()));
  order.idempotency_key = std::move(*key);
  order.fingerprint = fingerprint(request);
  auto answer = office.cases.execute(order);
  if (!answer) return refuse(problem_of_rejection(office, answer.error()));
  Response response{
      .status = status, .headers = {}, .content_type = "application/json", .body = answer->json};
  response.headers.emplace_back("ETag", etag_of(answer->version));
  if (status == 201)
    response.headers.emplace_back("Location", "/api/v1/cases/" + answer->case_id.value());
  if (answer->repeated) response.headers.emplace_back("Idempotent-Replayed", "true");
  return response;
}

}  // namespace mingjian::http
