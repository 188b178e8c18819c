// kill -9 of real programs that see to what is due in the cases of one store: each thing happens
// once, at its own time, and none is lost.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/instant.h"
#include "tests/support/clerk.h"
#include "tests/support/program.h"
#include "tests/support/test_store.h"
#include "tests/support/timed_definition.h"

namespace mingjian::testing {
namespace {

constexpr int kClerks = 4;

// MINGJIAN_TIMERS=10000 takes so many.
int cases_of_this_run() {
  const char* const given = std::getenv("MINGJIAN_TIMERS");
  return given != nullptr ? std::stoi(given) : 300;
}

class Timers : public ::testing::Test {
 protected:
  // The shipped procedures, and one in which two things happen by themselves.
  void SetUp() override {
    std::filesystem::copy(MINGJIAN_SOURCE_DIR "/workflows", folder_.file("workflows"),
                          std::filesystem::copy_options::recursive);
    OrderedJson letter = timed_definition();
    OrderedJson& waiting = letter["states"]["waiting"];
    waiting.erase("entry");
    waiting["after"] = {{"PT5S", "overdue"}};
    letter["states"]["overdue"]["after"] = {{"PT1S", "closed"}};
    std::filesystem::create_directory(folder_.file("workflows/letter"));
    std::ofstream(folder_.file("workflows/letter/definition.json")) << letter.dump();
    ASSERT_EQ(
        run("office '" + folder_.file("workflows/demonstration/office.json") + "' " + options_)
            .code,
        0);
    std::cout << "seed " << seed_ << "\n";
  }

  // Of all cases; each clerk files his part.
  std::vector<std::string> file(const ServeProcess& server, const std::string& token, int count) {
    std::vector<std::vector<std::string>> filed(kClerks);
    std::vector<std::thread> clerks;
    for (int c = 0; c < kClerks; ++c) {
      clerks.emplace_back([&, c] {
        Clerk clerk(server.port(), token);
        for (int i = c; i < count; i += kClerks) {
          const std::string key = "letter-" + std::to_string(i);
          const Json body = {{"definition", "letter"}, {"data", {{"facts", key}}}};
          const Answer answer = clerk.send({"/api/v1/cases", body.dump(), 0, key, key});
          ASSERT_EQ(answer.status, 201) << answer.body;
          filed[static_cast<std::size_t>(c)].push_back(Json::parse(answer.body)["id"]);
        }
      });
    }
    for (std::thread& clerk : clerks) clerk.join();
    std::vector<std::string> all;
    for (const auto& part : filed) all.insert(all.end(), part.begin(), part.end());
    return all;
  }

  static bool is_any(Clerk& clerk, const std::string& closed) {
    const Answer answer = clerk.get("/api/v1/cases?definition=letter&limit=1&closed=" + closed);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.status == 200 && !Json::parse(answer.body)["items"].empty();
  }

  // Goes on when the first case was closed, or the last. Nothing is said of how long that takes.
  static void wait_for_first(Clerk& clerk) {
    while (!HasFailure() && !is_any(clerk, "true")) pause(20'000);
  }
  static void wait_for_last(Clerk& clerk) {
    while (!HasFailure() && is_any(clerk, "false")) pause(50'000);
  }
  static void pause(int microseconds) {
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
  }

  static void check_history(Clerk& clerk, const std::string& id) {
    const Answer answer = clerk.get("/api/v1/cases/" + id + "/history");
    ASSERT_EQ(answer.status, 200);
    const Json acts = Json::parse(answer.body)["items"];
    ASSERT_EQ(acts.size(), 3U) << acts;
    const auto at = [&](std::size_t act) {
      return parse_rfc3339(acts[act]["occurred_at"].get<std::string>()).value().microseconds / 1000;
    };
    for (const std::size_t act : {1U, 2U}) {
      EXPECT_EQ(acts[act]["type"], "timer_fired");
      EXPECT_EQ(acts[act]["actor"]["id"], "@system");
    }
    EXPECT_EQ(at(1) - at(0), 5'000) << acts;
    EXPECT_EQ(at(2) - at(1), 1'000) << acts;
  }

  const TestStore store_;
  const TemporaryFolder folder_;
  const std::string options_ = store_.option() + " --workflows '" + folder_.file("workflows") + "'";
  const std::random_device::result_type seed_ = std::random_device()();
  std::mt19937 random_{seed_};
};

TEST_F(Timers, FireOnceThoughTheProcessesThatSeeToThemAreKilled) {
  auto one = std::make_unique<ServeProcess>(options_);
  auto other = std::make_unique<ServeProcess>(options_);
  const std::string token = sign_in(one->port(), "lin-wei");
  const auto ids = file(*one, token, cases_of_this_run());
  ASSERT_EQ(ids.size(), static_cast<std::size_t>(cases_of_this_run()));
  std::uniform_int_distribution<int> moment(0, 300'000);
  Clerk at_other(other->port(), token);
  wait_for_first(at_other);
  pause(moment(random_));
  one->end(SIGKILL);
  pause(moment(random_));
  ServeProcess last(options_);
  other->end(SIGKILL);
  Clerk clerk(last.port(), token);
  wait_for_last(clerk);
  for (const std::string& id : ids) check_history(clerk, id);
  const Ran verified = run("verify " + options_);
  EXPECT_EQ(verified.code, 0) << verified.out;
}

// Nobody is there when the time comes.
TEST_F(Timers, FireLateAtTheirOwnTimeWhereNoProcessRan) {
  std::string token;
  std::vector<std::string> ids;
  {
    const ServeProcess server(options_);
    token = sign_in(server.port(), "lin-wei");
    ids = file(server, token, 20);
    ASSERT_EQ(ids.size(), 20U);
  }
  std::this_thread::sleep_for(std::chrono::seconds(7));
  const ServeProcess server(options_);
  Clerk clerk(server.port(), token);
  wait_for_last(clerk);
  for (const std::string& id : ids) check_history(clerk, id);
}

// Rows that somebody threw away: verify says so, and makes them anew.
TEST_F(Timers, AreMadeAnewFromTheCases) {
  std::string token;
  std::vector<std::string> ids;
  {
    const ServeProcess server(options_);
    token = sign_in(server.port(), "lin-wei");
    ids = file(server, token, 3);
    ASSERT_EQ(ids.size(), 3U);
  }
  store_.tamper("DELETE FROM timers");
  const Ran damaged = run("verify " + options_);
  EXPECT_EQ(damaged.code, 1);
  EXPECT_NE(damaged.out.find("damaged: 3"), std::string::npos) << damaged.out;
  const Ran mended = run("verify --mend-timers " + options_);
  EXPECT_EQ(mended.code, 0) << mended.out;
  EXPECT_NE(mended.out.find("mended: 3"), std::string::npos) << mended.out;
  EXPECT_EQ(run("verify " + options_).code, 0);
  const ServeProcess server(options_);
  Clerk clerk(server.port(), token);
  wait_for_last(clerk);
  for (const std::string& id : ids) check_history(clerk, id);
}

}  // namespace
}  // namespace mingjian::testing
