#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/guard/frame.h"
#include "engine/guard/path.h"
#include "engine/guard/type.h"

namespace mingjian::guard {

// What the data of a rule is known to be: a JSON Schema (draft-07) for each member of its top level
// ("context", "event", "now", ...). There is no other member. A schema may have titles {zh, en}.
struct TypeEnvironment {
  std::map<std::string, std::shared_ptr<const Json>, std::less<>> members;
};

// As Frame, with types in the place of values.
struct TypeFrame {
  Frame::Kind kind = Frame::Kind::kData;
  const TypeFrame* outer = nullptr;
  const TypeEnvironment* environment = nullptr;  // of kData
  Type value = {};        // of kIteration the list; of kMember the member; of kReduction "current"
  Type accumulator = {};  // of kReduction
};

// The two frames that an operator puts around its body for the members of `list`. Neither may move.
struct TypeBody {
  TypeBody(const TypeFrame& outer, const Type& list)
      : iteration{Frame::Kind::kIteration, &outer, nullptr, list, {}},
        member{Frame::Kind::kMember, &iteration, nullptr, item_of(list), {}} {}
  TypeBody(const TypeBody&) = delete;
  TypeBody& operator=(const TypeBody&) = delete;

  TypeFrame iteration;
  TypeFrame member;
};

// The type of what `path` leads to from `frame`; nothing where that can never be.
[[nodiscard]] std::optional<Type> locate(const Path& path, const TypeFrame& frame);

// `path` as it is written in a `var`: keys joined with dots.
[[nodiscard]] std::string dotted(const Path& path);

// The one of `names` that is but a slip or two away from `name`, "" where there is none.
[[nodiscard]] std::string likely_name(const std::string& name,
                                      const std::vector<std::string>& names);

// What may have been meant by a path that leads nowhere, up to its first key that is wrong; ""
// where nothing comes close.
[[nodiscard]] std::string likely_path(const Path& path, const TypeFrame& frame);

}  // namespace mingjian::guard
