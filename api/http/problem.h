#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/language.h"
#include "api/http/message.h"
#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/base/text.h"

namespace mingjian::http {

// What an answer that is no success says: problem details of RFC 9457. Texts are for people and
// never carry what a library or a database said. A value; cheap to copy.
class Problem {
 public:
  // `type` is a URI, see problem_type. An empty `detail` is left out.
  Problem(int status, std::string type, Text title, Text detail = {});

  // Adds a member of its own, e.g. "obstacles"; not one of the standard's and not "errors".
  Problem& with_member(const std::string& name, const Json& value);
  // Adds an entry to the member `errors`: the JSON pointer (RFC 6901) into the request's body, and
  // what is wrong there. It is shown as a URI fragment, e.g. "#/form/age".
  Problem& with_error(std::string_view pointer, Text detail);
  // Adds a header to the response, e.g. Retry-After.
  Problem& with_header(std::string name, std::string value);
  // Names this one occurrence, to be found in the log: instance = urn:mingjian:incident:<incident>.
  Problem& with_incident(std::string_view incident);

  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] const std::string& type() const { return type_; }

  // application/problem+json in that language, with Content-Language.
  [[nodiscard]] Response response(Language language) const;

 private:
  int status_;
  std::string type_;
  Text title_;
  Text detail_;
  std::string instance_;
  std::vector<std::pair<std::string, Text>> errors_;  // by URI fragment
  std::shared_ptr<const Json> members_;               // an object, or nothing
  Pairs headers_;
};

// "urn:mingjian:problem:" + name.
[[nodiscard]] std::string problem_type(std::string_view name);

// The problem that an error is to the client. `incident` names the occurrence where the fault is
// ours (500); the error's text is left out then, and the caller writes it to the log.
[[nodiscard]] Problem problem_of(const Error& error, std::string_view incident);

// 500: a fault of ours, of which the client learns only the name of the incident.
[[nodiscard]] Problem internal_problem(std::string_view incident);

// 429 with Retry-After in seconds.
[[nodiscard]] Problem too_many_problem(Text title, Text detail, std::int64_t retry_after);

// 503 with Retry-After in seconds.
[[nodiscard]] Problem unavailable_problem(Text detail, int retry_after);

}  // namespace mingjian::http
