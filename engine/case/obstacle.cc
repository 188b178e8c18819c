#include "engine/case/obstacle.h"

namespace mingjian {

std::string name_of(ObstacleKind kind) {
  switch (kind) {
    case ObstacleKind::kState:
      return "state";
    case ObstacleKind::kRole:
      return "role";
    case ObstacleKind::kGuard:
      return "guard";
    case ObstacleKind::kForm:
      return "form";
    case ObstacleKind::kMaterial:
      return "material";
    case ObstacleKind::kApproval:
      return "approval";
    case ObstacleKind::kSeparation:
      return "separation";
    case ObstacleKind::kTime:
      return "time";
    case ObstacleKind::kRecusal:
      return "recusal";
    case ObstacleKind::kSecrecy:
      return "secrecy";
  }
  return "unknown";
}

}  // namespace mingjian
