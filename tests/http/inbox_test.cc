// The events of the inbox, over real sockets.
#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "api/http/handlers/routes.h"
#include "engine/access/role.h"
#include "engine/base/digest.h"
#include "tests/http/office_in_memory.h"
#include "tests/http/running_server.h"

namespace mingjian::http {
namespace {

using std::chrono::milliseconds;
using testing::Answer;
using ::testing::HasSubstr;
using testing::RawClient;

const OrganisationId kOffice("office");

constexpr FeedOptions quick() {
  return {.poll = milliseconds(5),
          .heartbeat = milliseconds(20),
          .overlap = std::chrono::seconds(10),
          .listeners = 4,
          .per_person = 2};
}

Person person(const std::string& id, std::vector<Post> posts) {
  return {PersonId(id), {id, id}, std::move(posts), true};
}
Post post(const Role& role) { return {kOffice, role, {}, std::nullopt}; }

class Inbox : public ::testing::Test {
 protected:
  void SetUp() override {
    put({person("head", {post(role::kDepartmentHead)}), person("main", {post(role::kMainHead)}),
         person("lin", {post(role::kInspector)})});
    write_tasks({});
  }

  void put(std::vector<Person> people) {
    ASSERT_TRUE(office_.directory().put_office(
        {{{kOffice, {}, "OK-JW", {"纪委监委", "commission"}}}, std::move(people)}));
  }

