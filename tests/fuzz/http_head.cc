#include "api/http/head.h"
#include "tests/fuzz/fuzz_target.h"

using namespace mingjian;

// However the bytes come in, the end of the head is found at the same place; and what is refused as
// a beginning is no head either.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::text_of(data, size);
  const http::HeadLimits limits;
  const auto refused = http::refuse_beginning(bytes, limits);
  const auto end = http::find_head_end(bytes, 0);
  if (!end) return 0;
  fuzz::require(*end <= bytes.size());
  fuzz::require(!http::find_head_end(bytes.substr(0, *end - 1), 0));
  fuzz::require(http::find_head_end(bytes, *end - 1) == end);
  const auto head = http::read_head(bytes.substr(0, *end), limits);
  if (!head) return 0;
  fuzz::require(!head->method.empty() && !head->target.empty());
  fuzz::require(head->headers.size() <= limits.headers && head->body_bytes <= limits.body_bytes);
  return 0;
}
