#include "engine/case/due.h"

#include <algorithm>

namespace mingjian {
namespace {

constexpr std::int64_t kLastMillisecond = 253'402'300'799'999;  // of the year 9999

// What is not of the shape of a timer (chart/snapshot.h) is none.
std::optional<RunningTimer> read_timer(const Json& json) {
  const Json due = json.is_object() ? json.value("due_ms", Json()) : Json();
  if (!due.is_number_integer() || due.get<std::int64_t>() > kLastMillisecond) return std::nullopt;
  const auto text = [&](const char* key) {
    const Json value = json.value(key, Json());
    return value.is_string() ? value.get<std::string>() : std::string();
  };
  return RunningTimer{Instant{due.get<std::int64_t>() * 1000}, text("state"), text("delay"),
                      text("event")};
}

}  // namespace

std::vector<RunningTimer> running_timers(const CaseState& state) {
  std::vector<RunningTimer> timers;
  const auto all = state.chart.find("timers");
  if (state.closed || all == state.chart.end()) return timers;
  for (const Json& each : *all) {
    if (auto timer = read_timer(each)) timers.push_back(std::move(*timer));
  }
  // Those due at one moment stay in the order in which they were started.
  std::stable_sort(timers.begin(), timers.end(), [](const RunningTimer& a, const RunningTimer& b) {
    return a.due_at < b.due_at;
  });
  return timers;
}

std::optional<Instant> next_due(const CaseState& state) {
  const auto timers = running_timers(state);
  return timers.empty() ? std::nullopt : std::optional(timers.front().due_at);
}

}  // namespace mingjian
