#include "engine/base/instant.h"
#include "tests/fuzz/fuzz_target.h"

using namespace mingjian;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  (void)is_full_date(text);
  const auto instant = parse_rfc3339(text);
  if (instant) fuzz::require(parse_rfc3339(to_rfc3339(*instant)).value() == *instant);
  return 0;
}
