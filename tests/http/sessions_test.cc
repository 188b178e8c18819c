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

  Response sign_in(const std::string& password) {
    Request request;
    request.method = "POST";
    request.segments = {"api", "v1", "sessions"};
    request.headers = {{"Content-Type", "application/json"}};
    request.body = Json{{"person", "lin-wei"}, {"password", password}}.dump();
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

TEST_F(Sessions, AreNotOpenedWithAWrongPassword) { EXPECT_EQ(sign_in("wrong").status, 401); }

}  // namespace
}  // namespace mingjian::http
