#pragma once

#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "api/http/handlers/office.h"
#include "api/http/message.h"
#include "api/http/problem.h"

// What every operation has in common: who asks, what he sent, and how a refusal looks.
namespace mingjian::http {

template <class Value>
using Checked = tl::expected<Value, Problem>;

// The token after "Bearer"; empty where there is none.
[[nodiscard]] std::string_view bearer_token(const Request& request);

// Who holds the token now. 401 where nobody does, or it has ended.
[[nodiscard]] Checked<ActingPerson> holder_of(const OfficeServices& office, std::string_view token);

// Who holds the token of the request. 401 also where there is none.
[[nodiscard]] Checked<ActingPerson> signed_in(const OfficeServices& office, const Request& request);

enum class FieldKind { kText, kInteger, kObject, kAny };
struct Field {
  const char* name;
  FieldKind kind;
  bool required;
};

// 400, for with_error to say where and why.
[[nodiscard]] Problem bad_input();

// 415 where Content-Type is not application/json, unless there is no body.
[[nodiscard]] Checked<void> require_json(const Request& request);

// The body as an object with these fields and no others. 400 with a pointer for each fault; 415
// where Content-Type is not application/json. No body at all is an empty object.
[[nodiscard]] Checked<Json> read_body(const Request& request, std::span<const Field> fields);
[[nodiscard]] inline Checked<Json> read_body(const Request& request,
                                             std::initializer_list<Field> fields) {
  return read_body(request, std::span(fields.begin(), fields.size()));
}

// The version in If-Match ("12", in quotes). 428 where it is missing or "*". A tag that is none of
// ours is version 0, which no case has: the case is stale to its sender (412).
[[nodiscard]] Checked<Version> expected_version(const Request& request);

// The Idempotency-Key: 1 to 128 visible ASCII characters without "%". 400 where it is missing.
[[nodiscard]] Checked<std::string> idempotency_key(const Request& request);

// What makes two requests the same command.
[[nodiscard]] std::string fingerprint(const Request& request);

[[nodiscard]] Language language_of(const Request& request);
[[nodiscard]] std::string etag_of(Version version);

// A rejected command as a problem.
[[nodiscard]] Problem problem_of_rejection(const OfficeServices& office,
                                           const Rejection& rejection);
// An error of a reading as a problem; ours are reported to the operator.
[[nodiscard]] Problem problem_of_error(const OfficeServices& office, const Error& error);
// The same as what a handler returns.
[[nodiscard]] tl::unexpected<Problem> failed(const OfficeServices& office, const Error& error);
[[nodiscard]] tl::unexpected<Problem> failed(const OfficeServices& office,
                                             const Rejection& rejection);

// The case that the route names.
[[nodiscard]] CaseId case_of(const Request& request);

[[nodiscard]] Response json_response(int status, const Json& body);

// A handler for somebody who is signed in.
using PersonalHandler = std::function<Checked<Response>(const Request&, const ActingPerson&)>;
[[nodiscard]] Handler personal(const OfficeServices& office, PersonalHandler handler);
// A handler that anybody may call.
using OpenHandler = std::function<Checked<Response>(const Request&)>;
[[nodiscard]] Handler open_to_all(OpenHandler handler);

// Hands a command in and answers with what came of it. `status`: where it was carried out.
[[nodiscard]] Checked<Response> carry_out(const OfficeServices& office, const Request& request,
                                          Order order, int status);

}  // namespace mingjian::http
