#pragma once

#include "engine/chart/chart.h"

namespace mingjian::chart {

// Whether a configuration is legal (W3C SCXML 1.0, section 3.11): the root is active, each active
// state's parent is, a compound state has exactly one active child and a parallel one has all.
[[nodiscard]] bool is_legal(const Chart& chart, const StateSet& configuration);

}  // namespace mingjian::chart
