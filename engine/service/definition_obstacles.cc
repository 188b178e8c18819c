#include "engine/service/definition_obstacles.h"

#include <algorithm>

#include "engine/base/blank.h"

namespace mingjian {
namespace {

Obstacle already_over(const Instant& until) {
  const std::string end = to_rfc3339(until);
  return {ObstacleKind::kTime,
          {"施行期间在 " + end + " 已经届满，不会有生效的一天",
           "it would end at " + end + ", before it could be in force"}};
}

}  // namespace

std::vector<Obstacle> proposal_obstacles(const Definition& definition, const Period& asked,
                                         std::optional<std::int64_t> newest, Instant now) {
  std::vector<Obstacle> obstacles;
  if (newest && definition.version() <= *newest) {
    const std::string known = std::to_string(*newest);
    obstacles.push_back({ObstacleKind::kForm,
                         {"版本号应大于已有的第 " + known + " 版",
                          "the version must be greater than " + known + ", which is known already"},
                         {},
                         "/version"});
  }
  if (asked.from && *asked.from < now) {
    obstacles.push_back({ObstacleKind::kTime,
                         {"施行日期不得早于现在：" + to_rfc3339(now),
                          "it cannot be in force from before now: " + to_rfc3339(now)}});
  }
  const Instant earliest = std::max(asked.from.value_or(now), now);
  if (asked.until && *asked.until <= earliest) obstacles.push_back(already_over(*asked.until));
  return obstacles;
}

std::vector<Obstacle> decision_obstacles(const DefinitionRecord& record, DefinitionAct act,
                                         const PersonId& actor, const std::string& opinion,
                                         Instant now) {
  std::vector<Obstacle> obstacles;
  if (record.decided) {
    obstacles.push_back(
        {ObstacleKind::kState,
         {"这个版本已有决定，不再改变", "that version was decided on and does not change again"}});
  }
  if (record.proposed.actor == actor) {
    obstacles.push_back({ObstacleKind::kSeparation,
                         {"上传人不得确认或者驳回自己上传的版本，应由另一名系统管理员决定",
                          "who uploaded a version cannot decide on it; another system "
                          "administrator does"}});
  }
  if (act == DefinitionAct::kRejected && blank(opinion)) {
    obstacles.push_back(
        {ObstacleKind::kForm, {"驳回时应写明意见", "rejecting needs an opinion"}, {}, "/opinion"});
  }
  const auto& until = record.version.asked.until;
  if (act == DefinitionAct::kConfirmed && until && *until <= now)
    obstacles.push_back(already_over(*until));
  return obstacles;
}

}  // namespace mingjian
