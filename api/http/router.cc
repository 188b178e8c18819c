#include "api/http/router.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "api/http/language.h"
#include "api/http/octets.h"
#include "api/http/problem.h"

namespace mingjian::http {
namespace {

constexpr int kInternalError = 500;

// RFC 9110, 9.3.2: what GET answers, HEAD answers without the body.
bool answers(const Route& route, std::string_view method) {
  return route.method == method || (route.method == "GET" && method == "HEAD");
}

// "OPTIONS *" (RFC 9110, 9.3.7) asks about the server, not about a path.
bool asks_about_server(const Request& request) {
  return request.method == "OPTIONS" && request.raw_path == "*";
}

Problem no_such_path() {
  return {404,
          problem_type("no-such-path"),
          {"没有这个地址", "No such address"},
          {"请对照 /api/v1/openapi.json 检查路径。",
           "Please compare the path with /api/v1/openapi.json."}};
}

Problem wrong_method(const std::string& method, const std::string& allow) {
  return Problem(405, problem_type("method-not-allowed"),
                 {"此地址不支持该方法", "This address does not know the method"},
                 {"收到 " + method + "，可用的是 " + allow + "。",
                  "Got " + method + "; possible are " + allow + "."})
      .with_header("Allow", allow);
}

Response without_route(const Request& request, const Router::Match& match) {
  const Language language = choose_language(request.header("Accept-Language"));
  if (const auto* other = std::get_if<Router::OtherMethods>(&match)) {
    if (request.method == "OPTIONS") return {204, {{"Allow", other->allow}}};
    return wrong_method(request.method, other->allow).response(language);
  }
  if (asks_about_server(request)) return {204};
  return no_such_path().response(language);
}

}  // namespace

bool Router::Part::fits(const std::string& segment) const {
  return is_parameter ? !segment.empty() : segment == text;
}

bool Router::Path::fits(const std::vector<std::string>& segments) const {
  return std::equal(
      parts.begin(), parts.end(), segments.begin(), segments.end(),
      [](const Part& part, const std::string& segment) { return part.fits(segment); });
}

bool Router::Path::has_shape_of(const Path& other) const {
  return std::equal(parts.begin(), parts.end(), other.parts.begin(), other.parts.end(),
                    [](const Part& left, const Part& right) {
                      return left.is_parameter == right.is_parameter &&
                             (left.is_parameter || left.text == right.text);
                    });
}

bool Router::Path::more_exact_than(const Path& other) const {
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (parts[at].is_parameter != other.parts[at].is_parameter) return other.parts[at].is_parameter;
  }
  return false;
}

Router::Path Router::read_pattern(std::string_view pattern) {
  assert(!pattern.empty() && pattern.front() == '/');
  Path path;
  for (const auto part : split(pattern.substr(1), '/')) {
    const bool is_parameter = part.size() > 2 && part.front() == '{' && part.back() == '}';
    const auto text = is_parameter ? part.substr(1, part.size() - 2) : part;
    path.parts.push_back({is_parameter, std::string(text)});
  }
  return path;
}

void Router::add(Route route) {
  assert(route.method != "HEAD" && route.method != "OPTIONS");
  Path path = read_pattern(route.pattern);
  auto known = std::find_if(paths_.begin(), paths_.end(),
                            [&](const Path& other) { return other.has_shape_of(path); });
  if (known == paths_.end()) known = paths_.insert(paths_.end(), std::move(path));
  assert(std::none_of(known->routes.begin(), known->routes.end(),
                      [&](std::size_t at) { return routes_[at].method == route.method; }));
  known->routes.push_back(routes_.size());
  routes_.push_back(std::move(route));
}

std::string Router::allowed(const Path& path) const {
  std::string methods;
  for (const std::size_t at : path.routes) {
    methods += routes_[at].method + ", ";
    if (routes_[at].method == "GET") methods += "HEAD, ";
  }
  return methods + "OPTIONS";
}

Router::Match Router::match(std::string_view method,
                            const std::vector<std::string>& segments) const {
  const Path* best = nullptr;
  for (const Path& path : paths_) {
    if (path.fits(segments) && (best == nullptr || path.more_exact_than(*best))) best = &path;
  }
  if (best == nullptr) return UnknownPath{};
  const auto index = std::find_if(best->routes.begin(), best->routes.end(),
                                  [&](std::size_t at) { return answers(routes_[at], method); });
  if (index == best->routes.end()) return OtherMethods{allowed(*best)};
  // The names are those of the route itself: another method may call the same part otherwise.
  const Route& route = routes_[*index];
  Found found{&route, {}};
  const auto names = read_pattern(route.pattern).parts;
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (names[at].is_parameter) found.parameters.emplace_back(names[at].text, segments[at]);
  }
  return found;
}

Response Router::handle(Request request) const {
  Match found = match(request.method, request.segments);
  auto* const way = std::get_if<Found>(&found);
  if (way == nullptr) {
    Response response = without_route(request, found);
    tell({}, response.status);
    return response;
  }
  request.parameters = std::move(way->parameters);
  try {
    Response response = way->route->handler(request);
    tell(way->route->name, response.status);
    return response;
  } catch (...) {
    tell(way->route->name, kInternalError);
    throw;
  }
}

void Router::tell(std::string_view operation, int status) const {
  if (observer_) observer_(operation, status);
}

}  // namespace mingjian::http
