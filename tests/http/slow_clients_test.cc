#include <condition_variable>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "tests/http/running_server.h"

namespace mingjian::http {
namespace {

using std::chrono::milliseconds;
using testing::Answer;
using testing::RawClient;
using testing::RunningServer;

const std::string kRequest = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string kLargeRequest = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string kBlockedRequest = "GET /blocked HTTP/1.1\r\nHost: a\r\n\r\n";

// More than the kernel keeps for two ends of a connection.
constexpr std::size_t kLarge = 32 << 20;

// Opened once, for all that wait before it.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void wait_for_arrivals(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return arrived_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int arrived_ = 0;
};

class SlowClients : public ::testing::Test {
 protected:
  ~SlowClients() override { gate_.open(); }

  Service service() {
    return [this](Request request) -> Response {
      if (request.raw_path == "/blocked") gate_.pass();
      return {
          200, {}, "text/plain", request.raw_path == "/large" ? std::string(kLarge, 'x') : "ok"};
    };
  }

  Gate gate_;
};

TEST_F(SlowClients, ARequestIsCutOffAtItsDeadlineHoweverMuchComesOfIt) {
  Options options;
  options.limits.request_deadline = milliseconds(300);
  RunningServer server(service(), options);
  RawClient client = server.connect();
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"));
  int sent = 0;
  while (!client.readable_within(20) && sent < 1000) {
    ASSERT_TRUE(client.send("x"));
    ++sent;
  }
  EXPECT_LT(sent, 1000);
  EXPECT_EQ(client.read_answer().status, 408);
  EXPECT_EQ(client.read_to_end(), 0U);
}

TEST_F(SlowClients, ContinueDoesNotMakeTheDeadlineLonger) {
  Options options;
  options.limits.request_deadline = milliseconds(200);
  RunningServer server(service(), options);
  RawClient client = server.connect();
  EXPECT_EQ(client
                .ask("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                     "Content-Length: 5\r\n\r\n")
                .status,
            100);
  EXPECT_EQ(client.read_answer().status, 408);
}

TEST_F(SlowClients, AnIdleConnectionIsClosedWithoutAnAnswer) {
  Options options;
  options.limits.idle_timeout = milliseconds(100);
  RunningServer server(service(), options);
  RawClient fresh = server.connect();
  EXPECT_EQ(fresh.read_to_end(), 0U);
  RawClient used = server.connect();
  EXPECT_EQ(used.ask(kRequest).status, 200);
  EXPECT_EQ(used.read_to_end(), 0U);
}

TEST_F(SlowClients, HundredsOfIdleOnesAndDrippingOnesDoNotKeepAnybodyWaiting) {
  RunningServer server(service());
  std::vector<RawClient> idle;
  for (int count = 0; count < 500; ++count) {
    idle.push_back(server.connect());
    ASSERT_TRUE(idle.back().connected());
    if (count % 2 == 0) {
      EXPECT_EQ(idle.back().ask(kRequest).status, 200);
    }
  }
  std::vector<RawClient> dripping;
  for (int count = 0; count < 20; ++count) dripping.push_back(server.connect());
  // An ordinary request is answered after every byte that the dripping ones send.
  for (const char octet : kRequest.substr(0, kRequest.size() - 1)) {
    for (RawClient& client : dripping) ASSERT_TRUE(client.send(std::string(1, octet)));
    EXPECT_EQ(server.connect().ask(kRequest).status, 200);
  }
  for (RawClient& client : dripping) {
    EXPECT_FALSE(client.readable_within(0));
    EXPECT_EQ(client.ask(kRequest.substr(kRequest.size() - 1)).status, 200);
  }
  for (RawClient& client : idle) EXPECT_EQ(client.ask(kRequest).status, 200);
}

TEST_F(SlowClients, OneThatDoesNotTakeItsAnswerHoldsNoWorker) {
  Options options;
  options.workers = 1;
  RunningServer server(service(), options);
  RawClient slow = server.connect(4096);
  ASSERT_TRUE(slow.send(kLargeRequest));
  ASSERT_TRUE(slow.readable_within(60'000));
  EXPECT_EQ(server.connect().ask(kRequest).status, 200);
  EXPECT_EQ(slow.read_answer().body.size(), kLarge);
}

TEST_F(SlowClients, OneThatDoesNotTakeItsAnswerInTimeIsCutOff) {
  Options options;
  options.limits.write_deadline = milliseconds(200);
  RunningServer server(service(), options);
  RawClient slow = server.connect(4096);
  ASSERT_TRUE(slow.send(kLargeRequest));
  ASSERT_TRUE(slow.readable_within(60'000));
  // Those that come and go meanwhile show that the deadline has passed: theirs is later.
  Options brief = options;
  brief.limits.idle_timeout = milliseconds(400);
  RunningServer clock(service(), brief);
  EXPECT_EQ(clock.connect().read_to_end(), 0U);
  EXPECT_LT(slow.read_to_end(), kLarge);
}

TEST_F(SlowClients, AFullQueueIsSaidAtOnce) {
  Options options;
  options.workers = 1;
  options.queue_limit = 1;
  RunningServer server(service(), options);
  RawClient first = server.connect();
  ASSERT_TRUE(first.send(kBlockedRequest));
  gate_.wait_for_arrivals(1);
  RawClient second = server.connect();
  RawClient third = server.connect();
  ASSERT_TRUE(second.send(kRequest));
  ASSERT_TRUE(third.send(kRequest));
  // One of the two waits in the queue, the other is told so.
  while (!second.readable_within(5) && !third.readable_within(5)) {
  }
  const bool second_refused = second.readable_within(0);
  RawClient& refused = second_refused ? second : third;
  RawClient& queued = second_refused ? third : second;
  const Answer answer = refused.read_answer();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("retry-after"), "1");
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  gate_.open();
  EXPECT_EQ(first.read_answer().status, 200);
  EXPECT_EQ(queued.read_answer().status, 200);
}

TEST_F(SlowClients, WhereConnectionsRunOutTheOneLongestIdleGoes) {
  Options options;
  options.connections = 2;
  RunningServer server(service(), options);
  RawClient first = server.connect();
  EXPECT_EQ(first.ask(kRequest).status, 200);
  RawClient second = server.connect();
  EXPECT_EQ(second.ask(kRequest).status, 200);
  RawClient third = server.connect();
  EXPECT_EQ(third.ask(kRequest).status, 200);
  EXPECT_EQ(first.read_to_end(), 0U);
  EXPECT_EQ(second.ask(kRequest).status, 200);
}

TEST_F(SlowClients, WhereAllConnectionsAreBusyTheNextIsTurnedAway) {
  Options options;
  options.connections = 1;
  RunningServer server(service(), options);
  RawClient busy = server.connect();
  ASSERT_TRUE(busy.send(kBlockedRequest));
  gate_.wait_for_arrivals(1);
  EXPECT_EQ(server.connect().read_answer().status, 503);
  gate_.open();
  EXPECT_EQ(busy.read_answer().status, 200);
}

TEST_F(SlowClients, UnfinishedRequestsTogetherHoldNoMoreMemoryThanAllowed) {
  Options options;
  options.buffered_bytes = 100'000;
  RunningServer server(service(), options);
  const std::string start = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90001\r\n\r\n";
  RawClient first = server.connect();
  RawClient second = server.connect();
  const std::string most(90'000, 'x');
  ASSERT_TRUE(first.send(start + most));
  ASSERT_TRUE(second.send(start + most));
  while (!first.readable_within(5) && !second.readable_within(5)) {
  }
  const bool first_refused = first.readable_within(0);
  EXPECT_EQ((first_refused ? first : second).read_answer().status, 503);
  EXPECT_EQ((first_refused ? second : first).ask("x").status, 200);
  EXPECT_EQ(server.connect().ask(kRequest).status, 200);
}

TEST_F(SlowClients, StoppingFinishesWhatIsUnderWayAndClosesTheRest) {
  RunningServer server(service());
  RawClient working = server.connect();
  ASSERT_TRUE(working.send(kBlockedRequest));
  gate_.wait_for_arrivals(1);
  RawClient idle = server.connect();
  EXPECT_EQ(idle.ask(kRequest).status, 200);
  RawClient half = server.connect();
  ASSERT_TRUE(half.send(kRequest.substr(0, 10)));
  server.ask_to_stop();
  EXPECT_EQ(idle.read_to_end(), 0U);
  EXPECT_EQ(half.read_to_end(), 0U);
  EXPECT_FALSE(server.connect().connected());
  gate_.open();
  EXPECT_EQ(working.read_answer().status, 200);
  EXPECT_EQ(working.read_to_end(), 0U);
  server.stop();
}

TEST_F(SlowClients, StoppingWaitsForOneThatDoesNotTakeItsAnswerOnlyForAWhile) {
  Options options;
  options.stop_grace = milliseconds(100);
  RunningServer server(service(), options);
  RawClient slow = server.connect(4096);
  ASSERT_TRUE(slow.send(kLargeRequest));
  ASSERT_TRUE(slow.readable_within(60'000));
  server.stop();
  EXPECT_LT(slow.read_to_end(), kLarge);
}

TEST_F(SlowClients, AServerStoppedBeforeItRunsReturnsAtOnce) {
  Server server({}, service(), {});
  ASSERT_TRUE(server.bind());
  server.stop();
  server.run();
}

}  // namespace
}  // namespace mingjian::http
