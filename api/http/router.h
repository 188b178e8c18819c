#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/http/message.h"

namespace mingjian::http {

// One operation of the interface.
struct Route {
  std::string method;   // not HEAD and not OPTIONS: they are answered from the others
  std::string pattern;  // e.g. "/api/v1/cases/{id}": a part in braces stands for one segment
  std::string name;     // of the operation, e.g. "read_case"
  Handler handler;
};

// Finds the route of a request. Built by one thread, then immutable and thread-safe.
class Router {
 public:
  // Requires a pattern that starts with "/", and no route of this method with the same shape.
  void add(Route route);

  // In the order in which they were added.
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

  struct Found {
    const Route* route;  // of this router
    Pairs parameters;
  };
  struct UnknownPath {};
  // The path is there, but not with this method.
  struct OtherMethods {
    std::string allow;  // for the header Allow (RFC 9110, 10.2.1), e.g. "GET, HEAD, OPTIONS"
  };
  using Match = std::variant<Found, UnknownPath, OtherMethods>;

  // A segment that a pattern names goes before a part in braces, which stands for any segment that
  // is not empty. Segments are compared decoded: an encoded slash is part of its segment.
  [[nodiscard]] Match match(std::string_view method,
                            const std::vector<std::string>& segments) const;

  // Answers by the route found; else 404, 405 with Allow, or 204 with Allow for OPTIONS. Throws
  // what the handler throws.
  [[nodiscard]] Response handle(Request request) const;

  // Is told of each answer: the name of the operation (empty where there is no such route) and the
  // status; 500 where a handler threw. Called by many threads at once.
  using Observer = std::function<void(std::string_view operation, int status)>;
  void observe(Observer observer) { observer_ = std::move(observer); }

 private:
  struct Part {
    bool is_parameter;
    std::string text;  // the segment, or the name of the parameter

    [[nodiscard]] bool fits(const std::string& segment) const;
  };
  // A pattern, and the routes that have its shape.
  struct Path {
    std::vector<Part> parts;
    std::vector<std::size_t> routes;  // indices into routes_

    [[nodiscard]] bool fits(const std::vector<std::string>& segments) const;
    [[nodiscard]] bool has_shape_of(const Path& other) const;
    // Whether, of two patterns that fit the same segments, this one names more from the left.
    [[nodiscard]] bool more_exact_than(const Path& other) const;
  };

  [[nodiscard]] static Path read_pattern(std::string_view pattern);
  [[nodiscard]] std::string allowed(const Path& path) const;

  void tell(std::string_view operation, int status) const;

  std::vector<Route> routes_;
  std::vector<Path> paths_;
  Observer observer_;
};

}  // namespace mingjian::http
