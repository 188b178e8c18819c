#pragma once

#include <string>

#include "engine/base/language.h"

namespace mingjian::render {

// What the signs of a diagram mean, in rows below each other from (0, 0).
struct Legend {
  std::string markup;
  double height = 0;
};
enum class LegendKind { kChart, kCase };  // of a case: also where it is and has been
[[nodiscard]] Legend legend(Language language, LegendKind kind, double width);

}  // namespace mingjian::render
