#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/definition/definition.h"

namespace mingjian::cli {

// The end of every path: the final state is no stage of its own.
inline const std::string kClosed = "closed";

// One step on a way through a procedure.
struct RouteStep {
  std::string event;
  Json data;                // its form, filled in; null where it asks for nothing
  std::size_t reached = 0;  // how many stages of the path have been entered after it
};

// Fills in a form by its schema.
using FillForm = std::function<Json(const Json& schema)>;

// The steps that lead a new case with this data through the stages of `path` (codes of the table
// "stages", and kClosed) and through no others. They are tried on a copy of the statechart before
// anybody takes them: where several lead into a stage, those are found from which the rest of the
// path can still be gone. Errors: kConflict, naming the stage beyond which there is no way.
[[nodiscard]] Result<std::vector<RouteStep>> find_route(const Definition& definition,
                                                        const Json& data,
                                                        const std::vector<std::string>& path,
                                                        const FillForm& fill_form);

}  // namespace mingjian::cli
