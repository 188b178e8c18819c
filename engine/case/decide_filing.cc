#include <algorithm>

#include "engine/access/role.h"
#include "engine/case/decide.h"
#include "engine/case/stage_step.h"

namespace mingjian {

std::vector<Obstacle> filing_obstacles(const Definition& definition, const Actor& actor,
                                       const Json& data) {
  std::vector<Obstacle> obstacles;
  const Filing& filing = definition.filing();
  const bool may = std::any_of(filing.by.begin(), filing.by.end(),
                               [&](const Role& role) { return actor.holds(role); });
  if (!may) {
    obstacles.push_back(
        {ObstacleKind::kRole, {"您没有受理登记的职责", "you do not have a role that files cases"}});
  }
  for (const InputError& error : filing.form.check(data)) {
    obstacles.push_back({ObstacleKind::kForm, error.message, {}, "/data" + error.pointer});
  }
  return obstacles;
}

Decided decide_filing(const NewCase& filing, const FileCase& command, Instant now) {
  auto obstacles = filing_obstacles(filing.definition, filing.actor, command.data);
  if (!obstacles.empty()) return tl::unexpected(std::move(obstacles));

  // What the form asks is the first data of the case, so it is there before any entry action runs.
  Json data = filing.definition.chart().initial_context();
  data.update(command.data);
  chart::Macrostep started =
      chart::start(filing.definition.chart(), {}, now.microseconds / 1000, &data);
  auto step = stage_step(filing.definition, Json::object(), Json::object(), started);
  if (!step) return tl::unexpected(std::move(step.error()));

  std::vector<Role> roles;
  for (const Role& role : filing.definition.filing().by) {
    if (filing.actor.holds(role)) roles.push_back(role);
  }
  return std::vector{Event{
      1, now, now, filing.actor.id(), std::move(roles),
      CaseFiled{{filing.definition.id(), filing.definition.version(), filing.definition.digest()},
                filing.number,
                filing.definition.case_title(data),
                filing.organ,
                std::move(*step)}}};
}

}  // namespace mingjian
