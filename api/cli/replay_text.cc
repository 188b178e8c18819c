#include "api/cli/replay_text.h"

#include "engine/base/wording.h"
#include "engine/definition/limit_length.h"

namespace mingjian::cli {
namespace {

constexpr std::int64_t kHoursOfADay = 24;

Text name_of_step(const ReplayedStep& step) {
  if (step.event.empty()) return {"受理登记", "the filing"};
  const Text title = quoted(step.title, step.event);
  return {"步骤" + title.zh, "step " + title.en};
}

Text verdict(StepFate fate) {
  return fate == StepFate::kLost ? Text{"不再成立", "is lost"}
                                 : Text{"会被拒绝", "would be refused"};
}

std::string line(const Text& text) { return "  " + both(text) + "\n"; }

std::string describe_steps(const std::vector<ReplayedStep>& steps, const Text& where) {
  std::string lines;
  for (const ReplayedStep& step : steps) {
    const Text name = name_of_step(step);
    const Text fate = verdict(step.fate);
    const std::string version = std::to_string(step.version);
    lines += line({where.zh + "（第 " + version + " 版）" + name.zh + fate.zh,
                   where.en + " (version " + version + "): " + name.en + " " + fate.en});
    for (const Obstacle& obstacle : step.obstacles) lines += "  " + line(obstacle.message);
  }
  return lines;
}

std::string describe_overrun(const Overrun& overrun) {
  const std::string days = std::to_string(overrun.hours / kHoursOfADay);
  const Text limit = mingjian::describe(overrun.limit);
  const Text certainty = overrun.certain ? Text{"，已超过时限 ", ", past the limit of "}
                                         : Text{"，是否超过时限取决于日历：",
                                                "; the calendar decides whether that is "
                                                "past the limit of "};
  return line(
      {"“" + overrun.title.zh + "”已历时 " + days + " 日" + certainty.zh + limit.zh,
       "\"" + overrun.title.en + "\" has lasted " + days + " days" + certainty.en + limit.en});
}

}  // namespace

std::string describe(const Replay& replay) {
  if (!replay.affected()) return {};
  std::string lines = describe_steps(replay.changed, {"历史", "history"});
  lines += describe_steps(replay.pending, {"待批", "awaiting approval"});
  if (replay.diverges_at && replay.changed.empty()) {
    const std::string version = std::to_string(*replay.diverges_at);
    lines += line({"自第 " + version + " 版起所处环节不同",
                   "from version " + version + " on it would stand elsewhere"});
  }
  if (replay.stuck) {
    lines += line({"不能继续办理：" + replay.stuck->zh, "would be stuck: " + replay.stuck->en});
  }
  for (const Overrun& overrun : replay.overdue) lines += describe_overrun(overrun);
  return lines;
}

std::string describe(const std::vector<Obstacle>& obstacles) {
  std::string lines;
  for (const Obstacle& obstacle : obstacles) {
    const std::string place = obstacle.pointer.empty() ? "" : obstacle.pointer + ": ";
    lines += "  " + place + both(obstacle.message) + "\n";
  }
  return lines;
}

}  // namespace mingjian::cli
