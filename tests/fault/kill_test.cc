// kill -9 of the real program while clients write over real HTTP: what was acknowledged is there
// once, what was not answered is there once or not at all, and a repeat of the key says which.
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/clerk.h"
#include "tests/support/histories.h"
#include "tests/support/program.h"
#include "tests/support/test_store.h"

namespace mingjian::testing {
namespace {

using Json = nlohmann::json;

constexpr int kRounds = 6;
constexpr int kClients = 6;

struct Sent {
  Command command;
  Answer answer;  // of status 0: the server was gone before it answered

  [[nodiscard]] bool acknowledged() const { return answer.status / 100 == 2; }
  [[nodiscard]] bool unanswered() const { return answer.status == 0; }
};

// How far the clients of a round are.
class Progress {
 public:
  void acknowledge() {
    const std::lock_guard lock(mutex_);
    ++acknowledged_;
    changed_.notify_all();
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    ++gone_;
    changed_.notify_all();
  }
  // Whether so many commands were acknowledged before all clients left.
  bool wait_for(int acknowledgements) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return acknowledged_ >= acknowledgements || gone_ == kClients; });
    return acknowledged_ >= acknowledgements;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int acknowledged_ = 0;
  int gone_ = 0;
};

// What one client does until the server is gone: files cases and moves each on, and between them
// writes on a case that all clients write on, where their versions collide.
class Client {
 public:
  Client(int port, const std::string& token, std::string name, std::string shared_case)
      : clerk_(port, token), name_(std::move(name)), shared_case_(std::move(shared_case)) {}

  void work(Progress& progress) {
    progress_ = &progress;
    for (int count = 1; handle_a_case(name_ + "-" + std::to_string(count)); ++count) continue;
    progress.leave();
  }

  [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }

 private:
  bool handle_a_case(const std::string& name) {
    const Answer filed = send(filing(name));
    if (filed.status != 201) return false;
    const std::string id = Json::parse(filed.body)["id"];
    return send(note(id, 1, name + "-note")).status == 200 &&
           send(acceptance(id, 2, name + "-accept")).status == 200 && write_on_shared_case(name);
  }

  // Tries again with the new version where another client was first.
  bool write_on_shared_case(const std::string& name) {
    for (;;) {
      const Answer seen = clerk_.get("/api/v1/cases/" + shared_case_);
      EXPECT_TRUE(seen.status == 200 || seen.status == 0) << seen.status << " " << seen.body;
      if (seen.status != 200) return false;
      const int version = Json::parse(seen.body)["version"];
      const std::string key = name + "-shared-" + std::to_string(version);
      const Answer answer = send(note(shared_case_, version, key));
      if (answer.status != 412) return answer.status == 200;
    }
  }

  Answer send(const Command& command) {
    sent_.push_back({command, clerk_.send(command)});
    const Sent& last = sent_.back();
    if (last.acknowledged()) progress_->acknowledge();
    // Only where others write too can a command come too late.
    const bool too_late =
        last.answer.status == 412 && command.path == note(shared_case_, 0, "").path;
    EXPECT_TRUE(last.acknowledged() || last.unanswered() || too_late)
        << command.key << ": " << last.answer.status << " " << last.answer.body;
    return last.answer;
  }

  Clerk clerk_;
  const std::string name_;
  const std::string shared_case_;
  Progress* progress_ = nullptr;
  std::vector<Sent> sent_;
};

