#include "engine/render/strips.h"

#include <algorithm>
#include <cmath>

#include "engine/render/steps.h"
#include "engine/render/text_metrics.h"
#include "engine/render/words.h"

namespace mingjian::render {
namespace {

// Lines are broken where they would be longer than this.
constexpr double kLongestLine = 210;

void add_lines(Strip& strip, Line::Style style, const std::string& text) {
  bool continued = false;
  for (std::string& part : wrapped(text, font_size(style), kLongestLine)) {
    strip.lines.push_back({style, std::move(part), continued});
    continued = true;
  }
}

void set_height(Strip& strip) {
  double height = kPadding;
  for (const Line& line : strip.lines) height += line_height(line.style);
  strip.height = static_cast<int>(std::ceil(height));
}

Strip head_of(const Subject& subject, chart::StateIndex state, Language language) {
  const StateNotes& notes = subject.notes(state);
  Strip head;
  head.tip = subject.state_title(state, language);
  add_lines(head, Line::Style::kTitle, head.tip);
  if (notes.time_limit) {
    add_lines(head, Line::Style::kTimeLimit, duration_from(*notes.time_limit, language));
  }
  const std::string& reason = in_language(notes.no_time_limit, language);
  if (!reason.empty())
    head.tip += in_language({"\n无时限：", "\nno time limit: "}, language) + reason;
  set_height(head);
  return head;
}

// "▸ 归档" for targets that no wire leads to; "↺" where the state is kept.
std::string target_text(const Subject& subject, const Routes& routes, chart::TransitionIndex index,
                        Language language) {
  const chart::Transition& entry = subject.chart().transition(index);
  if (entry.targets.empty()) return " ↺";
  std::string text;
  for (const chart::StateIndex target : routes.unwired(index)) {
    text += target == entry.source ? " ↺" : " ▸ " + subject.state_title(target, language);
  }
  return text;
}

std::string tip_of(const Subject& subject, chart::TransitionIndex index, Language language) {
  const TransitionNotes& notes = subject.transition_notes(index);
  std::string tip = subject.transition_title(index, language);
  const auto add = [&](const Text& label, const std::string& value) {
    if (!value.empty()) tip += "\n" + in_language(label, language) + value;
  };
  add({"办理：", "by: "}, role_titles(notes.by, language));
  add({"条件：", "if: "}, condition(subject, index, language));
  add({"审批：", "approval: "}, signers(notes.approval, language));
  std::vector<std::string> rules;
  for (const RuleId& rule : notes.rules) rules.push_back(rule.value());
  add({"依据：", "rules: "}, joined(rules, in_language({"、", ", "}, language)));
  return tip;
}

Strip strip_of(const Subject& subject, const Routes& routes, const Step& step, Language language) {
  Strip strip;
  strip.transitions = step.transitions;
  const auto first = step.transitions.front();
  add_lines(
      strip, Line::Style::kStep,
      subject.transition_title(first, language) + target_text(subject, routes, first, language));
  for (const auto index : step.transitions) {
    if (!strip.tip.empty()) strip.tip += "\n";
    strip.tip += tip_of(subject, index, language);
    const auto& approval = subject.transition_notes(index).approval;
    if (!approval.empty()) add_lines(strip, Line::Style::kSigners, signers(approval, language));
  }
  set_height(strip);
  return strip;
}

}  // namespace

double font_size(Line::Style style) {
  switch (style) {
    case Line::Style::kTitle:
      return kTitleSize;
    case Line::Style::kStep:
      return kStepSize;
    default:
      return kSmallSize;
  }
}

bool has_icon(Line::Style style) {
  return style == Line::Style::kTimeLimit || style == Line::Style::kSigners;
}

double line_height(Line::Style style) { return std::ceil(font_size(style) * 1.3); }

std::vector<Strip> strips_of(const Subject& subject, const Routes& routes, chart::StateIndex state,
                             Language language) {
  std::vector<Strip> strips = {head_of(subject, state, language)};
  for (const Step& step : steps_of(subject, state)) {
    strips.push_back(strip_of(subject, routes, step, language));
  }
  return strips;
}

int width_of(const std::vector<Strip>& strips) {
  double width = 0;
  for (const Strip& strip : strips) {
    for (const Line& line : strip.lines) {
      const double icon = has_icon(line.style) ? kIconWidth : 0;
      width = std::max(width, text_width(line.text, font_size(line.style)) + icon);
    }
  }
  return static_cast<int>(std::ceil(width + 2 * kPadding));
}

}  // namespace mingjian::render
