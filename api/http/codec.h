#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/head.h"
#include "api/http/message.h"

namespace mingjian::http {

// A request as it came: read whole, not decoded.
struct RawRequest {
  Head head;
  std::string body;
  std::string remote_address;
};

// Answers a whole request; may throw. Called by many threads at once.
using Service = std::function<Response(Request)>;

// What the server needs from outside. Both must be set; they are called by many threads at once and
// must not throw.
struct Hooks {
  // A name for an incident that nobody has had before, e.g. a UUID.
  std::function<std::string()> new_incident;
  // Takes what happened, for the operators: the client was told only the name.
  std::function<void(std::string_view incident, std::string_view text)> log_incident;
};

enum class Afterwards { kKeepAlive, kClose };

// An answer on its way out.
struct Reply {
  std::string octets;
  Afterwards afterwards = Afterwards::kKeepAlive;
  std::shared_ptr<Stream> stream = {};  // what follows the octets, where the answer goes on
};

// Turns a whole request into the octets of its answer, by cpp-httplib: the one place that knows the
// library. It reads from memory and writes to memory, and is told the method only: it sees no
// header, target or body of a client, so what it does by itself about ranges, compression, chunks,
// forms and percent signs in headers cannot happen. Used by one thread at a time.
class Codec {
 public:
  // Both must outlive the codec.
  Codec(const Service& service, const Hooks& hooks);
  ~Codec();
  Codec(const Codec&) = delete;
  Codec& operator=(const Codec&) = delete;

  // Never throws what the service throws: that is an incident, and the answer is 500. So is a
  // response with a header that is not one (RFC 9110, 5.5) or that is for the server to set.
  [[nodiscard]] Reply answer(RawRequest request, Afterwards afterwards);
  // The answer to a request that was refused; the connection is closed after it.
  [[nodiscard]] std::string answer(const Refusal& refusal);

 private:
  class Library;

  [[nodiscard]] Response serve(RawRequest request) const;
  [[nodiscard]] Response checked(Response response, Language language) const;
  [[nodiscard]] Response incident(std::string_view text, Language language) const;

  const Service& service_;
  const Hooks& hooks_;
  std::unique_ptr<Library> library_;
};

}  // namespace mingjian::http
