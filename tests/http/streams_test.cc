// Answers that go on.
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "api/http/stream.h"
#include "tests/http/running_server.h"
#include "tests/support/wait_until.h"

namespace mingjian::http {
namespace {

using std::chrono::milliseconds;
using testing::Answer;
using testing::RawClient;
using testing::RunningServer;
using testing::wait_until;

const std::string kRequest = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string kStreamRequest = "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n";

class Streams : public ::testing::Test {
 protected:
  Service service() {
    return [this](Request request) -> Response {
      if (request.raw_path != "/stream") return {200, {}, "text/plain", "ok"};
      Response response{200, {}, "text/event-stream", {}};
      response.stream = std::make_shared<Stream>();
      response.stream->write("first\n");
      const std::lock_guard lock(mutex_);
      streams_.push_back(response.stream);
      return response;
    };
  }

  // A client whose stream has begun.
  static RawClient follow(const RunningServer& server, int window = 0) {
    RawClient client = server.connect(window);
    EXPECT_TRUE(client.send(kStreamRequest));
    EXPECT_EQ(client.read_head().status, 200);
    EXPECT_EQ(client.read_until("\n"), "first\n");
    return client;
  }
  std::shared_ptr<Stream> stream(std::size_t index) {
    const std::lock_guard lock(mutex_);
    return streams_.at(index);
  }

  std::shared_ptr<Stream> any(std::size_t index) {
    const std::lock_guard lock(mutex_);
    return streams_.empty() ? nullptr : streams_[index % streams_.size()];
  }

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Stream>> streams_;
};

TEST_F(Streams, SendWhatIsWrittenAsItComesUpToTheEnd) {
  RunningServer server(service());
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(kStreamRequest));
  const Answer head = client.read_head();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-type"), "text/event-stream");
  EXPECT_EQ(head.header("content-length"), "");
  EXPECT_EQ(head.header("transfer-encoding"), "");
  EXPECT_EQ(head.header("connection"), "close");
  EXPECT_EQ(client.read_until("\n"), "first\n");
  EXPECT_TRUE(stream(0)->write("second\n"));
  EXPECT_EQ(client.read_until("\n"), "second\n");
  EXPECT_TRUE(stream(0)->write("third\n"));
  stream(0)->finish();
  EXPECT_FALSE(stream(0)->write("too late\n"));
  EXPECT_EQ(client.read_until("too late"), "third\n");
}

TEST_F(Streams, HoldNoWorker) {
  Options options;
  options.workers = 1;
  RunningServer server(service(), options);
  std::vector<RawClient> clients;
  for (int count = 0; count < 100; ++count) clients.push_back(follow(server));
  EXPECT_EQ(server.connect().ask(kRequest).status, 200);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    EXPECT_TRUE(stream(i)->write(std::to_string(i) + "\n"));
    EXPECT_EQ(clients[i].read_until("\n"), std::to_string(i) + "\n");
  }
}

TEST_F(Streams, LearnThatTheClientIsGone) {
  RunningServer server(service());
  {
    const RawClient client = follow(server);
    EXPECT_FALSE(stream(0)->over());
  }
  wait_until([&] { return stream(0)->over(); });
  EXPECT_FALSE(stream(0)->write("nobody hears\n"));
}

TEST_F(Streams, OfAClientThatDoesNotReadAreCutOffAndHoldLittleMemory) {
  RunningServer server(service());
  RawClient slow = follow(server, 4096);
  RawClient quick = follow(server);
  const std::string piece(1023, 'x');
  std::size_t written = 0;
  while (stream(0)->write(piece + "\n")) {
    written += piece.size() + 1;
    ASSERT_LT(written, std::size_t{64} << 20);
    // The other client is told no later for that.
    ASSERT_TRUE(stream(1)->write("tick\n"));
    ASSERT_EQ(quick.read_until("\n"), "tick\n");
  }
  EXPECT_TRUE(stream(0)->over());
  EXPECT_LT(slow.read_to_end(), written);
  EXPECT_EQ(server.connect().ask(kRequest).status, 200);
}

TEST_F(Streams, OfAClientThatDoesNotTakeAPieceInTimeAreCutOff) {
  Options options;
  options.limits.write_deadline = milliseconds(100);
  RunningServer server(service(), options);
  const RawClient slow = follow(server, 4096);
  // A piece at a time, so that what waits here never is too much.
  while (!stream(0)->over()) {
    stream(0)->write(std::string(1024, 'x'));
    std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
}

TEST_F(Streams, AreNotBegunByHead) {
  RunningServer server(service());
  RawClient client = server.connect();
  ASSERT_TRUE(client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_EQ(client.read_head().status, 200);
  EXPECT_EQ(client.ask(kRequest).status, 200);
}

TEST_F(Streams, DoNotListenToWhatTheClientSendsAfterwards) {
  RunningServer server(service());
  RawClient client = follow(server);
  ASSERT_TRUE(client.send(kRequest));
  EXPECT_TRUE(stream(0)->write("second\n"));
  EXPECT_EQ(client.read_until("\n"), "second\n");
}

TEST_F(Streams, EndWhereTheServerStops) {
  RunningServer server(service());
  RawClient client = follow(server);
  server.stop();
  EXPECT_EQ(client.read_to_end(), 0U);
  EXPECT_TRUE(stream(0)->over());
  EXPECT_FALSE(stream(0)->write("nobody hears\n"));
}

TEST_F(Streams, MayBeWrittenByManyWhileClientsComeAndGo) {
  RunningServer server(service());
  std::atomic<bool> done = false;
  std::vector<std::thread> writers;
  for (int count = 0; count < 2; ++count) {
    writers.emplace_back([&] {
      for (std::size_t i = 0; !done; ++i) {
        if (const auto one = any(i)) one->write("x\n");
        // Slower than what a client takes, or he would be cut off.
        std::this_thread::sleep_for(std::chrono::microseconds(10));
      }
    });
  }
  for (int count = 0; count < 50; ++count) follow(server).read_until("x\n");
  done = true;
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(server.connect().ask(kRequest).status, 200);
}

}  // namespace
}  // namespace mingjian::http
