#pragma once

#include <memory>
#include <string>

#include "api/http/channel.h"
#include "engine/base/result.h"

struct ssl_ctx_st;

namespace mingjian::http {

// Files in PEM.
struct TlsOptions {
  std::string certificate;  // of this server, followed by those between it and its authority
  std::string key;          // of that certificate
  std::string clients;  // authorities by one of which a client must be certified; empty: no client
                        // is asked for a certificate
};

// The serving side of TLS 1.2 and 1.3, by OpenSSL. Handshakes go on in the thread that uses the
// channels, a piece whenever something comes in, so that a slow one holds nobody; what each costs
// that thread is the signature: a key of the curve P-256 gives some ten times as many a second as
// RSA. Thread-safe.
class Tls {
 public:
  // Reads the files. Errors: kInvalidInput says which one is no good.
  [[nodiscard]] static Result<std::unique_ptr<Tls>> make(const TlsOptions& options);
  ~Tls();
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;

  // Waits for the client to begin. The socket is non-blocking. The process must ignore SIGPIPE, by
  // which it would end where it writes to a client that has gone.
  [[nodiscard]] std::unique_ptr<Channel> channel(Descriptor socket) const;

 private:
  explicit Tls(ssl_ctx_st* context) : context_(context) {}

  ssl_ctx_st* const context_;
};

}  // namespace mingjian::http
