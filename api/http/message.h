#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mingjian::http {

class Stream;

// Names and values in the order in which they came. Names of headers are compared without regard
// to case, names of query parameters with it.
using Pairs = std::vector<std::pair<std::string, std::string>>;

// A request that has been read whole. Every text but the body is UTF-8 without control characters.
struct Request {
  std::string method;                 // e.g. "GET"; HEAD stays HEAD
  std::string raw_path;               // as it was sent, e.g. "/api/v1/cases/a%2Fb"
  std::vector<std::string> segments;  // decoded, e.g. {"api", "v1", "cases", "a/b"}
  Pairs query;                        // decoded; a name without "=" has an empty value
  Pairs headers;                      // values byte for byte, blanks at their ends removed
  std::string body;
  std::string remote_address;  // of the other end of the connection: a proxy's, where there is one
  Pairs parameters;            // of the route, set by the router: decoded

  // The value of the first header of that name; empty where there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  // The first value in the query under that name, or nothing.
  [[nodiscard]] std::optional<std::string> query_value(std::string_view name) const;
  // The parameter of the route; empty where the pattern has none of that name.
  [[nodiscard]] const std::string& parameter(std::string_view name) const;
};

struct Response {
  int status = 200;
  // Without Content-Type, and without those that say where the message ends or what becomes of the
  // connection: the server sets these.
  Pairs headers = {};
  std::string content_type = {};
  std::string body = {};
  // The body that goes on from here, instead of `body`; the connection is closed at its end.
  std::shared_ptr<Stream> stream = {};
};

// Answers one kind of request. Called by many threads at once.
using Handler = std::function<Response(const Request&)>;

// The first header of that name among `headers`; empty where there is none.
[[nodiscard]] std::string_view find_header(const Pairs& headers, std::string_view name);

}  // namespace mingjian::http
