#pragma once

#include <chrono>
#include <string>

#include "engine/base/result.h"

namespace mingjian {

struct Downloaded {
  std::string content;
  std::chrono::seconds fresh_for{0};  // max-age of Cache-Control (RFC 9111); 0: not said
};

// Gets a small document over TLS, without following anybody elsewhere. `authority`: file with the
// certificates that vouch for the server; empty: those of the machine. Plain http is taken from
// this machine itself only. Errors: kUnavailable; kInvalidInput for another kind of address.
[[nodiscard]] Result<Downloaded> download(const std::string& address, const std::string& authority);

}  // namespace mingjian
