#include "api/http/tls.h"

#include <algorithm>
#include <array>
#include <limits>
#include <new>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace mingjian::http {
namespace {

// In the form of RFC 7301: the length before the name.
constexpr std::array<unsigned char, 9> kProtocol = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
constexpr std::array<unsigned char, 8> kSessionContext = {'m', 'i', 'n', 'g', 'j', 'i', 'a', 'n'};

int clamped(std::size_t size) {
  return static_cast<int>(
      std::min(size, static_cast<std::size_t>(std::numeric_limits<int>::max())));
}

class TlsChannel : public Channel {
 public:
  TlsChannel(SSL_CTX* context, Descriptor socket)
      : Channel(std::move(socket)), tls_(SSL_new(context)) {
    if (tls_ == nullptr || SSL_set_fd(tls_.get(), descriptor()) != 1) throw std::bad_alloc();
    SSL_set_accept_state(tls_.get());
  }

  Moved receive(std::span<char> into) override {
    ERR_clear_error();
    return moved(SSL_read(tls_.get(), into.data(), clamped(into.size())));
  }

  Moved send(std::string_view octets) override {
    ERR_clear_error();
    return moved(SSL_write(tls_.get(), octets.data(), clamped(octets.size())));
  }

  bool established() const override { return SSL_is_init_finished(tls_.get()) == 1; }

  void finish_sending() override {
    ERR_clear_error();
    if (!failed_) SSL_shutdown(tls_.get());
    ::shutdown(descriptor(), SHUT_WR);
  }

 private:
  struct Free {
    void operator()(SSL* tls) const { SSL_free(tls); }
  };

  Moved moved(int size) {
    if (size > 0) return {State::kMoved, static_cast<std::size_t>(size)};
    switch (SSL_get_error(tls_.get(), size)) {
      case SSL_ERROR_WANT_READ:
      case SSL_ERROR_WANT_WRITE:
        return {State::kBlocked};
      case SSL_ERROR_ZERO_RETURN:
        return {State::kEnded};
      default:
        failed_ = true;  // no more may be done with it, not even to say goodbye
        return {State::kEnded};
    }
  }

  std::unique_ptr<SSL, Free> tls_;
  bool failed_ = false;
};

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  auto* out = const_cast<unsigned char*>(*chosen);
  const int found =
      SSL_select_next_proto(&out, size, kProtocol.data(), kProtocol.size(), offered, offered_size);
  *chosen = out;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

tl::unexpected<Error> unusable(const Text& what, const std::string& file) {
  const char* const reason = ERR_reason_error_string(ERR_peek_error());
  const std::string cause = reason == nullptr ? "" : std::string(" (") + reason + ")";
  ERR_clear_error();
  return fail(ErrorKind::kInvalidInput, {what.zh + "不可用：" + file + cause,
                                         "cannot use the " + what.en + ": " + file + cause});
}

void set_up(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // Memory for octets under way is held only while there are any.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  // Sessions are in the tickets that clients keep: here none are, and so none fill the memory.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  // An encrypted key is refused: nobody is there to be asked for its passphrase.
  SSL_CTX_set_default_passwd_cb(context, [](char*, int, int, void*) { return 0; });
  SSL_CTX_set_session_id_context(context, kSessionContext.data(), kSessionContext.size());
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

Result<void> load(SSL_CTX* context, const TlsOptions& options) {
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context, options.certificate.c_str()) != 1)
    return unusable({"服务器证书", "certificate of the server"}, options.certificate);
  if (SSL_CTX_use_PrivateKey_file(context, options.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    return unusable({"服务器证书的私钥", "key of the certificate"}, options.key);
  }
  if (options.clients.empty()) return {};
  STACK_OF(X509_NAME)* const names = SSL_load_client_CA_file(options.clients.c_str());
  if (names == nullptr ||
      SSL_CTX_load_verify_locations(context, options.clients.c_str(), nullptr) != 1) {
    sk_X509_NAME_pop_free(names, X509_NAME_free);
    return unusable({"客户端证书的颁发者", "authorities of the clients"}, options.clients);
  }
  SSL_CTX_set_client_CA_list(context, names);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  return {};
}

}  // namespace

Result<std::unique_ptr<Tls>> Tls::make(const TlsOptions& options) {
  SSL_CTX* const context = SSL_CTX_new(TLS_server_method());
  if (context == nullptr) throw std::bad_alloc();
  std::unique_ptr<Tls> made(new Tls(context));
  set_up(context);
  auto loaded = load(context, options);
  if (!loaded) return tl::unexpected<Error>(std::move(loaded.error()));
  return made;
}

Tls::~Tls() { SSL_CTX_free(context_); }

std::unique_ptr<Channel> Tls::channel(Descriptor socket) const {
  return std::make_unique<TlsChannel>(context_, std::move(socket));
}

}  // namespace mingjian::http
