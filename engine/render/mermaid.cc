#include "engine/render/mermaid.h"

#include <set>
#include <vector>

#include "engine/render/span.h"
#include "engine/render/words.h"

namespace mingjian::render {
namespace {

using chart::StateIndex;
using chart::StateKind;
using chart::TransitionIndex;

// Mermaid's own escapes: an entity begins with "#". What could end or split a line is one.
std::string escaped(std::string_view text) {
  static constexpr std::string_view kSpecial = "#;:\"<>{}`\\";
  std::string safe;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) {
      safe += "#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return safe;
}

std::string name_of(StateIndex state) { return "s" + std::to_string(state); }

class Writer {
 public:
  Writer(const Subject& subject, Language language) : subject_(subject), language_(language) {}

  std::string write() {
    line(0, "stateDiagram-v2");
    line(1, "accTitle: " + escaped(subject_.title(language_)));
    if (is_framed()) {
      write_state(0, 1);
      line(1, "[*] --> " + name_of(0));
      write_transitions(chart::kNoState, 1);
    } else {
      write_inside(0, 1);
    }
    return std::move(text_);
  }

 private:
  void line(std::size_t depth, const std::string& content) {
    text_ += std::string(2 * depth, ' ') + content + "\n";
  }

  // Whether the root is drawn too: Mermaid has no regions and no transitions outside of it.
  bool is_framed() const {
    const chart::Chart& chart = subject_.chart();
    return chart.state(0).kind != StateKind::kCompound || !outgoing(chart, 0).empty();
  }

  // What a state holds, between its braces.
  void write_inside(StateIndex holder, std::size_t depth) {
    const chart::Chart& chart = subject_.chart();
    const auto inside = children(chart, holder);
    const bool parallel = chart.state(holder).kind == StateKind::kParallel;
    bool first = true;
    for (const StateIndex child : inside) {
      if (parallel && !first && chart.state(child).kind != StateKind::kHistory) line(depth, "--");
      first = false;
      write_state(child, depth);
    }
    if (!parallel) write_initial(holder, depth);
    write_transitions(holder, depth);
  }

  void write_state(StateIndex state, std::size_t depth) {
    const chart::State& entry = subject_.chart().state(state);
    std::string title = subject_.state_title(state, language_);
    if (entry.kind == StateKind::kHistory) {
      title += entry.history == chart::HistoryKind::kDeep ? " (H*)" : " (H)";
    }
    if (const auto& limit = subject_.notes(state).time_limit)
      title += in_language({"（", " ("}, language_) + duration(*limit, language_) +
               in_language({"）", ")"}, language_);
    const std::string head = "state \"" + escaped(title) + "\" as " + name_of(state);
    if (children(subject_.chart(), state).empty()) {
      line(depth, head);
    } else {
      line(depth, head + " {");
      write_inside(state, depth + 1);
      line(depth, "}");
    }
    if (entry.kind == StateKind::kFinal) line(depth, name_of(state) + " --> [*]");
  }

  void write_initial(StateIndex holder, std::size_t depth) {
    const chart::Chart& chart = subject_.chart();
    std::set<StateIndex> begun;
    for (StateIndex target : chart.state(holder).targets) {
      while (chart.state(target).parent != holder) target = chart.state(target).parent;
      if (begun.insert(target).second) line(depth, "[*] --> " + name_of(target));
    }
  }

  // The transitions that are drawn between children of `holder`.
  void write_transitions(StateIndex holder, std::size_t depth) {
    const chart::Chart& chart = subject_.chart();
    for (TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
      const chart::Transition& entry = chart.transition(index);
      const std::vector<StateIndex> stays = {entry.source};
      for (const StateIndex target : entry.targets.empty() ? stays : entry.targets) {
        const auto ends = span(chart, entry.source, target);
        if (ends.holder != holder) continue;
        line(depth, name_of(ends.from) + " --> " + name_of(ends.to) + " : " +
                        label(index, ends.from, ends.to, target));
      }
    }
  }

  std::string label(TransitionIndex index, StateIndex from, StateIndex to, StateIndex target) {
    const StateIndex source = subject_.chart().transition(index).source;
    std::string text = subject_.transition_title(index, language_);
    if (from != source)
      text = in_language({"【", "["}, language_) + subject_.state_title(source, language_) +
             in_language({"】", "] "}, language_) + text;
    const auto& notes = subject_.transition_notes(index);
    if (!notes.approval.empty()) text += " ✍ " + signers(notes.approval, language_);
    if (to != target) text += " ▸ " + subject_.state_title(target, language_);
    return escaped(text);
  }

  const Subject& subject_;
  Language language_;
  std::string text_;
};

}  // namespace

std::string mermaid(const Subject& subject, Language language) {
  return Writer(subject, language).write();
}

}  // namespace mingjian::render
