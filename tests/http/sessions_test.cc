#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "api/http/handlers/routes.h"
#include "tests/http/office_in_memory.h"

namespace mingjian::http {
namespace {

constexpr std::int64_t kHour = 3600LL * 1'000'000;

class Sessions : public ::testing::Test {
 protected:
  void SetUp() override {
    const Person person{PersonId("lin-wei"), {"林薇", "Lin Wei"}, {}, true};
    ASSERT_TRUE(office_.directory().put_office({{}, {person}}));
    ASSERT_TRUE(office_.directory().set_password_hash(person.id, "right password"));
  }

  Response sign_in(const std::string& password, const std::string& person = "lin-wei") {
    Request request;
    request.method = "POST";
    request.segments = {"api", "v1", "sessions"};
    request.headers = {{"Content-Type", "application/json"}};
    request.body = Json{{"person", person}, {"password", password}}.dump();
    return router_.handle(std::move(request));
  }
  int ask_as(const std::string& token) {
    Request request;
    request.method = "GET";
    request.segments = {"api", "v1", "me"};
    request.headers = {{"Authorization", "Bearer " + token}};
    return router_.handle(std::move(request)).status;
  }

  testing::OfficeInMemory office_;
  Router router_ = make_router(office_.services());
};

TEST_F(Sessions, EndAfterEightHours) {
  const Response opened = sign_in("right password");
  ASSERT_EQ(opened.status, 201) << opened.body;
  const std::string token = Json::parse(opened.body)["token"];
  office_.clock().advance(8 * kHour - 1);
  EXPECT_EQ(ask_as(token), 200);
  office_.clock().advance(1);
  EXPECT_EQ(ask_as(token), 401);
}

TEST_F(Sessions, AreNotOpenedForAWhileAfterManyFailuresWhoeverItIs) {
  for (const std::string& account :
       std::vector<std::string>{"lin-wei", "nobody", std::string(10'000, 'x')}) {
    SCOPED_TRACE(account.substr(0, 20));
    for (int failure = 0; failure < 10; ++failure) EXPECT_EQ(sign_in("wrong", account).status, 401);
    // Not even with the right one, and saying when.
    const Response refused = sign_in("right password", account);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(find_header(refused.headers, "Retry-After"), "1");
    const Json body = Json::parse(refused.body);
    EXPECT_EQ(body["type"], "urn:mingjian:problem:too-many-requests");
    EXPECT_EQ(body["retry_at"], to_rfc3339({office_.clock().now().microseconds + 1'000'000}));
  }
}

TEST_F(Sessions, ThatAreOpenedMakeEarlierFailuresForgotten) {
  for (int time = 0; time < 3; ++time) {
    for (int failure = 0; failure < 9; ++failure) EXPECT_EQ(sign_in("wrong").status, 401);
    EXPECT_EQ(sign_in("right password").status, 201);
  }
}

TEST_F(Sessions, AreNotOpenedWithAWrongPassword) { EXPECT_EQ(sign_in("wrong").status, 401); }

}  // namespace
}  // namespace mingjian::http
