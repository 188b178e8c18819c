#include "engine/lint/property.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/access/role.h"

namespace mingjian::lint {
namespace {

// Reads one property after the other and collects what is wrong.
class Reader {
 public:
  Reader(const Definition& definition, const Register& known, Names names)
      : definition_(definition), known_(known), names_(names) {}

  void read(const OrderedJson& json, const std::string& pointer) {
    if (!json.is_object()) return wrong(pointer, {"应为对象", "expected an object"});
    check_keys(json,
               {"id", "title", "rules", "act", "before", "since", "then", "apart_from",
                "approved_by", "at_the_end"},
               pointer);
    auto what = what_of(json, pointer);
    const OrderedJson& title = member(json, "title");
    Property property{text(json, "id", pointer), {}, {}, AtTheEnd{always()}, pointer};
    if (title.is_object()) property.title = {title.value("zh", ""), title.value("en", "")};
    if (property.title.zh.empty() || property.title.en.empty()) {
      wrong(pointer + "/title", {"需要中文和英文标题", "a title in zh and en is needed"});
    }
    for (std::string& id : texts(json, "rules", pointer)) {
      property.rules.push_back(known_rule(std::move(id), pointer + "/rules"));
    }
    if (!what) return;
    property.what = std::move(*what);
    if (names_ == Names::kForeign) property.pointer.clear();
    properties_.push_back(std::move(property));
  }

  [[nodiscard]] tl::expected<std::vector<Property>, std::vector<Error>> take() {
    if (!errors_.empty()) return tl::unexpected(std::move(errors_));
    return std::move(properties_);
  }

 private:
  using What = decltype(Property::what);

  std::optional<What> what_of(const OrderedJson& json, const std::string& pointer) {
    if (json.contains("at_the_end")) return at_the_end(json["at_the_end"], pointer);
    if (!json.contains("act")) {
      wrong(pointer, {"性质应有 act 或 at_the_end", "a property has \"act\" or \"at_the_end\""});
      return std::nullopt;
    }
    Selector act = selector(json["act"], pointer + "/act");
    if (json.contains("before")) {
      Precedence precedence{std::move(act), selector(json["before"], pointer + "/before"), {}};
      if (json.contains("since")) precedence.since = selector(json["since"], pointer + "/since");
      return precedence;
    }
    if (json.contains("then"))
      return Response{std::move(act), selector(json["then"], pointer + "/then")};
    if (json.contains("apart_from"))
      return Separation{std::move(act), selector(json["apart_from"], pointer + "/apart_from")};
    if (json.contains("approved_by")) {
      Role role(text(json, "approved_by", pointer));
      if (!role::exists(role)) {
        wrong(pointer + "/approved_by",
              {"没有这个角色：" + role.value(), "no such role: " + role.value()});
      }
      return Approval{std::move(act), std::move(role)};
    }
    wrong(pointer, {"act 之外还应有 before、then、apart_from 或 approved_by",
                    "beside \"act\" there must be one of before, then, apart_from, approved_by"});
    return std::nullopt;
  }

  std::optional<What> at_the_end(const OrderedJson& condition, const std::string& pointer) {
    auto compiled = guard::Expression::compile(
        condition, pointer + "/at_the_end",
        [this](std::string_view id) { return definition_.chart().find(id); });
    if (compiled) return AtTheEnd{std::move(*compiled)};
    errors_.push_back(std::move(compiled.error()));
    return std::nullopt;
  }

