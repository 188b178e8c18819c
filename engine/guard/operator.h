#pragma once

#include <cstddef>
#include <string_view>

namespace mingjian::guard {

// What a node of a compiled rule does. kLiteral and kList have no name of their own.
enum class Operator {
  kLiteral,
  kList,
  kVariable,          // var
  kValue,             // val
  kExists,            // exists
  kMissing,           // missing
  kMissingSome,       // missing_some
  kInState,           // in_state
  kIf,                // if, ?:
  kAnd,               // and
  kOr,                // or
  kNot,               // !
  kTruthy,            // !!
  kCoalesce,          // ??
  kThrow,             // throw
  kTry,               // try
  kPreserve,          // preserve
  kEqual,             // ==
  kNotEqual,          // !=
  kStrictlyEqual,     // ===
  kStrictlyNotEqual,  // !==
  kLess,              // <
  kLessOrEqual,       // <=
  kGreater,           // >
  kGreaterOrEqual,    // >=
  kAdd,               // +
  kSubtract,          // -
  kMultiply,          // *
  kDivide,            // /
  kRemainder,         // %
  kMaximum,           // max
  kMinimum,           // min
  kIn,                // in
  kConcatenate,       // cat
  kSubstring,         // substr
  kMerge,             // merge
  kMap,               // map
  kFilter,            // filter
  kReduce,            // reduce
  kAll,               // all
  kSome,              // some
  kNone,              // none
};

struct NamedOperator {
  std::string_view name;  // lives as long as the program
  Operator operation;
};

// The operator that a rule calls by `name`, or nullptr where there is none.
[[nodiscard]] const NamedOperator* operator_named(std::string_view name);

// Whether an argument runs on frames of its own (see Frame), where a plain path is not of the data.
[[nodiscard]] bool has_own_frame(Operator operation, std::size_t argument);

}  // namespace mingjian::guard
