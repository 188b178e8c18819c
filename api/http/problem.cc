#include "api/http/problem.h"

#include <nlohmann/json.hpp>

namespace mingjian::http {
namespace {

constexpr int kRetryAfterSeconds = 2;

// A JSON pointer as a URI fragment (RFC 6901, 6; RFC 3986, 3.5).
std::string fragment(std::string_view pointer) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text = "#";
  for (const char c : pointer) {
    if (kPlain.find(c) != std::string_view::npos) {
      text += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    text += {'%', kDigits[octet / 16], kDigits[octet % 16]};
  }
  return text;
}

Problem invalid_input(const Error& error) {
  return Problem(400, problem_type("invalid-input"), {"请求内容有误", "The request is not valid"},
                 error.message)
      .with_error(error.pointer, error.message);
}

Problem unauthenticated(const Error& error) {
  return Problem(401, problem_type("unauthenticated"), {"需要登录", "Sign in first"}, error.message)
      .with_header("WWW-Authenticate", "Bearer");
}

// Written or not: the client finds out by asking again under the same key, which is safe.
Problem outcome_unknown() {
  return Problem(503, problem_type("outcome-unknown"),
                 {"尚不清楚操作是否已完成", "It is not known whether this was done"},
                 {"请用同一个 Idempotency-Key 重发同一请求：已完成的不会重复办理。",
                  "Send the same request again with the same Idempotency-Key: what was done is not "
                  "done twice."})
      .with_header("Retry-After", std::to_string(kRetryAfterSeconds));
}

Problem storage_full() {
  return {507,
          problem_type("storage-full"),
          {"存储空间不足", "No room left to store this"},
          {"没有写入任何内容，请联系系统管理员。",
           "Nothing was written. Please tell the system administrator."}};
}

}  // namespace

Problem::Problem(int status, std::string type, Text title, Text detail)
    : status_(status),
      type_(std::move(type)),
      title_(std::move(title)),
      detail_(std::move(detail)) {}

Problem& Problem::with_member(const std::string& name, const Json& value) {
  Json members = members_ ? *members_ : Json::object();
  members[name] = value;
  members_ = std::make_shared<const Json>(std::move(members));
  return *this;
}

Problem& Problem::with_error(std::string_view pointer, Text detail) {
  errors_.emplace_back(fragment(pointer), std::move(detail));
  return *this;
}

Problem& Problem::with_header(std::string name, std::string value) {
  headers_.emplace_back(std::move(name), std::move(value));
  return *this;
}

Problem& Problem::with_incident(std::string_view incident) {
  instance_ = "urn:mingjian:incident:" + std::string(incident);
  return *this;
}

Response Problem::response(Language language) const {
  Json body = members_ ? *members_ : Json::object();
  body["type"] = type_;
  body["title"] = in_language(title_, language);
  body["status"] = status_;
  if (!detail_.zh.empty()) body["detail"] = in_language(detail_, language);
  if (!instance_.empty()) body["instance"] = instance_;
  for (const auto& [pointer, detail] : errors_) {
    body["errors"].push_back({{"pointer", pointer}, {"detail", in_language(detail, language)}});
  }
  Response response{status_, headers_, "application/problem+json", {}};
  response.headers.emplace_back("Content-Language", std::string(language_tag(language)));
  // Never throws for the sake of a bad octet: a problem must reach the client.
  response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return response;
}

std::string problem_type(std::string_view name) {
  return "urn:mingjian:problem:" + std::string(name);
}

Problem problem_of(const Error& error, std::string_view incident) {
  switch (error.kind) {
    case ErrorKind::kInvalidInput:
      return invalid_input(error);
    case ErrorKind::kNotFound:
      return {404, problem_type("not-found"), {"没有找到", "Not found"}, error.message};
    case ErrorKind::kUnauthenticated:
      return unauthenticated(error);
    case ErrorKind::kConflict:
      return {409,
              problem_type("conflict"),
              {"他人已先行修改", "Somebody else was faster"},
              error.message};
    case ErrorKind::kUnavailable:
      return unavailable_problem({"数据库暂时无法访问，请稍后再试。",
                                  "The database cannot be reached now. Please try again shortly."},
                                 kRetryAfterSeconds);
    case ErrorKind::kStorageFull:
      return storage_full();
    case ErrorKind::kOutcomeUnknown:
      return outcome_unknown();
    case ErrorKind::kCorrupt:
      break;
  }
  return internal_problem(incident);
}

Problem internal_problem(std::string_view incident) {
  const std::string name(incident);
  return Problem(500, problem_type("internal"),
                 {"系统内部出错", "Something went wrong on our side"},
                 {"请把编号 " + name + " 告诉系统管理员，以便查找原因。",
                  "Please give the number " + name +
                      " to the system administrator, who can look it up."})
      .with_incident(incident);
}

Problem too_many_problem(Text title, Text detail, std::int64_t retry_after) {
  return Problem(429, problem_type("too-many-requests"), std::move(title), std::move(detail))
      .with_header("Retry-After", std::to_string(retry_after));
}

Problem unavailable_problem(Text detail, int retry_after) {
  return Problem(503, problem_type("unavailable"), {"服务暂时不可用", "Unavailable for the moment"},
                 std::move(detail))
      .with_header("Retry-After", std::to_string(retry_after));
}

}  // namespace mingjian::http
