#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/guard/expression.h"

// Compiled actions (contract, section 2 "Actions: data only").
namespace mingjian::chart {

using guard::Expression;

struct NamedExpression {
  std::string name;
  Expression value;
};

struct Assign {
  struct Item {
    std::vector<std::string> path;  // keys below the context, never empty
    Expression value;
  };
  std::vector<Item> items;
};

struct Raise {
  std::string event;
  std::optional<std::vector<NamedExpression>> data;
  // Without one the event goes to the internal queue; a number is milliseconds.
  std::optional<std::variant<std::int64_t, Expression>> delay;
  std::string id;  // for Cancel; may be empty
};

struct Cancel {
  std::string id;
};

struct Action;

struct Choose {
  struct Branch {
    std::optional<Expression> guard;
    std::vector<Action> actions;
  };
  std::vector<Branch> branches;
};

struct Log {
  Expression value;
};

// Something for the outside to do; it changes nothing here.
struct Effect {
  std::string type;
  std::vector<NamedExpression> params;
};

struct Action {
  std::variant<Assign, Raise, Cancel, Choose, Log, Effect> what;
};

// The actions of one list: if one fails the rest is dropped.
using Block = std::vector<Action>;

}  // namespace mingjian::chart
