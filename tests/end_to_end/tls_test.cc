// The real program by TLS.
#include <gmock/gmock.h>
#include <httplib.h>

#include "tests/support/authority.h"
#include "tests/support/program.h"
#include "tests/support/test_store.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class TlsOnTheProgram : public ::testing::Test {
 protected:
  int status_at(const ServeProcess& server, const std::string& certificate = {},
                const std::string& key = {}) {
    httplib::SSLClient client("127.0.0.1", server.port(), certificate, key);
    client.set_ca_cert_path(authority_.certificate().c_str());
    client.enable_server_certificate_verification(true);
    const auto answer = client.Get("/readyz");
    return answer ? answer->status : 0;
  }

  const TestStore store_;
  const Authority authority_;
  const std::string options_ = store_.option() + " --workflows " MINGJIAN_SOURCE_DIR "/workflows";
  const std::string certified_ = options_ + " --tls-certificate " +
                                 authority_.server_certificate() + " --tls-key " +
                                 authority_.server_key();
};

TEST_F(TlsOnTheProgram, IsServedAsTheOptionsSay) {
  const ServeProcess server(certified_);
  EXPECT_THAT(server.address(), StartsWith("https://127.0.0.1:"));
  EXPECT_EQ(status_at(server), 200);
}

TEST_F(TlsOnTheProgram, AsksClientsForACertificateWhereAuthoritiesAreNamed) {
  const ServeProcess server(certified_ + " --tls-clients " + authority_.certificate());
  EXPECT_EQ(status_at(server), 0);
  EXPECT_EQ(status_at(server, authority_.client_certificate(), authority_.client_key()), 200);
}

TEST_F(TlsOnTheProgram, StartsNotInTheClearWhereASettingOfItIsMissingOrWrong) {
  const Ran half = run("serve --port 0 " + options_ + " --tls-key " + authority_.server_key());
  EXPECT_EQ(half.code, 2) << half.out;
  EXPECT_THAT(half.out, HasSubstr("tls_certificate, tls_key"));
  const Ran alone = run("serve --port 0 " + options_ + " --tls-clients a.pem");
  EXPECT_EQ(alone.code, 2) << alone.out;
  EXPECT_THAT(alone.out, HasSubstr("tls_clients"));
  const Ran missing =
      run("serve --port 0 " + options_ + " --tls-certificate /nowhere --tls-key /nowhere");
  EXPECT_EQ(missing.code, 2) << missing.out;
  EXPECT_THAT(missing.out, HasSubstr("/nowhere"));
}

}  // namespace
}  // namespace mingjian::testing
