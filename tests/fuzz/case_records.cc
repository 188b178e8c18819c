#include <nlohmann/json.hpp>

#include "engine/case/event.h"
#include "engine/case/state.h"
#include "tests/fuzz/fuzz_target.h"

using namespace mingjian;

// What is read from the store is refused, or writes itself as something that reads the same.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  if (const auto json = parse_json(text)) {
    if (const auto event = event_from_json(*json)) {
      const Json written = to_json(*event);
      fuzz::require(to_json(event_from_json(written).value()) == written);
    }
  }
  if (const auto state = case_state_from_text(std::string(text))) {
    const std::string written = serialize(*state);
    fuzz::require(serialize(case_state_from_text(written).value()) == written);
  }
  return 0;
}
