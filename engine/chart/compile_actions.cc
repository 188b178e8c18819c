// Actions and expressions.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "engine/chart/draft.h"
#include "engine/chart/duration.h"

namespace mingjian::chart {
namespace {

std::optional<std::vector<std::string>> split_path(const std::string& path) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (true) {
    const std::size_t dot = std::min(path.find('.', begin), path.size());
    if (dot == begin) return std::nullopt;
    parts.push_back(path.substr(begin, dot - begin));
    if (dot == path.size()) return parts;
    begin = dot + 1;
  }
}

// Compiles the actions of one state and its transitions.
class ActionCompiler {
 public:
  ActionCompiler(const Draft& draft, StateIndex owner) : draft_(draft), owner_(owner) {}

  [[nodiscard]] Result<Block> block(const OrderedJson& value, const std::string& pointer) const {
    Block actions;
    const bool list = value.is_array();
    for (std::size_t i = 0; i < (list ? value.size() : 1); ++i) {
      auto made = list ? action(value[i], pointer + "/" + std::to_string(i)) : action(value, pointer);
      if (!made) return tl::unexpected(std::move(made).error());
      actions.push_back(std::move(*made));
    }
    return actions;
  }

 private:
  template <class T>
  static Result<Action> wrap(Result<T> made) {
    if (!made) return tl::unexpected(std::move(made).error());
    return Action{std::move(*made)};
  }

  [[nodiscard]] tl::unexpected<Error> no(const std::string& pointer, const std::string& zh,
                                         const std::string& en) const {
    return refuse(draft_.parts.states[owner_], pointer, zh, en);
  }

  [[nodiscard]] Check only(const OrderedJson& value, std::initializer_list<std::string_view> keys,
                           const std::string& pointer) const {
    for (const auto& [key, ignored] : value.items()) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      return no(pointer + pointer_part(key), "动作中有不认识的键 “" + key + "”",
                "unknown key \"" + key + "\" in an action");
    }
    return {};
  }

  [[nodiscard]] Result<Action> action(const OrderedJson& value, const std::string& pointer) const {
    if (!value.is_object() || value.empty()) {
      return no(pointer, "动作必须是一个对象", "an action is an object with one key");
    }
    if (value.contains("type")) return wrap(effect(value, pointer));
    const std::string& key = value.begin().key();
    const OrderedJson& body = value.begin().value();
    const std::string place = pointer + pointer_part(key);
    if (value.size() != 1) {
      return no(pointer, "动作只能有一个键", "an action has one key");
    }
    if (key == "assign") return wrap(assign(body, place));
    if (key == "raise") return wrap(raise(body, place));
    if (key == "cancel") return wrap(cancel(body, place));
    if (key == "choose") return wrap(choose(body, place));
    if (key == "log") {
      auto expression = compile_expression(draft_, body, place);
      if (!expression) return tl::unexpected(std::move(expression).error());
      return Action{Log{std::move(*expression)}};
    }
    return no(place, "不认识的动作 “" + key + "”", "unknown action \"" + key + "\"");
  }

  [[nodiscard]] Result<Effect> effect(const OrderedJson& value, const std::string& pointer) const {
    if (auto known = only(value, {"type", "params"}, pointer); !known) {
      return tl::unexpected(std::move(known).error());
    }
    const OrderedJson& type = value["type"];
    if (!type.is_string() || type.get_ref<const std::string&>().empty()) {
      return no(pointer + "/type", "效果的 type 必须是非空字符串",
                "the type of an effect is a string that is not empty");
    }
    Effect made{type.get<std::string>(), {}};
    if (const auto params = value.find("params"); params != value.end()) {
      auto members = compile_named(draft_, owner_, *params, pointer + "/params");
      if (!members) return tl::unexpected(std::move(members).error());
      made.params = std::move(*members);
    }
    return made;
  }

  [[nodiscard]] Result<Assign> assign(const OrderedJson& body, const std::string& pointer) const {
    if (!body.is_object()) {
      return no(pointer, "assign 必须是一个对象", "assign is an object of expressions by path");
    }
    Assign made;
    for (const auto& [path, rule] : body.items()) {
      const std::string place = pointer + pointer_part(path);
      auto parts = split_path(path);
      if (!parts) {
        return no(place, "路径 “" + path + "” 不能有空的部分",
                  "the path \"" + path + "\" has an empty part");
      }
      auto value = compile_expression(draft_, rule, place);
      if (!value) return tl::unexpected(std::move(value).error());
      made.items.push_back({std::move(*parts), std::move(*value)});
    }
    return made;
  }

  [[nodiscard]] Check read_event(Raise& made, const OrderedJson& name,
                                 const std::string& pointer) const {
    if (!name.is_string() || !is_event_name(name.get_ref<const std::string&>())) {
      return no(pointer, "raise 的事件名不合规定", "raise needs the name of an event");
    }
    made.event = name.get<std::string>();
    return {};
  }

