// The server by TLS, with certificates made here by the openssl program.
#include "api/http/tls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "tests/http/running_server.h"
#include "tests/support/authority.h"

namespace mingjian::http {
namespace {

using testing::Authority;
using ::testing::HasSubstr;
using testing::RawClient;
using testing::RunningServer;

constexpr std::size_t kLarge = 20 << 20;

// The body comes back; without one, a large text.
Response answer(const Request& request) {
  return {200, {}, "text/plain", request.body.empty() ? std::string(kLarge, 'x') : request.body};
}

Options options_with(const TlsOptions& tls) {
  Options options;
  options.tls = tls;
  options.limits.head.body_bytes = kLarge;
  return options;
}

class TlsServer : public ::testing::Test {
 protected:
  TlsOptions files() const {
    return {authority_.server_certificate(), authority_.server_key(), ""};
  }
  TlsOptions files_for_known_clients() const {
    TlsOptions files = this->files();
    files.clients = authority_.certificate();
    return files;
  }

  // Who believes the authority of this server.
  static std::unique_ptr<httplib::SSLClient> prepared(std::unique_ptr<httplib::SSLClient> client,
                                                      const Authority& authority) {
    client->set_ca_cert_path(authority.certificate().c_str());
    client->enable_server_certificate_verification(true);
    client->set_keep_alive(true);
    return client;
  }
  std::unique_ptr<httplib::SSLClient> client_of(const RunningServer& server) const {
    return prepared(std::make_unique<httplib::SSLClient>("127.0.0.1", server.port()), authority_);
  }
  std::unique_ptr<httplib::SSLClient> client_with_certificate(const RunningServer& server,
                                                              const Authority& of) const {
    return prepared(std::make_unique<httplib::SSLClient>("127.0.0.1", server.port(),
                                                         of.client_certificate(), of.client_key()),
                    authority_);
  }

  static void expect_answered(httplib::SSLClient& client) {
    const auto answered = client.Post("/", "what was sent", "text/plain");
    ASSERT_TRUE(answered) << httplib::to_string(answered.error());
    EXPECT_EQ(answered->body, "what was sent");
  }

  const Authority authority_;
};

TEST_F(TlsServer, AnswersOneRequestAfterTheOtherOnAConnection) {
  const RunningServer server(answer, options_with(files()));
  const auto client = client_of(server);
  for (int count = 0; count < 20; ++count) expect_answered(*client);
}

TEST_F(TlsServer, TakesAndGivesWhatIsLargeWhole) {
  const RunningServer server(answer, options_with(files()));
  const auto client = client_of(server);
  const std::string body(kLarge - 1, 'y');
  const auto echoed = client->Post("/", body, "text/plain");
  ASSERT_TRUE(echoed) << httplib::to_string(echoed.error());
  EXPECT_TRUE(echoed->body == body);
  const auto given = client->Get("/");
  ASSERT_TRUE(given) << httplib::to_string(given.error());
  EXPECT_EQ(given->body.size(), kLarge);
}

TEST_F(TlsServer, GoesOnWhereAClientLeavesInTheMiddleOfAnAnswer) {
  const RunningServer server(answer, options_with(files()));
  for (int count = 0; count < 5; ++count) {
    const auto client = client_of(server);
    EXPECT_FALSE(client->Get("/", [](const char*, std::size_t) { return false; }));
  }
  expect_answered(*client_of(server));
}

TEST_F(TlsServer, GivesNothingToAClientInTheClear) {
  const RunningServer server(answer, options_with(files()));
  RawClient client = server.connect();
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 0);
  client.finish_sending();
  EXPECT_LT(client.read_to_end(), 100U);  // an alert at most
  expect_answered(*client_of(server));
}

// Each of them has begun a handshake: a record of 512 octets is announced, and does not come.
TEST_F(TlsServer, IsHeldByNobodyWhoseHandshakeDoesNotGoOn) {
  Options options = options_with(files());
  options.workers = 1;
  const RunningServer server(answer, options);
  std::vector<RawClient> slow;
  for (int count = 0; count < 50; ++count) {
    slow.push_back(server.connect());
    ASSERT_TRUE(slow.back().send(std::string("\x16\x03\x01\x02\x00\x01", 6)));
  }
  expect_answered(*client_of(server));
}

TEST_F(TlsServer, DropsAClientWhoseHandshakeTakesTooLong) {
  Options options = options_with(files());
  options.limits.request_deadline = std::chrono::milliseconds(50);
  options.limits.idle_timeout = std::chrono::hours(1);
  const RunningServer server(answer, options);
  RawClient silent = server.connect();
  RawClient begun = server.connect();
  ASSERT_TRUE(begun.send(std::string("\x16\x03\x01\x02\x00\x01", 6)));
  constexpr int kLongEnough = 30'000;  // milliseconds; the end can be read then
  EXPECT_TRUE(silent.readable_within(kLongEnough));
  EXPECT_TRUE(begun.readable_within(kLongEnough));
}

TEST_F(TlsServer, IsNotBelievedWhereAnotherAuthorityIsAsked) {
  const RunningServer server(answer, options_with(files()));
  const Authority another;
  const auto client =
      prepared(std::make_unique<httplib::SSLClient>("127.0.0.1", server.port()), another);
  EXPECT_EQ(client->Get("/").error(), httplib::Error::SSLServerVerification);
}

TEST_F(TlsServer, TakesOnlyClientsThatItsAuthorityKnowsWhereOneIsNamed) {
  const RunningServer server(answer, options_with(files_for_known_clients()));
  const Authority another;
  EXPECT_FALSE(client_of(server)->Post("/", "a", "text/plain"));
  EXPECT_FALSE(client_with_certificate(server, another)->Post("/", "a", "text/plain"));
  const auto client = client_with_certificate(server, authority_);
  expect_answered(*client);
  // A session is taken up again as well.
  client->stop();
  expect_answered(*client);
}

TEST_F(TlsServer, SpeaksNoVersionThatWasGivenUp) {
  const RunningServer server(answer, options_with(files()));
  for (const int version : {TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto client = client_of(server);
    SSL_CTX_set_security_level(client->ssl_context(), 0);
    SSL_CTX_set_min_proto_version(client->ssl_context(), version);
    SSL_CTX_set_max_proto_version(client->ssl_context(), version);
    EXPECT_EQ(static_cast<bool>(client->Post("/", "a", "text/plain")), version != TLS1_1_VERSION)
        << std::hex << version;
  }
}

TEST_F(TlsServer, DoesNotStartWithFilesThatAreNoGood) {
  const Authority another;
  const auto expect_refused = [](const TlsOptions& files, const std::string& named) {
    const auto made = Tls::make(files);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(made.error().message.en, HasSubstr(named));
    EXPECT_THAT(made.error().message.zh, HasSubstr(named));
  };
  expect_refused({"/nowhere", authority_.server_key(), ""}, "/nowhere");
  expect_refused({authority_.server_key(), authority_.server_key(), ""}, "server.key");
  expect_refused({authority_.server_certificate(), "/nowhere", ""}, "/nowhere");
  expect_refused({authority_.server_certificate(), another.server_key(), ""}, another.server_key());
  expect_refused({authority_.server_certificate(), authority_.server_key(), "/nowhere"},
                 "/nowhere");
}

}  // namespace
}  // namespace mingjian::http
