#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "api/http/handlers/routes.h"
#include "engine/base/digest.h"
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

  Response ask(const std::string& method, std::vector<std::string> path, const std::string& token,
               const Json& body = {}) {
    Request request;
    request.method = method;
    request.segments = std::move(path);
    request.segments.insert(request.segments.begin(), {"api", "v1"});
    request.headers = {{"Content-Type", "application/json"}};
    if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
    if (!body.is_null()) request.body = body.dump();
    return router_.handle(std::move(request));
  }
  Response sign_in(const std::string& password, const std::string& person = "lin-wei") {
    return ask("POST", {"sessions"}, "", {{"person", person}, {"password", password}});
  }
  std::string token_of(const Response& opened) {
    EXPECT_EQ(opened.status, 201) << opened.body;
    return Json::parse(opened.body)["token"];
  }
  int ask_as(const std::string& token) { return ask("GET", {"me"}, token).status; }
  Response change_password(const std::string& token, const std::string& present,
                           const std::string& next) {
    return ask("PUT", {"me", "password"}, token, {{"present", present}, {"next", next}});
  }
  Json sessions(const std::string& token) {
    const Response listed = ask("GET", {"sessions"}, token);
    EXPECT_EQ(listed.status, 200) << listed.body;
    return Json::parse(listed.body)["items"];
  }

  testing::OfficeInMemory office_;
  Router router_ = make_router(office_.services());
};

TEST_F(Sessions, EndAfterEightHours) {
  const std::string token = token_of(sign_in("right password"));
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

TEST_F(Sessions, AreListedForTheirPersonWithoutTheToken) {
  const std::string first = token_of(sign_in("right password"));
  office_.clock().advance(kHour);
  const std::string second = token_of(sign_in("right password"));
  const Json listed = sessions(first);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0]["current"], false);
  EXPECT_EQ(listed[1]["current"], true);
  EXPECT_EQ(listed[0]["opened_at"], to_rfc3339(office_.clock().now()));
  EXPECT_EQ(listed[1]["expires_at"], to_rfc3339({office_.clock().now().microseconds + 7 * kHour}));
  EXPECT_EQ(listed.dump().find(second), std::string::npos);
  office_.clock().advance(7 * kHour);
  EXPECT_EQ(sessions(second).size(), 1U);
}

TEST_F(Sessions, AreEndedByTheirPersonAlone) {
  const std::string mine = token_of(sign_in("right password"));
  const std::string lost = token_of(sign_in("right password"));
  const Person other{PersonId("qian"), {"钱", "Qian"}, {}, true};
  ASSERT_TRUE(office_.directory().put_office({{}, {other}}));
  ASSERT_TRUE(office_.directory().set_password_hash(other.id, "another password"));
  const std::string others = token_of(sign_in("another password", "qian"));
  const std::string id = sha256_hex(lost);
  EXPECT_EQ(ask("DELETE", {"sessions", id}, others).status, 404);
  EXPECT_EQ(ask_as(lost), 200);
  EXPECT_EQ(ask("DELETE", {"sessions", id}, mine).status, 204);
  EXPECT_EQ(ask_as(lost), 401);
  EXPECT_EQ(ask("DELETE", {"sessions", id}, mine).status, 404);
  EXPECT_EQ(ask_as(mine), 200);
  EXPECT_EQ(ask("DELETE", {"sessions", "current"}, mine).status, 204);
  EXPECT_EQ(ask_as(mine), 401);
}

TEST_F(Sessions, EndWhereThePasswordIsChangedButForTheOneThatChangesIt) {
  const std::string mine = token_of(sign_in("right password"));
  const std::string other = token_of(sign_in("right password"));
  EXPECT_EQ(change_password(mine, "right password", "the next password").status, 204);
  EXPECT_EQ(ask_as(mine), 200);
  EXPECT_EQ(ask_as(other), 401);
  EXPECT_EQ(sign_in("right password").status, 401);
  EXPECT_EQ(sign_in("the next password").status, 201);
}

TEST_F(Sessions, ChangeNoPasswordThatIsNotKnownOrNotGood) {
  const std::string token = token_of(sign_in("right password"));
  const Response wrong = change_password(token, "wrong password", "the next password");
  EXPECT_EQ(wrong.status, 403);
  EXPECT_EQ(Json::parse(wrong.body)["type"], "urn:mingjian:problem:wrong-password");
  for (const char* const next : {"short", "right password"}) {
    const Response refused = change_password(token, "right password", next);
    EXPECT_EQ(refused.status, 400) << next;
    EXPECT_EQ(Json::parse(refused.body)["errors"][0]["pointer"], "#/next");
  }
  EXPECT_EQ(change_password("", "right password", "the next password").status, 401);
  EXPECT_EQ(sign_in("right password").status, 201);
}

// Who found a session left open cannot try passwords by it faster than by signing in.
TEST_F(Sessions, CountAWrongPresentPasswordAsAFailureToSignIn) {
  const std::string token = token_of(sign_in("right password"));
  for (int failure = 0; failure < 10; ++failure)
    EXPECT_EQ(change_password(token, "wrong", "the next password").status, 403);
  EXPECT_EQ(change_password(token, "right password", "the next password").status, 429);
  EXPECT_EQ(sign_in("right password").status, 429);
}

TEST_F(Sessions, AreNotOpenedWithAWrongPassword) { EXPECT_EQ(sign_in("wrong").status, 401); }

}  // namespace
}  // namespace mingjian::http