  Selector selector(const OrderedJson& json, const std::string& pointer) {
    Selector selector;
    if (!json.is_object() || json.empty()) {
      wrong(pointer, {"应为有成员的对象", "expected an object with members"});
      return selector;
    }
    check_keys(json, {"rule", "event", "from", "enters"}, pointer);
    for (std::string& id : texts(json, "rule", pointer))
      selector.rules.push_back(known_rule(std::move(id), pointer + "/rule"));
    selector.events = texts(json, "event", pointer);
    selector.from = texts(json, "from", pointer);
    selector.enters = texts(json, "enters", pointer);
    if (names_ == Names::kForeign) return selector;
    check_own(selector.events, pointer + "/event", [this](const std::string& event) {
      const auto& all = definition_.chart().transitions();
      return std::any_of(all.begin(), all.end(), [&](const chart::Transition& transition) {
        return transition.event.name == event;
      });
    });
    const auto is_place = [this](const std::string& name) {
      if (definition_.chart().find(name)) return true;
      for (chart::StateIndex state = 0; state < definition_.chart().states().size(); ++state) {
        if (definition_.notes(state).stage == name) return true;
      }
      return false;
    };
    check_own(selector.from, pointer + "/from", is_place);
    check_own(selector.enters, pointer + "/enters", is_place);
    return selector;
  }

  template <class IsThere>
  void check_own(const std::vector<std::string>& names, const std::string& pointer,
                 IsThere is_there) {
    for (const std::string& name : names) {
      if (is_there(name)) continue;
      wrong(pointer, {"流程定义中没有 " + name, "the definition has no " + name});
    }
  }

  RuleId known_rule(std::string id, const std::string& pointer) {
    RuleId rule(std::move(id));
    if (!known_.rules.contains(rule)) {
      wrong(pointer,
            {"规则登记簿中没有 " + rule.value(), "the register has no rule " + rule.value()});
    }
    return rule;
  }

  void check_keys(const OrderedJson& json, const std::vector<std::string>& allowed,
                  const std::string& pointer) {
    for (const auto& [key, value] : json.items()) {
      if (std::find(allowed.begin(), allowed.end(), key) == allowed.end())
        wrong(pointer + pointer_part(key), {"没有这个成员：" + key, "no such member: " + key});
    }
  }

  // One text, or a list of texts.
  std::vector<std::string> texts(const OrderedJson& owner, const char* key,
                                 const std::string& pointer) {
    std::vector<std::string> all;
    const OrderedJson& value = member(owner, key);
    if (value.is_null()) return all;
    if (value.is_string()) all.push_back(value.get<std::string>());
    for (const OrderedJson& each : value.is_array() ? value : OrderedJson::array()) {
      if (each.is_string()) all.push_back(each.get<std::string>());
    }
    const std::size_t given = value.is_array() ? value.size() : 1;
    if (all.empty() || all.size() != given) {
      wrong(pointer + "/" + key, {"应为文本或者文本的列表", "expected a text or a list of texts"});
    }
    return all;
  }

  std::string text(const OrderedJson& owner, const char* key, const std::string& pointer) {
    const OrderedJson& value = member(owner, key);
    if (value.is_string()) return value.get<std::string>();
    wrong(pointer + "/" + key, {"应为文本", "expected a text"});
    return {};
  }

  static const OrderedJson& member(const OrderedJson& owner, const char* key) {
    static const OrderedJson kNone;
    const auto found = owner.find(key);
    return found == owner.end() ? kNone : *found;
  }

  static guard::Expression always() { return *guard::Expression::compile(true, ""); }

  void wrong(std::string pointer, Text message) {
    errors_.push_back({ErrorKind::kInvalidInput, std::move(message), std::move(pointer)});
  }

  const Definition& definition_;
  const Register& known_;
  const Names names_;
  std::vector<Property> properties_;
  std::vector<Error> errors_;
};

}  // namespace

tl::expected<std::vector<Property>, std::vector<Error>> read_properties(
    const OrderedJson& list, const Definition& definition, const Register& known, Names names,
    const std::string& pointer) {
  Reader reader(definition, known, names);
  std::size_t index = 0;
  for (const OrderedJson& entry : list) reader.read(entry, pointer + "/" + std::to_string(index++));
  return reader.take();
}

}  // namespace mingjian::lint
