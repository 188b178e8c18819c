#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/chart/chart.h"
#include "engine/chart/vocabulary.h"

namespace mingjian::chart {

// Checks a definition as a whole and compiles it (contract, sections 2 and 7).
// Errors: kInvalidInput; the message names the state and what was expected, `pointer` is the place
// in the definition.
[[nodiscard]] Result<Chart> compile(const OrderedJson& definition,
                                    const Vocabulary& extra_keys = kProductVocabulary);

}  // namespace mingjian::chart
