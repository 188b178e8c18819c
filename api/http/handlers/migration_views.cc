#include "api/http/handlers/migration_views.h"

#include <nlohmann/json.hpp>

#include "api/http/handlers/views.h"

namespace mingjian::http {
namespace {

Json steps_json(const std::vector<ReplayedStep>& steps, const Rules& rules) {
  Json json = Json::array();
  for (const ReplayedStep& step : steps) {
    json.push_back({{"version", step.version},
                    {"event", step.event},
                    {"title", text_json(step.title)},
                    {"fate", name_of(step.fate)},
                    {"obstacles", obstacles_json(step.obstacles, rules)}});
  }
  return json;
}

Json overruns_json(const std::vector<Overrun>& overruns) {
  Json json = Json::array();
  for (const Overrun& overrun : overruns) {
    json.push_back({{"stage", overrun.stage},
                    {"title", text_json(overrun.title)},
                    {"limit", {{"amount", overrun.limit.amount}, {"unit", overrun.limit.unit}}},
                    {"hours", overrun.hours},
                    {"certain", overrun.certain}});
  }
  return json;
}

}  // namespace

Json replay_json(const Replay& replay, const Definition& to, const Rules& rules) {
  return {{"version", to.version()},
          {"affected", replay.affected()},
          {"steps", replay.steps},
          {"changed", steps_json(replay.changed, rules)},
          {"pending", steps_json(replay.pending, rules)},
          {"diverges_at", replay.diverges_at ? Json(*replay.diverges_at) : Json()},
          {"stands", replay.stands},
          {"closed", replay.closed},
          {"stuck", replay.stuck ? text_json(*replay.stuck) : Json()},
          {"overdue", overruns_json(replay.overdue)}};
}

Json preview_json(const tl::expected<std::vector<Event>, Rejection>& preview, const Rules& rules) {
  if (!preview) {
    const auto& obstacles = std::get<std::vector<Obstacle>>(preview.error());
    return {{"allowed", false},
            {"obstacles", obstacles_json(obstacles, rules)},
            {"migration", nullptr}};
  }
  return {
      {"allowed", true}, {"obstacles", Json::array()}, {"migration", to_json(preview->front())}};
}

}  // namespace mingjian::http
