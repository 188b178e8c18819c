#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "tests/contract/child_process.h"
#include "tests/contract/sqlite_sample.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {
namespace {

constexpr std::uint64_t kThreads = 4;

// For a child: files cases and moves each on, and sends the number of each that was acknowledged.
void file_for_ever(const std::string& path, int round, int pipe) {
  const auto database = open(path);
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      const std::uint64_t first = (static_cast<std::uint64_t>(round) * kThreads + thread) * 100'000;
      for (std::uint64_t number = first + 1;; ++number) {
        const Commit filed = filing_with_task(number);
        if (!is_committed(database->store().commit(filed))) ::_exit(1);
        if (!is_committed(database->store().commit(following(filed)))) ::_exit(1);
        send(pipe, number);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// The cases that a child acknowledged until it was killed, after `acknowledgements` of them.
std::vector<std::uint64_t> killed_after(const std::string& path, int round, int acknowledgements) {
  ChildProcess child([&](int pipe) { file_for_ever(path, round, pipe); });
  std::vector<std::uint64_t> acknowledged;
  while (auto number = child.receive<std::uint64_t>()) {
    acknowledged.push_back(*number);
    if (acknowledged.size() == static_cast<std::size_t>(acknowledgements)) child.kill();
  }
  return acknowledged;
}

TEST(SqliteCrash, KeepsAllThatWasAcknowledgedAndNothingByHalves) {
  const TemporaryFolder folder;
  const std::string path = folder.file("mingjian.db");
  const auto seed = std::random_device()();
  std::mt19937 random(seed);
  std::vector<std::uint64_t> acknowledged;
  for (int round = 0; round < 8; ++round) {
    const int many = std::uniform_int_distribution(1, 150)(random);
    const auto these = killed_after(path, round, many);
    ASSERT_GE(these.size(), static_cast<std::size_t>(many)) << "seed " << seed;
    acknowledged.insert(acknowledged.end(), these.begin(), these.end());
    const auto database = open(path);
    for (const std::uint64_t number : acknowledged) {
      EXPECT_EQ(database->store().head(case_id(number)).value(), following(filing(number)).head)
          << "seed " << seed << ", round " << round;
    }
    const auto ids = database->store().case_ids("", 1'000'000).value();
    for (const CaseId& id : ids) {
      ASSERT_TRUE(is_whole_case(database->store(), id)) << "seed " << seed << ", round " << round;
    }
  }
}

TEST(SqliteProcesses, CreateOneFileTogetherAndWriteToIt) {
  constexpr std::uint64_t kChildren = 3;
  constexpr std::uint64_t kEach = 60;
  const TemporaryFolder folder;
  const std::string path = folder.file("mingjian.db");
  std::set<std::int64_t> numbers;
  {
    std::vector<std::unique_ptr<ChildProcess>> children;
    for (std::uint64_t child = 0; child < kChildren; ++child) {
      children.push_back(std::make_unique<ChildProcess>([&, child](int pipe) {
        const auto database = open(path);
        for (std::uint64_t i = 1; i <= kEach; ++i) {
          const Commit filed = filing_with_task(child * 1000 + i);
          if (!is_committed(database->store().commit(filed))) ::_exit(1);
          send(pipe, database->store().next_number("series").value());
        }
      }));
    }
    for (auto& child : children) {
      while (auto number = child->receive<std::int64_t>()) numbers.insert(*number);
      EXPECT_TRUE(child->wait());
    }
  }
  EXPECT_EQ(numbers.size(), kChildren * kEach);
  const auto database = open(path);
  EXPECT_EQ(database->store().case_ids("", 1000).value().size(), kChildren * kEach);
}

TEST(SqliteProcesses, FightForOneVersionAndOneWinsEachRound) {
  constexpr int kRounds = 100;
  const TemporaryFolder folder;
  const std::string path = folder.file("mingjian.db");
  ASSERT_TRUE(is_committed(open(path)->store().commit(filing_with_task(1))));
  const auto fight = [&](const std::string& name, int pipe) {
    const auto database = open(path);
    Commit last = filing(1);
    for (int round = 0; round < kRounds; ++round) {
      Commit next = following(last);
      next.idempotency.key += name;
      const auto outcome = database->store().commit(next);
      if (!outcome) ::_exit(1);
      send(pipe, is_committed(outcome) ? 1 : 0);
      last = next;
    }
  };
  ChildProcess one([&](int pipe) { fight("one", pipe); });
  ChildProcess other([&](int pipe) { fight("other", pipe); });
  for (int round = 0; round < kRounds; ++round) {
    EXPECT_EQ(one.receive<int>().value_or(-9) + other.receive<int>().value_or(-9), 1);
  }
  EXPECT_TRUE(one.wait());
  EXPECT_TRUE(other.wait());
}

}  // namespace
}  // namespace mingjian::testing