class Kill : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(
        run("office " MINGJIAN_SOURCE_DIR "/workflows/demonstration/office.json " + options_).code,
        0);
    const ServeProcess server(options_);
    token_ = sign_in(server.port(), "lin-wei");
    const Command command = filing("shared");
    sent_.push_back({command, Clerk(server.port(), token_).send(command)});
    ASSERT_EQ(sent_[0].answer.status, 201) << sent_[0].answer.body;
    shared_case_ = Json::parse(sent_[0].answer.body)["id"];
    std::cout << "seed " << seed_ << "\n";
  }

  void play_a_round(int round) {
    ServeProcess server(options_);
    Progress progress;
    std::vector<std::unique_ptr<Client>> clients;
    std::vector<std::thread> threads;
    for (int i = 0; i < kClients; ++i) {
      const std::string name = std::to_string(round) + "-" + std::to_string(i);
      clients.push_back(std::make_unique<Client>(server.port(), token_, name, shared_case_));
      threads.emplace_back([&, client = clients.back().get()] { client->work(progress); });
    }
    EXPECT_TRUE(progress.wait_for(std::uniform_int_distribution(1, 150)(random_)));
    // Not to wait for anything: the kill is to come at any moment, not just after an answer.
    const auto pause = std::chrono::microseconds(std::uniform_int_distribution(0, 20'000)(random_));
    std::this_thread::sleep_for(pause);
    server.end(SIGKILL);
    for (std::thread& thread : threads) thread.join();
    for (const auto& client : clients)
      sent_.insert(sent_.end(), client->sent().begin(), client->sent().end());
  }

  // Nothing is there that was not sent, and each command as often as its answer says.
  void check_histories(const std::map<std::string, int>& found) {
    std::set<std::string> known;
    for (const Sent& sent : sent_) {
      known.insert(sent.command.trace);
      const auto at = found.find(sent.command.trace);
      const int times = at == found.end() ? 0 : at->second;
      if (sent.unanswered()) {
        EXPECT_LE(times, 1) << sent.command.trace;
      } else {
        EXPECT_EQ(times, sent.acknowledged() ? 1 : 0) << sent.command.trace;
      }
    }
    for (const auto& [trace, times] : found) EXPECT_TRUE(known.contains(trace)) << trace;
  }

  // Sends a command again, twice: both get the first answer if it had been carried out, and else
  // it is carried out now, or is too late, and stays so.
  void repeat(Clerk& clerk, Sent& sent, bool was_there) {
    const Answer again = clerk.send(sent.command);
    const Answer once_more = clerk.send(sent.command);
    EXPECT_EQ(once_more.status, again.status) << sent.command.key;
    EXPECT_EQ(again.header("idempotent-replayed"), was_there ? "true" : "") << sent.command.key;
    if (sent.acknowledged()) {
      EXPECT_EQ(again.status, sent.answer.status) << again.body;
      EXPECT_EQ(again.body, sent.answer.body);
    }
    if (again.status / 100 == 2) {
      EXPECT_EQ(once_more.body, again.body);
      EXPECT_EQ(once_more.header("idempotent-replayed"), "true");
    } else {
      EXPECT_FALSE(was_there) << sent.command.key;
      EXPECT_EQ(again.status, 412) << again.body;
    }
    sent.answer = again;
  }

  const TestStore store_;
  const std::string options_ = store_.option() + " --workflows " MINGJIAN_SOURCE_DIR "/workflows";
  const std::random_device::result_type seed_ = std::random_device()();
  std::mt19937 random_{seed_};
  std::string token_;
  std::string shared_case_;
  std::vector<Sent> sent_;
};

TEST_F(Kill, LosesNothingAcknowledgedAndDoesNothingTwice) {
  for (int round = 0; round < kRounds; ++round) play_a_round(round);
  ASSERT_FALSE(HasFailure()) << "seed " << seed_;
  {
    const ServeProcess server(options_);
    Clerk clerk(server.port(), token_);
    const auto found = count_traces(histories(clerk));
    check_histories(found);
    int unanswered = 0;
    int carried_out = 0;
    for (Sent& sent : sent_) {
      const bool was_there = found.contains(sent.command.trace);
      unanswered += sent.unanswered() ? 1 : 0;
      carried_out += sent.unanswered() && was_there ? 1 : 0;
      repeat(clerk, sent, was_there);
    }
    check_histories(count_traces(histories(clerk)));
    std::cout << sent_.size() << " commands, " << unanswered << " without an answer, of which "
              << carried_out << " had been carried out\n";
  }
  const Ran verified = run("verify " + options_);
  EXPECT_EQ(verified.code, 0) << verified.out;
}

}  // namespace
}  // namespace mingjian::testing
