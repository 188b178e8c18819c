// The disk of the store is filled up, for real, while clients write over real HTTP: they are told
// so, what was acknowledged stays, what was refused is not there, reading goes on, and writing too
// as soon as there is room.
#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/clerk.h"
#include "tests/support/histories.h"
#include "tests/support/program.h"
#include "tests/support/small_disk.h"
#include "tests/support/test_store.h"

namespace mingjian::testing {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kDiskMegabytes = 128;
constexpr int kClients = 6;
constexpr int kFiledBefore = 100;

// The log of the database is small and all tables are in one file: in a table of less than 1 MB
// MariaDB 10.11 keeps no room for undoing, and ends itself where a rollback then finds none.
const std::vector<std::string> kSmallServer = {
    "innodb_log_file_size=16M", "innodb_file_per_table=OFF", "innodb_autoextend_increment=1"};

struct Sent {
  Command command;
  Answer answer;

  [[nodiscard]] bool acknowledged() const { return answer.status / 100 == 2; }
};

// Files cases and writes a note on each, until the store has refused it often enough.
class Client {
 public:
  Client(int port, const std::string& token, std::string name)
      : clerk_(port, token), name_(std::move(name)) {}

  void work(std::atomic<int>& acknowledged, int refusals) {
    for (int refused = 0, count = 1; refused < refusals; ++count) {
      const std::string key = name_ + "-" + std::to_string(count);
      const Answer filed = send(filing(key));
      if (filed.status == 201) {
        ++acknowledged;
        const std::string id = Json::parse(filed.body)["id"];
        if (send(note(id, 1, key + "-note")).status == 200) continue;
      }
      ++refused;
    }
  }

  [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }

 private:
  Answer send(const Command& command) {
    sent_.push_back({command, clerk_.send(command)});
    return sent_.back().answer;
  }

  Clerk clerk_;
  const std::string name_;
  std::vector<Sent> sent_;
};

// Full, or not to be told now whether it was carried out: with a body that says so.
void expect_refusal(const Sent& sent) {
  const Answer& answer = sent.answer;
  EXPECT_TRUE(answer.status == 507 || answer.status == 503)
      << sent.command.key << ": " << answer.status << " " << answer.body;
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  if (answer.status == 503) {
    EXPECT_NE(answer.header("retry-after"), "");
  }
}

class DiskFull : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = SmallDisk::obstacle(); !why.empty()) GTEST_SKIP() << why;
    disk_ = std::make_unique<SmallDisk>(kDiskMegabytes);
  }

  void serve(const std::string& store_option) {
    options_ = store_option + " --workflows " MINGJIAN_SOURCE_DIR "/workflows";
    const Ran office =
        run("office " MINGJIAN_SOURCE_DIR "/workflows/demonstration/office.json " + options_);
    ASSERT_EQ(office.code, 0) << office.out;
    server_ = std::make_unique<ServeProcess>(options_);
    token_ = sign_in(server_->port(), "lin-wei");
    EXPECT_EQ(readiness(), "ready");
  }

  // Clients write, and the disk fills up in the middle of it.
  void write_until_refused() {
    std::atomic<int> acknowledged = 0;
    std::vector<std::unique_ptr<Client>> clients;
    std::vector<std::thread> threads;
    for (int i = 0; i < kClients; ++i) {
      clients.push_back(
          std::make_unique<Client>(server_->port(), token_, "client-" + std::to_string(i)));
      threads.emplace_back(
          [&, client = clients.back().get()] { client->work(acknowledged, refusals_wanted_); });
    }
    while (acknowledged < kFiledBefore) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    disk_->fill(0);
    for (std::thread& thread : threads) thread.join();
    for (const auto& client : clients)
      sent_.insert(sent_.end(), client->sent().begin(), client->sent().end());
  }

  void check_refusals() {
    int refused = 0;
    for (const Sent& sent : sent_) {
      if (sent.acknowledged()) continue;
      expect_refusal(sent);
      ++refused;
    }
    std::cout << sent_.size() << " commands, " << refused << " were refused\n";
    EXPECT_GE(refused, kClients);
  }

  // What was acknowledged is there once, what was refused is not, and nothing else is.
  void check_histories() {
    Clerk clerk(server_->port(), token_);
    auto found = count_traces(histories(clerk));
    for (const Sent& sent : sent_) {
      const int times = found[sent.command.trace];
      if (sent.answer.status == 503) {
        EXPECT_LE(times, 1) << sent.command.trace;
      } else {
        EXPECT_EQ(times, sent.acknowledged() ? 1 : 0) << sent.command.trace;
      }
      found.erase(sent.command.trace);
    }
    EXPECT_TRUE(found.empty()) << found.begin()->first;
  }

  // With the same keys: each is carried out now, or had been, and is acknowledged.
  void send_again_what_was_refused() {
    Clerk clerk(server_->port(), token_);
    for (Sent& sent : sent_) {
      if (sent.acknowledged()) continue;
      do {
        sent.answer = clerk.send(sent.command);
      } while (sent.answer.status ==
               503);  // the server may take a minute to see that there is room
      EXPECT_TRUE(sent.acknowledged()) << sent.command.key << ": " << sent.answer.body;
    }
  }

  void stop_and_verify() {
    server_.reset();
    const Ran verified = run("verify " + options_);
    EXPECT_EQ(verified.code, 0) << verified.out;
  }

  [[nodiscard]] std::string readiness() const {
    const Answer answer = Clerk(server_->port(), token_).get("/readyz");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return Json::parse(answer.body)["status"];
  }

  void expect_to_get_over_it() {
    write_until_refused();
    check_refusals();
    check_histories();
    EXPECT_EQ(readiness(), "read-only");
    disk_->make_room();
    send_again_what_was_refused();
    check_histories();
    EXPECT_EQ(readiness(), "ready");
    stop_and_verify();
  }

  std::unique_ptr<SmallDisk> disk_;
  std::unique_ptr<ServeProcess> server_;
  std::string options_;
  std::string token_;
  int refusals_wanted_ = 4;  // that each client meets before it leaves
  std::vector<Sent> sent_;
};

TEST_F(DiskFull, IsSaidLosesNothingAndIsOverWhenThereIsRoom) {
  const TestStore store(disk_->file(""), kSmallServer);
  serve(store.option());
  expect_to_get_over_it();
}

// With a binary log the server does not answer: COMMIT waits for room, looks again once a minute,
// and is carried out then, whether or not somebody still waits for it.
TEST_F(DiskFull, UnderTheBinaryLogOfMariadbLeavesInDoubtWhatTheKeyTells) {
  std::vector<std::string> settings = kSmallServer;
  settings.insert(settings.end(), {"log-bin", "sync_binlog=1", "binlog_format=ROW"});
  const MariadbServer mariadb(disk_->file(""), settings);
  const MariadbDatabase place(mariadb.port());
  serve("--store '" + place.address() + "'");
  refusals_wanted_ = 1;
  expect_to_get_over_it();
}

}  // namespace
}  // namespace mingjian::testing
