#include "engine/base/json.h"

#include <nlohmann/json.hpp>

#include "tests/fuzz/fuzz_target.h"

using namespace mingjian;

// What is read can be written and read again, and both readers take the same texts.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto value = parse_json(text);
  const auto ordered = parse_ordered_json(text);
  fuzz::require(value.has_value() == ordered.has_value());
  if (!value) return 0;
  fuzz::require(parse_json(value->dump()).value() == *value);
  fuzz::require(parse_ordered_json(ordered->dump()).value() == *ordered);
  return 0;
}