  [[nodiscard]] Result<Raise> raise(const OrderedJson& body, const std::string& pointer) const {
    Raise made;
    if (!body.is_object()) {
      if (auto done = read_event(made, body, pointer); !done) {
        return tl::unexpected(std::move(done).error());
      }
      return made;
    }
    auto done = only(body, {"event", "data", "delay", "id"}, pointer);
    if (done) {
      const auto event = body.find("event");
      done = read_event(made, event == body.end() ? OrderedJson() : *event, pointer + "/event");
    }
    if (done && body.contains("data")) done = read_data(made, body["data"], pointer + "/data");
    if (done && body.contains("delay")) done = read_delay(made, body["delay"], pointer + "/delay");
    if (done && body.contains("id")) done = read_id(made.id, body["id"], pointer + "/id");
    if (!done) return tl::unexpected(std::move(done).error());
    return made;
  }

  [[nodiscard]] Check read_data(Raise& made, const OrderedJson& data,
                                const std::string& pointer) const {
    auto members = compile_named(draft_, owner_, data, pointer);
    if (!members) return tl::unexpected(std::move(members).error());
    made.data = std::move(*members);
    return {};
  }

  [[nodiscard]] Check read_id(std::string& id, const OrderedJson& value,
                              const std::string& pointer) const {
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
      return no(pointer, "id 必须是非空字符串", "an id is a string that is not empty");
    }
    id = value.get<std::string>();
    return {};
  }

  [[nodiscard]] Check read_delay(Raise& made, const OrderedJson& delay,
                                 const std::string& pointer) const {
    if (delay.is_object()) {
      auto expression = compile_expression(draft_, delay, pointer);
      if (!expression) return tl::unexpected(std::move(expression).error());
      made.delay = std::move(*expression);
      return {};
    }
    const auto milliseconds = delay_in(delay);
    if (!milliseconds) {
      return no(pointer, "delay 必须是不小于零的毫秒整数或 ISO 8601 时长",
                "a delay is a whole number of milliseconds, not below zero, or an ISO 8601 duration");
    }
    made.delay = *milliseconds;
    return {};
  }

  static std::optional<std::int64_t> delay_in(const OrderedJson& value) {
    return delay_of(Json(value));
  }

  [[nodiscard]] Result<Cancel> cancel(const OrderedJson& body, const std::string& pointer) const {
    Cancel made;
    if (auto done = read_id(made.id, body, pointer); !done) {
      return tl::unexpected(std::move(done).error());
    }
    return made;
  }

  [[nodiscard]] Result<Choose> choose(const OrderedJson& body, const std::string& pointer) const {
    if (!body.is_array()) {
      return no(pointer, "choose 必须是一个列表", "choose is a list of branches");
    }
    Choose made;
    for (std::size_t i = 0; i < body.size(); ++i) {
      auto one = branch(body[i], pointer + "/" + std::to_string(i));
      if (!one) return tl::unexpected(std::move(one).error());
      made.branches.push_back(std::move(*one));
    }
    return made;
  }

  [[nodiscard]] Result<Choose::Branch> branch(const OrderedJson& value,
                                              const std::string& pointer) const {
    if (!value.is_object()) {
      return no(pointer, "choose 的分支必须是一个对象", "a branch of choose is an object");
    }
    if (auto known = only(value, {"guard", "actions"}, pointer); !known) {
      return tl::unexpected(std::move(known).error());
    }
    Choose::Branch made;
    if (const auto guard = value.find("guard"); guard != value.end()) {
      auto expression = compile_expression(draft_, *guard, pointer + "/guard");
      if (!expression) return tl::unexpected(std::move(expression).error());
      made.guard = std::move(*expression);
    }
    if (const auto actions = value.find("actions"); actions != value.end()) {
      auto nested = block(*actions, pointer + "/actions");
      if (!nested) return tl::unexpected(std::move(nested).error());
      made.actions = std::move(*nested);
    }
    return made;
  }

  const Draft& draft_;
  StateIndex owner_;
};

}  // namespace

Result<Expression> compile_expression(const Draft& draft, const OrderedJson& rule,
                                      const std::string& pointer) {
  return Expression::compile(rule, pointer,
                             [&](std::string_view id) -> std::optional<std::uint32_t> {
                               const auto found = draft.parts.by_id.find(std::string(id));
                               if (found == draft.parts.by_id.end()) return std::nullopt;
                               return found->second;
                             });
}

Result<std::vector<NamedExpression>> compile_named(const Draft& draft, StateIndex owner,
                                                   const OrderedJson& members,
                                                   const std::string& pointer) {
  if (!members.is_object()) {
    return refuse(draft.parts.states[owner], pointer, "必须是由名称到表达式的对象",
                  "must be an object of expressions by name");
  }
  std::vector<NamedExpression> made;
  for (const auto& [name, rule] : members.items()) {
    auto value = compile_expression(draft, rule, pointer + pointer_part(name));
    if (!value) return tl::unexpected(std::move(value).error());
    made.push_back({name, std::move(*value)});
  }
  return made;
}

Result<Block> compile_block(const Draft& draft, StateIndex owner, const OrderedJson& actions,
                            const std::string& pointer) {
  return ActionCompiler(draft, owner).block(actions, pointer);
}

}  // namespace mingjian::chart
