#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "api/http/message.h"
#include "api/http/problem.h"

namespace mingjian::http {

// What comes before the body of a request (RFC 9112), read strictly: where two readers could
// disagree about where a message ends, it is refused.
struct Head {
  std::string method;  // one that the server knows
  std::string target;  // origin-form ("/path?query") or "*"
  Pairs headers;
  std::size_t body_bytes = 0;  // Content-Length
  bool keep_alive = true;
  bool expects_continue = false;
};

// An operation whose bodies may be larger than those of others.
struct LargerBody {
  std::string method;
  std::string path;
  std::size_t bytes = 0;
};

struct HeadLimits {
  std::size_t bytes = 16 << 10;  // of the whole head
  std::size_t target_bytes = 4 << 10;
  std::size_t headers = 64;
  std::size_t body_bytes = 1 << 20;  // that a request may announce
  std::vector<LargerBody> larger_bodies = {};
};

// Why a request is refused before it is read. The connection is closed after the answer: what
// follows on it cannot be understood, or is not worth reading.
struct Refusal {
  Problem problem;
  Language language = Language::kChinese;
  bool without_body = false;  // the request was HEAD
};

// How many bytes the head at the start of `bytes` has, its empty line included; nothing where it
// has not ended yet. `searched` bytes were looked through before, without success.
[[nodiscard]] std::optional<std::size_t> find_head_end(std::string_view bytes,
                                                       std::size_t searched);

// Reads a head, its empty line included.
[[nodiscard]] tl::expected<Head, Refusal> read_head(std::string_view bytes,
                                                    const HeadLimits& limits);

// For what is not a head even before it has ended: too long, or with a line end that is no CRLF.
[[nodiscard]] std::optional<Refusal> refuse_beginning(std::string_view bytes,
                                                      const HeadLimits& limits);

// 408: it did not come whole in time.
[[nodiscard]] Refusal too_slow();

// 503: more comes in than can be answered.
[[nodiscard]] Refusal too_busy(const Head& head);

}  // namespace mingjian::http
