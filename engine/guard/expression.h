#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"

namespace mingjian::guard {

// Where an expression finds its data.
class Scope {
 public:
  virtual ~Scope() = default;
  // The value under a key of the top level ("context", "event", "now", ...); nullptr: none there.
  [[nodiscard]] virtual const Json* member(std::string_view key) const = 0;
  // All of the data as one value, for {"var": ""}.
  [[nodiscard]] virtual Json whole() const = 0;
  // Whether the state with this number is active.
  [[nodiscard]] virtual bool in_state(std::uint32_t state) const = 0;
};

// The number of the state with an id, or nothing where there is none.
using StateResolver = std::function<std::optional<std::uint32_t>(std::string_view id)>;

// What can be told of a guard when some of the data is not known. kTrue: it holds whatever that is.
// kFalse: it does not, though it may also fail, depending on that. kFails: it fails. kUnknown: it
// may hold or not.
enum class Truth { kFalse, kTrue, kUnknown, kFails };

// Stands in the data of a Scope for a value that is not known. No JSON text gives this value.
[[nodiscard]] Json unknown();
[[nodiscard]] bool is_unknown(const Json& value);

struct Rule;

// A JsonLogic rule, compiled. Immutable, thread-safe, cheap to copy.
class Expression {
 public:
  // Errors: kInvalidInput with a JSON pointer that starts with `pointer`, for an operator that does
  // not exist, an object that is no operation, in_state of a state that is not there, or a rule
  // nested too deep. Without a resolver `in_state` does not exist. A wrong number of arguments is
  // JsonLogic's error "Invalid Arguments" when the operation is evaluated, which may never happen.
  [[nodiscard]] static Result<Expression> compile(const OrderedJson& rule,
                                                  const std::string& pointer,
                                                  const StateResolver& resolve_state = {});

  // The result, or the error of JsonLogic as a JSON value: {"type": "NaN"}, or what was thrown.
  // Work and the size of what is built are bounded; beyond that it is {"type": "Too Much"}, which
  // `try` does not catch.
  [[nodiscard]] tl::expected<Json, Json> evaluate(const Scope& scope) const;

  // Whether the result is truthy by JsonLogic's rules, or the error.
  [[nodiscard]] tl::expected<bool, Json> holds(const Scope& scope) const;

  // Whether it holds, as far as that follows from the data that is known (see unknown()).
  [[nodiscard]] Truth truth(const Scope& scope) const;

  // The result where the data that it depends on is known, else unknown(); or the error.
  [[nodiscard]] tl::expected<Json, Json> known_value(const Scope& scope) const;

  // Whether the rule may read the member of the data with this name. True where that cannot be
  // told because a path is computed.
  [[nodiscard]] bool reads(std::string_view member) const;

  // The fields below the member `member` that it may read, each by its first key, e.g.
  // "statement_recorded" of {"var": "context.statement_recorded"}; nothing where that cannot be
  // told.
  [[nodiscard]] std::optional<std::vector<std::string>> fields(std::string_view member) const;

  // Where it stands: the pointer that it was compiled with.
  [[nodiscard]] const std::string& pointer() const;
  // The rule as a tree, for those that walk it (typecheck.h, explain.h). Lives as long as this.
  [[nodiscard]] const Rule& rule() const;

 private:
  struct Node;
  explicit Expression(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  std::shared_ptr<const Node> root_;
};

}  // namespace mingjian::guard
