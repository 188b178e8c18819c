#include <cstddef>
#include <iostream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "adapters/crypto/json_web_keys.h"
#include "adapters/crypto/json_web_signature.h"
#include "tests/support/conformance_files.h"

namespace mingjian::testing {
namespace {

// What is offered: RS256 and ES256. A token of another algorithm is refused, valid or not.
bool is_offered(const std::string& token) {
  return token.starts_with("eyJhbGciOiJSUzI1NiI") || token.starts_with("eyJhbGciOiJFUzI1NiI");
}

// The keys of a group: one, a set, or a shared secret.
Json keys_of(const Json& group) {
  const Json& key = group.contains("public") ? group.at("public") : group.at("private");
  return key.contains("keys") ? key : Json{{"keys", {key}}};
}

bool verifies(const Json& keys, const std::string& token) {
  const auto parsed = JsonWebKeys::parse(keys.dump());
  return parsed && verified_payload(token, *parsed);
}

class Jose : public ::testing::TestWithParam<const char*> {};

TEST_P(Jose, AnswersEachVector) {
  const auto file = conformance_folder() / "jose" / GetParam();
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "left out: there is no " << file;
  const Json suite = Json::parse(read_file(file));
  std::size_t passed = 0;
  std::size_t accepted = 0;
  for (const Json& group : suite.at("testGroups")) {
    const Json keys = keys_of(group);
    for (const Json& test : group.at("tests")) {
      const std::string token = test.at("jws");
      const bool expected = test.at("result") == "valid" && is_offered(token);
      const bool given = verifies(keys, token);
      passed += given == expected ? 1 : 0;
      accepted += given ? 1 : 0;
      EXPECT_EQ(given, expected) << test.at("tcId") << " " << group.value("comment", "") << " "
                                 << test.at("comment") << " " << token;
    }
  }
  EXPECT_GT(accepted, 0U);
  std::cout << "jose/" << GetParam() << ": " << passed << " of " << suite.at("numberOfTests")
            << ", " << accepted << " of them accepted\n";
}

INSTANTIATE_TEST_SUITE_P(Vectors, Jose,
                         ::testing::Values("json_web_signature_test.json",
                                           "json_web_key_test.json"),
                         [](const auto& file) {
                           const std::string name = file.param;
                           return name.substr(0, name.find('.'));
                         });

}  // namespace
}  // namespace mingjian::testing
