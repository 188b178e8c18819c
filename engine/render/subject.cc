#include "engine/render/subject.h"

#include <utility>

#include "engine/render/words.h"

namespace mingjian::render {
namespace {

// What a transition without a title is called.
Text usual_title(const chart::Chart& chart, chart::TransitionIndex index) {
  const std::string text = trigger(chart, index);
  switch (chart.transition(index).trigger) {
    case chart::Trigger::kDone:
      return {"完成后自动转入", "when done"};
    case chart::Trigger::kAlways:
      return {"自动转入", "automatically"};
    case chart::Trigger::kAfter: {
      const Text delay = delay_words(chart.delays()[chart.transition(index).delay].milliseconds);
      return {"满 " + delay.zh + "后自动转入", "after " + delay.en};
    }
    case chart::Trigger::kEvent:
      return {text, text};
  }
  return {};
}

}  // namespace

// Was parsed with these bytes before, so it parses; the definition keeps no tree.
Subject::Subject(const Definition& definition)
    : chart_(definition.chart()),
      definition_(&definition),
      source_(OrderedJson::parse(definition.source())) {}

Subject::Subject(const chart::Chart& chart, OrderedJson source)
    : chart_(chart), source_(std::move(source)) {}

const StateNotes& Subject::notes(chart::StateIndex state) const {
  static const StateNotes kNone;
  return definition_ == nullptr ? kNone : definition_->notes(state);
}

const TransitionNotes& Subject::transition_notes(chart::TransitionIndex transition) const {
  static const TransitionNotes kNone;
  return definition_ == nullptr ? kNone : definition_->transition_notes(transition);
}

std::string Subject::title(Language language) const {
  return definition_ == nullptr ? chart_.id() : in_language(definition_->title(), language);
}

std::string Subject::state_title(chart::StateIndex state, Language language) const {
  const std::string& given = in_language(notes(state).title, language);
  if (!given.empty()) return given;
  const chart::State& entry = chart_.state(state);
  return entry.key.empty() ? entry.id : entry.key;
}

std::string Subject::transition_title(chart::TransitionIndex transition, Language language) const {
  const std::string& given = in_language(transition_notes(transition).title, language);
  return given.empty() ? in_language(usual_title(chart_, transition), language) : given;
}

const OrderedJson& Subject::source(const std::string& pointer) const {
  return source_.at(OrderedJson::json_pointer(pointer));
}

std::vector<chart::StateIndex> children(const chart::Chart& chart, chart::StateIndex state) {
  std::vector<chart::StateIndex> all;
  const chart::StateIndex end = chart.state(state).end;
  for (chart::StateIndex child = state + 1; child < end; child = chart.state(child).end) {
    all.push_back(child);
  }
  return all;
}

std::vector<chart::TransitionIndex> outgoing(const chart::Chart& chart, chart::StateIndex state) {
  std::vector<chart::TransitionIndex> all;
  const auto add = [&](chart::IndexRange range) {
    for (auto index = range.begin; index < range.end; ++index) all.push_back(index);
  };
  const chart::State& entry = chart.state(state);
  add(entry.on);
  add(entry.always);
  for (auto delay = entry.delays.begin; delay < entry.delays.end; ++delay) {
    add(chart.delays()[delay].transitions);
  }
  return all;
}

std::string trigger(const chart::Chart& chart, chart::TransitionIndex transition) {
  const chart::Transition& entry = chart.transition(transition);
  switch (entry.trigger) {
    case chart::Trigger::kEvent:
    case chart::Trigger::kDone:
      return entry.event.text();
    case chart::Trigger::kAfter:
      return chart.delays()[entry.delay].key;
    case chart::Trigger::kAlways:
      return {};
  }
  return {};
}

}  // namespace mingjian::render
