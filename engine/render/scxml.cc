#include "engine/render/scxml.h"

#include <set>
#include <vector>

#include "engine/render/words.h"
#include "engine/render/xml.h"

namespace mingjian::render {
namespace {

using chart::StateIndex;
using chart::StateKind;
using chart::TransitionIndex;

class Writer {
 public:
  explicit Writer(const Subject& subject) : subject_(subject), chart_(subject.chart()) {
    name_states();
  }

  std::string write() {
    text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    // <scxml> itself can neither be parallel nor have transitions, entry or exit.
    const bool framed = is_framed();
    if (framed) end_ = new_name("end");
    text_ +=
        "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" xmlns:mj=\"urn:mingjian:definition\"";
    text_ += " version=\"1.0\" datamodel=\"null\"" + attribute("name", chart_.id()) +
             attribute("initial", framed ? names_[0] : initial_of(0)) + ">\n";
    if (framed) {
      write_state(0, 1);
      open(1, "final" + attribute("id", end_) + "/");
    } else {
      for (const StateIndex child : children(chart_, 0)) write_state(child, 1);
    }
    text_ += "</scxml>\n";
    return std::move(text_);
  }

 private:
  void name_states() {
    for (const chart::State& state : chart_.states()) taken_.insert(state.id);
    for (const chart::State& state : chart_.states()) {
      names_.push_back(is_ascii_name(state.id) ? state.id : new_name("state"));
    }
  }

  std::string new_name(std::string name) {
    while (!taken_.insert(name).second) name += "-";
    return name;
  }

  bool is_framed() const {
    const chart::State& root = chart_.state(0);
    return root.kind != StateKind::kCompound || !outgoing(chart_, 0).empty() ||
           !root.entry.empty() || !root.exit.empty() || !root.initial_actions.empty();
  }

  static std::string attribute(const std::string& name, const std::string& value) {
    return value.empty() ? "" : " " + name + "=\"" + xml_escaped(value) + "\"";
  }

  // The member of the source, as JSON; empty where it is not there.
  std::string member(const std::string& pointer, const char* key) const {
    const OrderedJson& source = subject_.source(pointer);
    const auto found = source.is_object() ? source.find(key) : source.end();
    return found == source.end() ? "" : one_line(*found);
  }

  std::string names(const std::vector<StateIndex>& states) const {
    std::vector<std::string> all;
    for (const StateIndex state : states) all.push_back(names_[state]);
    return joined(all, " ");
  }

  std::string initial_of(StateIndex state) const { return names(chart_.state(state).targets); }

  void open(std::size_t depth, const std::string& tag) {
    text_ += std::string(2 * depth, ' ') + "<" + tag + ">\n";
  }

  static std::string tag_of(StateKind kind) {
    switch (kind) {
      case StateKind::kParallel:
        return "parallel";
      case StateKind::kFinal:
        return "final";
      case StateKind::kHistory:
        return "history";
      default:
        return "state";
    }
  }

  std::string attributes_of(StateIndex state) const {
    const chart::State& entry = chart_.state(state);
    std::string text = attribute("id", names_[state]);
    if (names_[state] != entry.id) text += attribute("mj:id", entry.id);
    const StateNotes& notes = subject_.notes(state);
    text += attribute("mj:title", notes.title.zh) + attribute("mj:title-en", notes.title.en);
    text += attribute("mj:entry", member(entry.pointer, "entry")) +
            attribute("mj:exit", member(entry.pointer, "exit")) +
            attribute("mj:time-limit", member(entry.pointer, "time_limit"));
    if (!entry.initial_actions.empty())
      text += attribute("mj:initial", member(entry.pointer, "initial"));
    if (entry.kind == StateKind::kCompound) text += attribute("initial", initial_of(state));
    return text;
  }

  void write_state(StateIndex state, std::size_t depth) {
    const chart::State& entry = chart_.state(state);
    const std::string tag = tag_of(entry.kind);
    if (entry.kind == StateKind::kHistory) return write_history(state, depth);
    open(depth, tag + attributes_of(state));
    write_timers(entry, depth + 1);
    for (const TransitionIndex index : outgoing(chart_, state)) write_transition(index, depth + 1);
    if (state == 0) {
      open(depth + 1, "transition" + attribute("event", "done.state." + names_[0]) +
                          attribute("target", end_) + "/");
    }
    for (const StateIndex child : children(chart_, state)) write_state(child, depth + 1);
    open(depth, "/" + tag);
  }

  // SCXML wants a default: where the definition has none it is what its parent begins with.
  void write_history(StateIndex state, std::size_t depth) {
    const chart::State& entry = chart_.state(state);
    std::vector<StateIndex> targets = entry.targets;
    const chart::State& parent = chart_.state(entry.parent);
    if (targets.empty()) targets = parent.targets;
    if (targets.empty()) {
      for (const StateIndex child : children(chart_, entry.parent)) {
        if (chart_.state(child).kind != StateKind::kHistory) targets.push_back(child);
      }
    }
    const bool deep = entry.history == chart::HistoryKind::kDeep;
    open(depth, "history" + attributes_of(state) + attribute("type", deep ? "deep" : "shallow"));
    open(depth + 1, "transition" + attribute("target", names(targets)) + "/");
    open(depth, "/history");
  }

  std::string timer_event(std::uint32_t delay) const {
    return "after." + std::to_string(delay) + "." + names_[chart_.delays()[delay].state];
  }

  void write_timers(const chart::State& entry, std::size_t depth) {
    if (entry.delays.begin == entry.delays.end) return;
    std::string started;
    std::string cancelled;
    for (auto delay = entry.delays.begin; delay < entry.delays.end; ++delay) {
      const std::string name = timer_event(delay);
      const auto milliseconds = std::to_string(chart_.delays()[delay].milliseconds) + "ms";
      started += "<send" + attribute("event", name) + attribute("id", name) +
                 attribute("delay", milliseconds) + "/>";
      cancelled += "<cancel" + attribute("sendid", name) + "/>";
    }
    text_ += std::string(2 * depth, ' ') + "<onentry>" + started + "</onentry>\n";
    text_ += std::string(2 * depth, ' ') + "<onexit>" + cancelled + "</onexit>\n";
  }

  std::string event_of(const chart::Transition& entry, TransitionIndex index) const {
    if (entry.trigger == chart::Trigger::kAfter) return timer_event(entry.delay);
    if (entry.trigger == chart::Trigger::kDone) return "done.state." + names_[entry.source];
    return trigger(chart_, index);
  }

  void write_transition(TransitionIndex index, std::size_t depth) {
    const chart::Transition& entry = chart_.transition(index);
    const TransitionNotes& notes = subject_.transition_notes(index);
    std::string text = "transition" + attribute("event", event_of(entry, index)) +
                       attribute("target", names(entry.targets));
    if (!entry.reenter && !entry.targets.empty()) text += attribute("type", "internal");
    text += attribute("mj:title", notes.title.zh) + attribute("mj:title-en", notes.title.en) +
            attribute("mj:guard", member(entry.pointer, "guard")) +
            attribute("mj:actions", member(entry.pointer, "actions")) +
            attribute("mj:by", member(entry.pointer, "by")) +
            attribute("mj:approval", member(entry.pointer, "approval"));
    open(depth, text + "/");
  }

  const Subject& subject_;
  const chart::Chart& chart_;
  std::set<std::string> taken_;
  std::vector<std::string> names_;  // by state
  std::string end_;                 // where the root is a state: the final state after it
  std::string text_;
};

}  // namespace

std::string scxml(const Subject& subject) { return Writer(subject).write(); }

}  // namespace mingjian::render
