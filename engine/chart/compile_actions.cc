#include <string_view>

#include "engine/chart/compiler.h"
#include "engine/chart/duration.h"

namespace mingjian::chart {

Expression Compiler::expression(const OrderedJson& value, const std::string& pointer) const {
  const auto resolve = [this](std::string_view id) -> std::optional<std::uint32_t> {
    const auto found = parts_.by_id.find(std::string(id));
    if (found == parts_.by_id.end()) return std::nullopt;
    return found->second;
  };
  auto compiled = Expression::compile(value, pointer, resolve);
  if (!compiled) throw Refused{compiled.error()};
  return std::move(*compiled);
}

Block Compiler::block(const OrderedJson& value, const std::string& pointer) const {
  Block actions;
  if (!value.is_array()) {
    actions.push_back(action(value, pointer));
    return actions;
  }
  for (std::size_t i = 0; i < value.size(); ++i)
    actions.push_back(action(value[i], pointer + "/" + std::to_string(i)));
  return actions;
}

Action Compiler::action(const OrderedJson& value, const std::string& pointer) const {
  if (!value.is_object() || value.empty())
    refuse(pointer, "动作应为对象", "an action is an object");
  if (value.contains("type")) return effect(value, pointer);
  if (value.size() != 1) refuse(pointer, "动作只能有一个键", "an action has one key");
  const std::string kind = value.begin().key();
  const OrderedJson& what = value.begin().value();
  const std::string place = pointer + pointer_part(kind);
  if (kind == "assign") return assign(what, place);
  if (kind == "raise") return raise(what, place);
  if (kind == "choose") return choose(what, place);
  if (kind == "log") return {Log{expression(what, place)}};
  if (kind == "cancel") {
    if (!what.is_string()) refuse(place, "cancel 应为字符串", "cancel takes a string");
    return {Cancel{what.get<std::string>()}};
  }
  refuse(place, "没有这种动作：" + kind, "no such action: " + kind);
}

Action Compiler::assign(const OrderedJson& value, const std::string& pointer) const {
  if (!value.is_object()) refuse(pointer, "assign 应为对象", "assign takes an object");
  Assign assign;
  for (const auto& [path, what] : value.items()) {
    Assign::Item item{{}, expression(what, pointer + pointer_part(path))};
    std::string_view rest = path;
    for (;;) {
      const auto dot = rest.find('.');
      if (rest.substr(0, dot).empty())
        refuse(pointer + pointer_part(path), "路径有误：" + path, "a bad path: " + path);
      item.path.emplace_back(rest.substr(0, dot));
      if (dot == std::string_view::npos) break;
      rest = rest.substr(dot + 1);
    }
    assign.items.push_back(std::move(item));
  }
  return {std::move(assign)};
}

Action Compiler::raise(const OrderedJson& value, const std::string& pointer) const {
  Raise raise;
  const OrderedJson* event = &value;
  if (value.is_object()) {
    for (const auto& [key, ignored] : value.items()) {
      if (key != "event" && key != "data" && key != "delay" && key != "id") {
        refuse(pointer + pointer_part(key), "没有这个键：" + key, "no such key: " + key);
      }
    }
    if (!value.contains("event")) refuse(pointer, "raise 需要 event", "raise needs an event");
    event = &value["event"];
    if (value.contains("data")) raise.data = named(value["data"], pointer + "/data");
    if (value.contains("id")) {
      if (!value["id"].is_string()) refuse(pointer + "/id", "id 应为字符串", "an id is a string");
      raise.id = value["id"].get<std::string>();
    }
    if (value.contains("delay")) {
      const OrderedJson& delay = value["delay"];
      if (delay.is_object()) {
        raise.delay = expression(delay, pointer + "/delay");
      } else {
        std::string written = delay.is_string() ? delay.get<std::string>() : std::string();
        if (delay.is_number_integer() && delay.get<std::int64_t>() >= 0) written = delay.dump();
        const auto milliseconds = parse_delay(written);
        if (!milliseconds) refuse(pointer + "/delay", "不是有效的时长", "not a delay");
        raise.delay = *milliseconds;
      }
    }
  }
  if (!event->is_string() || !is_event_name(event->get<std::string>())) {
    refuse(pointer, "不是有效的事件名", "not the name of an event");
  }
  raise.event = event->get<std::string>();
  return {std::move(raise)};
}

Action Compiler::choose(const OrderedJson& value, const std::string& pointer) const {
  if (!value.is_array()) refuse(pointer, "choose 应为列表", "choose takes a list");
  Choose choose;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string place = pointer + "/" + std::to_string(i);
    if (!value[i].is_object()) refuse(place, "分支应为对象", "a branch is an object");
    for (const auto& [key, ignored] : value[i].items()) {
      if (key != "guard" && key != "actions")
        refuse(place + pointer_part(key), "没有这个键：" + key, "no such key: " + key);
    }
    Choose::Branch branch;
    if (value[i].contains("guard")) branch.guard = expression(value[i]["guard"], place + "/guard");
    if (value[i].contains("actions"))
      branch.actions = block(value[i]["actions"], place + "/actions");
    choose.branches.push_back(std::move(branch));
  }
  return {std::move(choose)};
}

Action Compiler::effect(const OrderedJson& value, const std::string& pointer) const {
  for (const auto& [key, ignored] : value.items()) {
    if (key != "type" && key != "params")
      refuse(pointer + pointer_part(key), "没有这个键：" + key, "no such key: " + key);
  }
  if (!value["type"].is_string() || value["type"].get<std::string>().empty()) {
    refuse(pointer + "/type", "type 应为非空字符串", "type is a string that is not empty");
  }
  Effect effect{value["type"].get<std::string>(), {}};
  if (value.contains("params")) effect.params = named(value["params"], pointer + "/params");
  return {std::move(effect)};
}

std::vector<NamedExpression> Compiler::named(const OrderedJson& value,
                                             const std::string& pointer) const {
  if (!value.is_object())
    refuse(pointer, "应为“名称：表达式”的对象", "expected an object of expressions by name");
  std::vector<NamedExpression> members;
  for (const auto& [name, what] : value.items())
    members.push_back({name, expression(what, pointer + pointer_part(name))});
  return members;
}

Output Compiler::output(const OrderedJson& value, const std::string& pointer) const {
  if (!value.is_object()) return {std::make_shared<const Json>(value), {}};
  return {nullptr, named(value, pointer)};
}

}  // namespace mingjian::chart
