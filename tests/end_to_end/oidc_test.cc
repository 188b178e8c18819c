// People who sign in elsewhere: the real program takes the tokens of a provider that it was told
// of.
#include <chrono>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/clerk.h"
#include "tests/support/key_server.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_store.h"
#include "tests/support/token_signer.h"

namespace mingjian::testing {
namespace {

using Json = nlohmann::json;

std::int64_t in_seconds(int ahead) {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
             .count() +
         ahead;
}

class OidcSignIn : public ::testing::Test {
 protected:
  OidcSignIn() {
    std::ofstream(folder_.file("settings")) << "oidc_issuer = https://id.example\n"
                                            << "oidc_audience = mingjian\n"
                                            << "oidc_keys = " << provider_.address() << "\n"
                                            << "oidc_person = preferred_username\n";
    provider_.publish({&signer_});
    EXPECT_EQ(
        run("office " MINGJIAN_SOURCE_DIR "/workflows/demonstration/office.json " + options_).code,
        0);
  }

  [[nodiscard]] std::string token(const std::string& person, int ends_in = 300) const {
    return signer_.sign({{"iss", "https://id.example"},
                         {"aud", {"mingjian", "another"}},
                         {"exp", in_seconds(ends_in)},
                         {"sub", "8f1c"},
                         {"preferred_username", person}});
  }

  const TestStore store_;
  const TemporaryFolder folder_;
  const TokenSigner signer_{TokenSigner::Kind::kEllipticCurve, "key-1"};
  KeyServer provider_;
  const std::string options_ = store_.option() + " --workflows " MINGJIAN_SOURCE_DIR "/workflows";
};

TEST_F(OidcSignIn, WorksAsAnyOtherWithinThePostsThatOneHoldsHere) {
  const ServeProcess server(options_ + " --config " + folder_.file("settings"));
  Clerk inspector(server.port(), token("lin-wei"));
  const Answer filed = inspector.send(filing("from-outside"));
  ASSERT_EQ(filed.status, 201) << filed.body;
  EXPECT_EQ(
      inspector.get("/api/v1/cases/" + Json::parse(filed.body)["id"].get<std::string>()).status,
      200);
  // Somebody who does not hold a post here is nobody here.
  EXPECT_EQ(Clerk(server.port(), token("stranger")).get("/api/v1/tasks").status, 401);
  const Answer late = Clerk(server.port(), token("lin-wei", -61)).get("/api/v1/tasks");
  EXPECT_EQ(late.status, 401);
  EXPECT_EQ(late.header("www-authenticate"), "Bearer error=\"invalid_token\"");
  // Sessions go on beside it.
  EXPECT_EQ(Clerk(server.port(), sign_in(server.port(), "zhao-min")).get("/api/v1/tasks").status,
            200);
}

TEST_F(OidcSignIn, IsRefusedWhereNobodyWasAgreedOn) {
  const ServeProcess server(options_);
  EXPECT_EQ(Clerk(server.port(), token("lin-wei")).get("/api/v1/tasks").status, 401);
  EXPECT_EQ(provider_.asked(), 0);
}

TEST_F(OidcSignIn, HalfAnAgreementIsNoSetting) {
  std::ofstream(folder_.file("settings")) << "oidc_issuer = https://id.example\n";
  const Ran refused = run("serve --port 0 " + options_ + " --config " + folder_.file("settings"));
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.out.find("oidc_audience"), std::string::npos) << refused.out;
}

}  // namespace
}  // namespace mingjian::testing
