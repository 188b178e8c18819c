#include "engine/chart/compile.h"

#include "engine/chart/compiler.h"

namespace mingjian::chart {

void refuse(const std::string& pointer, const std::string& zh, const std::string& en) {
  throw Refused{{ErrorKind::kInvalidInput, {zh, en}, pointer}};
}

Chart::Parts Compiler::compile() {
  if (!root_.is_object()) refuse("", "流程定义应为 JSON 对象", "a definition is a JSON object");
  const auto id = root_.find("id");
  if (id == root_.end() || !id->is_string() || id->get<std::string>().empty()) {
    refuse("/id", "流程定义需要 id", "a definition needs an id");
  }
  const auto context = root_.find("context");
  if (context != root_.end() && !context->is_object()) {
    refuse("/context", "context 应为对象", "context must be an object");
  }
  parts_.context =
      std::make_shared<const Json>(context == root_.end() ? Json::object() : Json(*context));
  add_state(root_, "", "", kNoState, 0, id->get<std::string>());
  for (StateIndex index = 0; index < parts_.states.size(); ++index) finish_state(index);
  return std::move(parts_);
}

Result<Chart> compile(const OrderedJson& definition, const Vocabulary& extra_keys) {
  try {
    return Chart(Compiler(definition, extra_keys).compile());
  } catch (const Refused& refused) {
    return tl::unexpected<Error>(refused.error);
  }
}

}  // namespace mingjian::chart
