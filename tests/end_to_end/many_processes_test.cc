// Several `mingjian serve` on one store.
#include <chrono>
#include <csignal>
#include <thread>

#include <gmock/gmock.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

class ManyProcesses : public ::testing::Test {
 protected:
  static Answer with_token(const ServeProcess& server, const std::string& token,
                           const std::string& method, const std::string& path) {
    return Visitor(server.port()).ask({method, path, {{"Authorization", "Bearer " + token}}});
  }

  static Answer sign_in(const ServeProcess& server, const std::string& person) {
    const Json body = {{"person", person}, {"password", "wrong"}};
    return Visitor(server.port())
        .ask({"POST", "/api/v1/sessions", {{"Content-Type", "application/json"}}, body.dump()});
  }

  // The value of a line of /metrics; nothing where there is no such line.
  static std::string metric(const ServeProcess& server, const std::string& name) {
    const std::string text = Visitor(server.port()).get("/metrics").body;
    const auto at = text.find("\n" + name + " ");
    if (at == std::string::npos) return {};
    const auto value = at + name.size() + 2;
    return text.substr(value, text.find('\n', value) - value);
  }
  static void wait_for_metric(const ServeProcess& server, const std::string& name,
                              const std::string& value) {
    while (metric(server, name) != value)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }

  static RawClient follow(const ServeProcess& server, const std::string& token) {
    RawClient client(server.port());
    EXPECT_TRUE(
        client.send("GET /api/v1/inbox/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
                    token + "\r\n\r\n"));
    EXPECT_EQ(client.read_head().status, 200);
    client.read_until("retry: 3000\n\n");
    return client;
  }
  static std::string next(RawClient& client) {
    std::string event;
    while ((event = client.read_until("\n\n")) == ":\n\n") continue;
    return event;
  }

  const Office office_{{"lin-wei", "zhou-yan"}};
  ServeProcess one_{office_.options()};
  ServeProcess other_{office_.options()};
};

TEST_F(ManyProcesses, ShareTheirSessions) {
  const Visitor visitor(one_.port(), "lin-wei", "demo-mingjian-2026");
  const std::string& token = visitor.token();
  EXPECT_EQ(with_token(other_, token, "GET", "/api/v1/me").status, 200);
  EXPECT_EQ(with_token(other_, token, "DELETE", "/api/v1/sessions/current").status, 204);
  EXPECT_EQ(with_token(one_, token, "GET", "/api/v1/me").status, 401);
  EXPECT_EQ(with_token(other_, token, "GET", "/api/v1/me").status, 401);
}

TEST_F(ManyProcesses, CountFailuresToSignInTogether) {
  for (const std::string person : {"lin-wei", "nobody"}) {
    SCOPED_TRACE(person);
    int failures = 0;
    Answer answer;
    // From the tenth on there is a delay; a slow machine may outwait the first ones.
    while ((answer = sign_in(failures % 2 == 0 ? one_ : other_, person)).status == 401) ++failures;
    EXPECT_GE(failures, 10);
    EXPECT_EQ(answer.status, 429);
    EXPECT_GE(std::stoi(answer.header("retry-after")), 1);
    EXPECT_THAT(answer.body, HasSubstr("retry_at"));
  }
}

TEST_F(ManyProcesses, TellOfTheInboxWhereverTheChangeIsMade) {
  const Visitor head(one_.port(), "zhou-yan", "demo-mingjian-2026");
  RawClient stream = follow(one_, head.token());
  EXPECT_EQ(next(stream), "event: snapshot\ndata: {\"open\":0}\n\n");

  Visitor inspector(other_.port(), "lin-wei", "demo-mingjian-2026");
  const std::string address = file_case(inspector);
  const Json accepted = {{"data", {{"duplicates_checked", true}, {"jurisdiction_checked", true}}}};
  ASSERT_EQ(inspector.post(address + "/transitions/accept", accepted, 1).status, 200);
  const Answer asked = inspector.post(address + "/transitions/verify_first",
                                      {{"data", {{"verification_plan", "核查方案"}}}}, 2);
  ASSERT_EQ(asked.status, 200) << asked.body;
  const std::string task = json_of(asked)["task"];
  const std::string opened = next(stream);
  EXPECT_THAT(opened, HasSubstr("event: task_opened"));
  EXPECT_THAT(opened, HasSubstr(task));

  RawClient another = follow(other_, head.token());
  EXPECT_EQ(next(another), "event: snapshot\ndata: {\"open\":1}\n\n");

  Visitor decider(other_.port(), "zhou-yan", "demo-mingjian-2026");
  const Answer decided =
      decider.post("/api/v1/tasks/" + task + "/decision", {{"decision", "approve"}}, 3);
  ASSERT_EQ(decided.status, 200) << decided.body;
  const std::string closed = next(stream);
  EXPECT_THAT(closed, HasSubstr("event: task_closed"));
  EXPECT_THAT(closed, HasSubstr(task));

  // Who signs out at one is signed out at all.
  EXPECT_EQ(with_token(other_, head.token(), "DELETE", "/api/v1/sessions/current").status, 204);
  stream.read_to_end();
  another.read_to_end();
}

TEST_F(ManyProcesses, KeepHouseOneForAllAndTheNextWhereThatOneIsKilled) {
  const std::string lease = "mingjian_lease_held{lease=\"housekeeping\"}";
  const std::string runs = "mingjian_chore_runs_total{chore=\"answers\"}";
  wait_for_metric(one_, lease, "1");
  wait_for_metric(one_, runs, "1");
  EXPECT_EQ(metric(other_, lease), "0");
  EXPECT_EQ(metric(other_, runs), "0");

  Visitor inspector(other_.port(), "lin-wei", "demo-mingjian-2026");
  const std::string address = file_case(inspector);
  const Call note{
      "POST",
      address + "/notes",
      {{"Content-Type", "application/json"}, {"Idempotency-Key", "noted"}, {"If-Match", "\"1\""}},
      R"({"text": "记一笔"})"};
  ASSERT_EQ(inspector.ask(note).status, 200);
  EXPECT_EQ(inspector.ask(note).header("idempotent-replayed"), "true");
  // A day of 1970, as microseconds to SQLite and as a date to MariaDB.
  office_.store().tamper("UPDATE answers SET at = 19700102000000");

  one_.end(SIGKILL);
  wait_for_metric(other_, lease, "1");
  wait_for_metric(other_, runs, "1");
  // The answer is not there any more, but what was done is.
  EXPECT_EQ(inspector.ask(note).status, 412);
  EXPECT_EQ(json_of(inspector.get(address))["version"], 2);
}

}  // namespace
}  // namespace mingjian::testing