  // A token of the person, from now on and for an hour.
  std::string sign_in(const std::string& id) {
    const std::string token = id + "-" + std::to_string(++tokens_);
    const Instant end{office_.clock().now().microseconds + 3'600'000'000};
    EXPECT_TRUE(office_.directory().open_session({sha256_hex(token), PersonId(id), end}));
    return token;
  }

  RawClient ask(const std::string& token) {
    RawClient client = server_.connect();
    EXPECT_TRUE(
        client.send("GET /api/v1/inbox/events HTTP/1.1\r\nHost: a\r\n"
                    "Authorization: Bearer " +
                    token + "\r\n\r\n"));
    return client;
  }
  // A stream whose snapshot was read; `open`: what it says.
  RawClient follow(const std::string& token, int open = 0) {
    RawClient client = ask(token);
    const Answer head = client.read_head();
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-type"), "text/event-stream");
    EXPECT_EQ(head.header("cache-control"), "no-store");
    EXPECT_EQ(client.read_until("\n\n"), "retry: 3000\n\n");
    EXPECT_EQ(client.read_until("\n\n"),
              "event: snapshot\ndata: {\"open\":" + std::to_string(open) + "}\n\n");
    return client;
  }
  // The next event that is not a sign of life.
  static std::string next(RawClient& client) {
    std::string event;
    while ((event = client.read_until("\n\n")) == ":\n\n") continue;
    return event;
  }

  static TaskRow approval(const std::string& id, const Role& role = role::kDepartmentHead) {
    TaskRow task;
    task.id = TaskId(id);
    task.case_id = CaseId("case");
    task.role = role;
    task.organ = kOffice;
    task.requested_by = PersonId("lin");
    task.title = {"请示", "request"};
    return task;
  }
  static TaskRow closed(TaskRow task) {
    task.closed_at = Instant{1};
    task.closed_by = PersonId("head");
    task.decision = "approve";
    return task;
  }
  void write_tasks(std::vector<TaskRow> tasks) {
    Commit commit;
    commit.expected = version_;
    commit.head.id = CaseId("case");
    commit.head.version = ++version_;
    commit.head.title = "a secret title";
    commit.events = {{commit.head.id, version_, "x", {}, {}, {}, "{}"}};
    commit.tasks = std::move(tasks);
    commit.idempotency = {PersonId("x"), std::to_string(version_), {}, {}, {}};
    ASSERT_TRUE(office_.store().commit(std::move(commit)));
  }

  testing::OfficeInMemory office_{testing::OfficeInMemory::no_definition(), quick()};
  Router router_ = make_router(office_.services());
  testing::RunningServer server_{
      [this](Request request) { return router_.handle(std::move(request)); }};

 private:
  Version version_ = 0;
  int tokens_ = 0;
};

TEST_F(Inbox, TellsOfATaskThatOpensAndCloses) {
  RawClient head = follow(sign_in("head"));
  write_tasks({approval("1")});
  const std::string opened = next(head);
  ASSERT_THAT(opened, HasSubstr("event: task_opened\ndata: {"));
  const Json task = Json::parse(opened.substr(opened.find('{')));
  EXPECT_EQ(task["id"], "1");
  EXPECT_EQ(task["case"]["title"], "a secret title");
  write_tasks({closed(approval("1"))});
  EXPECT_THAT(next(head), HasSubstr("event: task_closed\ndata: {"));
}

TEST_F(Inbox, TellsNobodyOfWhatIsNotInHisOwn) {
  RawClient head = follow(sign_in("head"));
  RawClient main = follow(sign_in("main"));
  RawClient lin = follow(sign_in("lin"));
  TaskRow rework = approval("3");
  rework.kind = TaskKind::kRework;
  rework.person = PersonId("lin");
  write_tasks({approval("1"), approval("2", role::kMainHead), rework});
  EXPECT_THAT(next(head), HasSubstr("\"id\":\"1\""));
  EXPECT_THAT(next(main), HasSubstr("\"id\":\"2\""));
  EXPECT_THAT(next(lin), HasSubstr("\"id\":\"3\""));
  // And nothing else: what comes next is what happens next.
  write_tasks({approval("4"), approval("5", role::kMainHead)});
  EXPECT_THAT(next(head), HasSubstr("\"id\":\"4\""));
  EXPECT_THAT(next(main), HasSubstr("\"id\":\"5\""));
}

TEST_F(Inbox, BeginsWithTheCountOfWhatWaits) {
  write_tasks({approval("1"), approval("2"), closed(approval("3"))});
  follow(sign_in("head"), 2);
  follow(sign_in("main"), 0);
}

// Each task is told of, or is among those that a snapshot has counted: they open in order.
TEST_F(Inbox, LosesNothingThatChangesWhileAStreamBegins) {
  constexpr int kTasks = 300;
  std::atomic<int> written = 0;
  std::thread writer([&] {
    for (int i = 1; i <= kTasks; ++i) {
      write_tasks({approval(std::to_string(i))});
      written = i;
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
  });
  while (written < 20) std::this_thread::yield();
  RawClient head = ask(sign_in("head"));
  EXPECT_EQ(head.read_head().status, 200);
  head.read_until("retry: 3000\n\n");
  int counted = 0;
  std::set<int> told;
  while (counted < kTasks && !told.contains(kTasks)) {
    const std::string event = next(head);
    if (event.empty()) break;
    const Json data = Json::parse(event.substr(event.find('{')));
    if (data.contains("open")) {
      counted = data["open"];
      for (int i = 1; i <= counted; ++i) told.insert(i);
    } else {
      told.insert(std::stoi(data["id"].get<std::string>()));
    }
  }
  writer.join();
  EXPECT_GE(counted, 20);
  EXPECT_EQ(told.size(), static_cast<std::size_t>(kTasks));
}

TEST_F(Inbox, CountsAnewWhereMuchChangesAtOnce) {
  RawClient head = follow(sign_in("head"));
  std::vector<TaskRow> tasks;
  for (int i = 1; i <= 500; ++i) tasks.push_back(approval(std::to_string(i)));
  write_tasks(tasks);
  EXPECT_EQ(next(head), "event: snapshot\ndata: {\"open\":500}\n\n");
  write_tasks({closed(approval("1"))});
  EXPECT_THAT(next(head), HasSubstr("task_closed"));
}

TEST_F(Inbox, EndsWithTheSession) {
  const std::string token = sign_in("head");
  RawClient head = follow(token);
  RawClient other = follow(sign_in("head"));
  ASSERT_TRUE(office_.directory().close_session(sha256_hex(token)));
  head.read_to_end();
  write_tasks({approval("1")});
  EXPECT_THAT(next(other), HasSubstr("task_opened"));
  office_.clock().advance(3'600'000'000);
  other.read_to_end();
}

TEST_F(Inbox, EndsWhereTheAccountIsClosed) {
  RawClient head = follow(sign_in("head"));
  Person gone = person("head", {post(role::kDepartmentHead)});
  gone.active = false;
  put({gone});
  head.read_to_end();
}

TEST_F(Inbox, FollowsThePostsOfItsPerson) {
  RawClient head = follow(sign_in("head"));
  put({person("head", {post(role::kMainHead)})});
  // What was lost counts at once, what was gained from the next sign of life on.
  write_tasks({approval("1")});
  ASSERT_EQ(head.read_until("\n\n"), ":\n\n");
  ASSERT_EQ(head.read_until("\n\n"), ":\n\n");
  write_tasks({approval("2"), approval("3", role::kMainHead)});
  EXPECT_THAT(next(head), HasSubstr("\"id\":\"3\""));
}

TEST_F(Inbox, HasLimitsForOnePersonAndForAll) {
  std::vector<RawClient> clients;
  clients.push_back(follow(sign_in("head")));
  clients.push_back(follow(sign_in("head")));
  const Answer third = ask(sign_in("head")).read_answer();
  EXPECT_EQ(third.status, 429);
  EXPECT_EQ(third.header("retry-after"), "10");
  clients.push_back(follow(sign_in("main")));
  clients.push_back(follow(sign_in("main")));
  const Answer fifth = ask(sign_in("lin")).read_answer();
  EXPECT_EQ(fifth.status, 503);
  EXPECT_EQ(fifth.header("retry-after"), "10");
  clients.pop_back();
  // The place is free as soon as the client is known to be gone.
  while (ask(sign_in("lin")).read_head().status != 200) continue;
}

TEST_F(Inbox, IsForThoseWhoAreSignedIn) {
  EXPECT_EQ(ask("nobody").read_answer().status, 401);
  RawClient client = server_.connect();
  const Answer answer =
      client.ask("HEAD /api/v1/inbox/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
                 sign_in("head") + "\r\n\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(office_.services().inbox.listeners(), 0U);
}

}  // namespace
}  // namespace mingjian::http
