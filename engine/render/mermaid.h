#pragma once

#include <string>

#include "engine/render/subject.h"

namespace mingjian::render {

// The chart as a Mermaid stateDiagram-v2. Mermaid draws no transition between states inside
// different composite states: such a one is drawn between the outermost states that hold one end
// each, and its label names the target. History states are boxes marked H, or H* where deep.
[[nodiscard]] std::string mermaid(const Subject& subject, Language language);

}  // namespace mingjian::render
