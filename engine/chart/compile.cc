#include "engine/chart/compile.h"

#include "engine/chart/draft.h"

namespace mingjian::chart {

tl::unexpected<Error> refuse(const State& state, std::string pointer, const std::string& zh,
                             const std::string& en) {
  return fail(ErrorKind::kInvalidInput, Text{"状态 " + state.id + "：" + zh, "state " + state.id + ": " + en},
              std::move(pointer));
}

Check compile_contents(Draft& draft) {
  for (StateIndex s = 0; s < draft.parts.states.size(); ++s) {
    State& state = draft.parts.states[s];
    const OrderedJson& source = *draft.sources[s];
    for (const auto& [key, block] : {std::pair{"entry", &State::entry}, {"exit", &State::exit}}) {
      const auto found = source.find(key);
      if (found == source.end()) continue;
      auto actions = compile_block(draft, s, *found, state.pointer + pointer_part(key));
      if (!actions) return tl::unexpected(std::move(actions).error());
      state.*block = std::move(*actions);
    }
    if (const auto found = source.find("output"); found != source.end()) {
      Output output;
      if (found->is_object()) {
        auto members = compile_named(draft, s, *found, state.pointer + "/output");
        if (!members) return tl::unexpected(std::move(members).error());
        output.members = std::move(*members);
      } else {
        output.literal = std::make_shared<const Json>(*found);
      }
      state.output = std::move(output);
    }
    if (auto done = compile_transitions(draft, s); !done) return done;
  }
  return {};
}

Result<Chart> compile(const OrderedJson& definition, const Vocabulary& extra_keys) {
  Draft draft{extra_keys};
  auto done = read_states(draft, definition);
  if (done) done = resolve_defaults(draft);
  if (done) done = compile_contents(draft);
  if (!done) return tl::unexpected(std::move(done).error());
  resolve_domains(draft);
  return Chart(std::move(draft.parts));
}

}  // namespace mingjian::chart
