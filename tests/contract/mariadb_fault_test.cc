// What goes wrong between this program and its database server, each made to happen on a real one.
#include <chrono>
#include <csignal>
#include <future>
#include <thread>

#include <gmock/gmock.h>

#include "adapters/mysql/database.h"
#include "adapters/mysql/migrations.h"
#include "engine/ports/deadline.h"
#include "tests/contract/sample.h"
#include "tests/contract/sqlite_sample.h"
#include "tests/support/cutting_proxy.h"
#include "tests/support/mariadb_server.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

MysqlOptions options_of(const std::string& address) { return parse_mysql_address(address).value(); }

std::unique_ptr<MysqlDatabase> open(const MysqlOptions& options) {
  auto opened = MysqlDatabase::open(options);
  EXPECT_TRUE(opened) << opened.error().message.en;
  return opened ? std::move(*opened) : nullptr;
}

// A store behind a proxy.
class MariadbConnection : public ::testing::TestWithParam<CuttingProxy::Cut> {
 protected:
  static MysqlOptions through(const CuttingProxy& proxy, const MariadbDatabase& place) {
    MysqlOptions options = options_of(place.address());
    options.hosts[0].port = static_cast<std::uint16_t>(proxy.port());
    return options;
  }

  MariadbDatabase place_{shared_mariadb()};
  CuttingProxy proxy_{shared_mariadb()};
  std::unique_ptr<MysqlDatabase> database_ = open(through(proxy_, place_));
};

INSTANTIATE_TEST_SUITE_P(Lost, MariadbConnection,
                         ::testing::Values(CuttingProxy::Cut::kBefore, CuttingProxy::Cut::kAfter),
                         [](const auto& cut) {
                           return cut.param == CuttingProxy::Cut::kBefore ? "BeforeTheStatement"
                                                                          : "BeforeTheAnswer";
                         });

// The anomaly loop: the connection goes at the n-th statement, COMMIT among them.
TEST_P(MariadbConnection, ACommandIsDoneOnceWhereverTheConnectionGoes) {
  Commit last = filing_with_task(1);
  ASSERT_TRUE(is_committed(database_->store().commit(last)));
  int cuts = 0;
  for (int nth = 1; nth < 50; ++nth) {
    Commit next = following(last);
    next.tasks = {approval(static_cast<std::uint64_t>(nth) + 1, 1)};
    proxy_.cut(nth, GetParam());
    const auto outcome = database_->store().commit(next);
    const bool has_cut = proxy_.has_cut();
    proxy_.heal();
    ASSERT_TRUE(is_committed(outcome)) << "statement " << nth;
    last = next;
    EXPECT_EQ(database_->store().head(case_id(1)).value(), last.head);
    EXPECT_EQ(database_->store().events(case_id(1), 0, 1000).value().size(), last.head.version);
    if (!has_cut) break;
    ++cuts;
  }
  EXPECT_GE(cuts, 6) << "reading, four tables, COMMIT";
  EXPECT_FALSE(proxy_.has_cut());
  EXPECT_GE(database_->counts().repeats, static_cast<std::uint64_t>(cuts));
}

TEST_P(MariadbConnection, ADefinitionIsProposedOnceWhereverTheConnectionGoes) {
  for (std::int64_t nth = 1; nth < 50; ++nth) {
    const DefinitionVersion version{"clue", nth, {}, "{}"};
    const DefinitionEvent proposed{
        "clue", nth, DefinitionAct::kProposed, PersonId("li"), Instant{1}, "digest", ""};
    const IdempotencyRecord answer{PersonId("li"), std::to_string(nth), "f", "a", Instant{7}};
    proxy_.cut(static_cast<int>(nth), GetParam());
    const auto outcome = database_->definitions().propose(version, proposed, answer);
    const bool has_cut = proxy_.has_cut();
    proxy_.heal();
    ASSERT_TRUE(outcome) << outcome.error().message.en;
    EXPECT_TRUE(std::holds_alternative<Committed>(*outcome)) << "statement " << nth;
    EXPECT_EQ(database_->definitions().history("clue").value().size(), std::size_t(nth));
    if (!has_cut) return;
  }
  FAIL() << "it was cut each time";
}

TEST_P(MariadbConnection, ATimerIsClaimedOnceWhereverTheConnectionGoes) {
  Commit last = filing(1);
  last.timer = TimerChange{Instant{1}};
  ASSERT_TRUE(is_committed(database_->store().commit(last)));
  for (int nth = 1; nth < 50; ++nth) {
    proxy_.cut(nth, GetParam());
    const auto rows = database_->store().claim_timers(
        {Instant{1}, "claimer " + std::to_string(nth), std::chrono::hours(1)});
    const bool has_cut = proxy_.has_cut();
    proxy_.heal();
    ASSERT_TRUE(rows) << rows.error().message.en;
    EXPECT_EQ(*rows, (std::vector<TimerRow>{{case_id(1), Instant{1}}})) << "statement " << nth;
    EXPECT_EQ(database_->store().claim_timers({Instant{1}, "other", std::chrono::hours(1)}).value(),
              std::vector<TimerRow>());
    ASSERT_TRUE(database_->store().mend_timer(case_id(1), 1, {Instant{1}}));
    if (!has_cut) return;
  }
  FAIL() << "it was cut each time";
}

TEST_P(MariadbConnection, ALeaseIsTakenAndRenewedOnceWhereverTheConnectionGoes) {
  std::uint64_t fence = 0;
  for (int nth = 1; nth < 50; ++nth) {
    const std::string holder = "holder-" + std::to_string((nth + 1) / 2);
    proxy_.cut(nth / 4 + 1, GetParam());
    const auto taken = database_->leases().take("work", holder, std::chrono::hours(1));
    proxy_.heal();
    ASSERT_TRUE(taken) << taken.error().message.en;
    ASSERT_TRUE(*taken) << nth;
    // Each holder asks twice, and then lets go: the fence grows by one a holder.
    if (nth % 2 == 1) ++fence;
    EXPECT_EQ((*taken)->fence, fence) << nth;
    if (nth % 2 == 1) continue;
    ASSERT_TRUE(database_->leases().release("work", holder));
  }
}

TEST(MariadbRoundTrips, AreFewForACommandAlone) {
  const MariadbDatabase place(shared_mariadb());
  CuttingProxy proxy(shared_mariadb());
  MysqlOptions options = options_of(place.address());
  options.hosts[0].port = static_cast<std::uint16_t>(proxy.port());
  const auto database = open(options);
  Commit last = filing(1);
  const auto statements = [&](Commit commit) {
    // Once for the statements that are prepared, which happens once a connection.
    for (int time = 0; time < 2; ++time) {
      proxy.heal();
      proxy.cut(0, CuttingProxy::Cut::kBefore);
      EXPECT_TRUE(is_committed(database->store().commit(commit)));
      last = commit;
      commit = following(commit);
      commit.tasks = last.tasks;
      commit.timer = last.timer;
    }
    return proxy.statements();
  };
  EXPECT_TRUE(is_committed(database->store().commit(last)));
  // What it meets, events, answer, head, COMMIT.
  EXPECT_EQ(statements(following(last)), 5);
  Commit with_task = following(last);
  with_task.tasks = {approval(1, 1)};
  EXPECT_EQ(statements(with_task), 6);
  Commit with_timer = following(last);
  with_timer.tasks = {};
  with_timer.timer = TimerChange{Instant{5}};
  EXPECT_EQ(statements(with_timer), 6);
  with_timer = following(last);
  with_timer.tasks = {};
  with_timer.timer = TimerChange{};
  EXPECT_EQ(statements(with_timer), 6);
}

// Commands that wait together are one transaction.
TEST(MariadbGroup, SharesATransactionAndKeepsTheFailuresApart) {
  const MariadbDatabase place(shared_mariadb());
  const auto database = open(options_of(place.address()));
  constexpr std::uint64_t kThreads = 32;
  constexpr std::uint64_t kEach = 20;
  std::vector<std::thread> threads;
  std::atomic<std::uint64_t> committed = 0;
  std::atomic<std::uint64_t> refused = 0;
  for (std::uint64_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::uint64_t i = 0; i < kEach; ++i) {
        Commit commit = filing(thread * kEach + i + 1);
        if (i % 5 == 4) commit.events[0].type = std::string(300, 'x');  // longer than its column
        const auto outcome = database->store().commit(commit);
        if (is_committed(outcome)) ++committed;
        if (!outcome && outcome.error().kind == ErrorKind::kInvalidInput) ++refused;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(committed, kThreads * kEach * 4 / 5);
  EXPECT_EQ(refused, kThreads * kEach / 5);
  EXPECT_LT(database->counts().transactions, kThreads * kEach);
  EXPECT_EQ(database->store().case_ids("", 10'000).value().size(), committed);
}

// Keeps the row of a case for some seconds from now on, and then lets it go.
class LockedCase {
 public:
  LockedCase(const MariadbDatabase& place, std::uint64_t number, int seconds)
      : holder_([&place, number, seconds] {
          run_sql(shared_mariadb(), "USE " + place.name() +
                                        "; START TRANSACTION; SELECT version FROM cases WHERE id = "
                                        "UNHEX(REPLACE('" +
                                        case_id(number).value() +
                                        "', '-', '')) FOR UPDATE; SELECT SLEEP(" +
                                        std::to_string(seconds) + "); ROLLBACK");
        }) {
    const std::string sleeping =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE db = '" + place.name() +
        "' AND info LIKE 'SELECT SLEEP%'";
    while (run_sql(shared_mariadb(), sleeping) == "0\n")
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ~LockedCase() { holder_.join(); }
  LockedCase(const LockedCase&) = delete;
  LockedCase& operator=(const LockedCase&) = delete;

 private:
  std::thread holder_;
};

// A row that another client holds: the wait for it ends with 1205, and the command goes on when it
// is free.
TEST(MariadbLock, IsWaitedForLongerThanTheServerWould) {
  const MariadbDatabase place(shared_mariadb());
  const auto database = open(options_of(place.address()));
  const Commit first = filing(1);
  ASSERT_TRUE(is_committed(database->store().commit(first)));
  const LockedCase locked(place, 1, 4);
  EXPECT_TRUE(is_committed(database->store().commit(following(first))));
  EXPECT_GE(database->counts().repeats, 1U);
}

// The first two are for the locked case. While the server refuses the one, after 3 s, the other
// waits with somebody who has nothing to do with it, and they become one group; when that is
// refused his time is over and not theirs.
TEST(MariadbLock, EndsThePatienceOfNobodyButHimWhoseTimeIsOver) {
  const MariadbDatabase place(shared_mariadb());
  MysqlOptions options = options_of(place.address());
  options.patience = std::chrono::minutes(1);
  const auto database = open(options);
  const Commit first = filing(1);
  ASSERT_TRUE(is_committed(database->store().commit(first)));
  const LockedCase locked(place, 1, 12);
  const auto commit_within = [&](const Commit& commit, std::chrono::seconds time) {
    return std::async(std::launch::async, [&, commit, time] {
      const Deadline deadline(std::chrono::steady_clock::now() + time);
      return database->store().commit(commit);
    });
  };
  Commit late = following(first);
  late.idempotency.key += "-late";
  auto before = commit_within(following(first), std::chrono::seconds(1));
  while (database->counts().running == 0) std::this_thread::yield();
  auto his = commit_within(late, std::chrono::seconds(5));
  auto theirs = commit_within(filing(2), std::chrono::seconds(60));
  EXPECT_FALSE(before.get());
  EXPECT_FALSE(his.get());
  EXPECT_TRUE(is_committed(theirs.get()));
  EXPECT_EQ(database->counts().writes, 2U);
}

class MariadbAlone : public ::testing::Test {
 protected:
  // Waits for each answer of the server for a second only.
  static MysqlOptions impatient(const MariadbDatabase& place, std::chrono::milliseconds patience) {
    MysqlOptions options = options_of(place.address());
    options.answering = std::chrono::seconds(1);
    options.connecting = std::chrono::seconds(1);
    options.patience = patience;
    return options;
  }

  MariadbServer server_;
};

TEST_F(MariadbAlone, MayGoDownAndComeBackWithoutARestartOfTheProgram) {
  const MariadbDatabase place(server_.port());
  const auto database = open(options_of(place.address()));
  const Commit first = filing_with_task(1);
  ASSERT_TRUE(is_committed(database->store().commit(first)));
  server_.end(SIGKILL);
  const Commit second = following(first);
  const auto refused = database->store().commit(second);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable) << refused.error().message.en;
  EXPECT_EQ(database->store().head(case_id(1)).error().kind, ErrorKind::kUnavailable);
  EXPECT_FALSE(database->store().check());
  server_.start();
  EXPECT_TRUE(database->store().check());
  EXPECT_THAT(database->store().head(case_id(1)).value(), Optional(first.head));
  EXPECT_TRUE(is_committed(database->store().commit(second)));
}

TEST_F(MariadbAlone, MayStandStillForLongerThanAnybodyWaits) {
  const MariadbDatabase place(server_.port());
  const auto database = open(impatient(place, std::chrono::seconds(3)));
  const Commit first = filing(1);
  ASSERT_TRUE(is_committed(database->store().commit(first)));
  server_.send(SIGSTOP);
  const auto began = std::chrono::steady_clock::now();
  const Commit second = following(first);
  const auto late = database->store().commit(second);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
  server_.send(SIGCONT);
  ASSERT_FALSE(late);
  EXPECT_THAT(late.error().kind,
              ::testing::AnyOf(ErrorKind::kUnavailable, ErrorKind::kOutcomeUnknown));
  const auto again = database->store().commit(second);
  ASSERT_TRUE(again) << again.error().message.en;
  EXPECT_EQ(database->store().events(case_id(1), 0, 10).value().size(), 2U);
}

// Whoever came while others waited in vain has waited too: nothing is tried for him.
TEST_F(MariadbAlone, KeepsNobodyWaitingForThePatienceOfThoseBefore) {
  const MariadbDatabase place(server_.port());
  const auto database = open(impatient(place, std::chrono::seconds(3)));
  ASSERT_TRUE(is_committed(database->store().commit(filing(1))));
  server_.send(SIGSTOP);
  auto first = std::async(std::launch::async, [&] { return database->store().commit(filing(2)); });
  while (database->counts().running == 0) std::this_thread::yield();
  auto second = std::async(std::launch::async, [&] { return database->store().commit(filing(3)); });
  while (database->counts().waiting == 0) std::this_thread::yield();
  EXPECT_FALSE(first.get());
  const auto repeats = database->counts().repeats;
  EXPECT_GT(repeats, 0U);
  EXPECT_FALSE(second.get());
  EXPECT_EQ(database->counts().repeats, repeats);
  server_.send(SIGCONT);
  EXPECT_EQ(database->store().check().value(), Readiness::kReading);
  EXPECT_TRUE(is_committed(database->store().commit(filing(4))));
  EXPECT_EQ(database->store().check().value(), Readiness::kAll);
}

// What a client no longer waits for is not begun; what is under way may still succeed at once.
TEST_F(MariadbAlone, BeginsNothingForWhomNobodyWaits) {
  const MariadbDatabase place(server_.port());
  const auto database = open(options_of(place.address()));
  const Commit first = filing(1);
  {
    const Deadline passed(std::chrono::steady_clock::now());
    const auto refused = database->store().commit(first);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable) << refused.error().message.en;
    EXPECT_EQ(database->store().head(case_id(1)).value(), std::nullopt);
  }
  EXPECT_EQ(database->counts().writes, 0U);
  EXPECT_TRUE(is_committed(database->store().commit(first)));
}

TEST_F(MariadbAlone, TriesNothingAgainForWhomNobodyWaits) {
  const MariadbDatabase place(server_.port());
  const auto database = open(impatient(place, std::chrono::hours(1)));
  ASSERT_TRUE(is_committed(database->store().commit(filing(1))));
  server_.send(SIGSTOP);
  {
    const Deadline soon(std::chrono::steady_clock::now() + std::chrono::seconds(1));
    EXPECT_FALSE(database->store().commit(filing(2)));
    EXPECT_FALSE(database->store().head(case_id(1)));
  }
  server_.send(SIGCONT);
  EXPECT_TRUE(is_committed(database->store().commit(filing(3))));
}

TEST(MariadbSettings, ThatLoseWhatWasAcknowledgedAreRefused) {
  const std::vector<std::pair<std::string, std::string>> settings = {
      {"innodb_flush_log_at_trx_commit=2", "innodb_flush_log_at_trx_commit"},
      {"log-bin\nsync_binlog=0", "sync_binlog"},
      {"log-bin\nsync_binlog=1\nbinlog_format=STATEMENT", "binlog_format"},
      {"max_allowed_packet=1M", "max_allowed_packet"}};
  for (const auto& [lines, name] : settings) {
    const MariadbServer server({lines});
    const MariadbDatabase place(server.port());
    const auto opened = MysqlDatabase::open(options_of(place.address()));
    ASSERT_FALSE(opened) << name;
    EXPECT_EQ(opened.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(opened.error().message.en, HasSubstr(name));
  }
}

// What opening says of a database that was made well, and then changed by hand.
Error refusal_after(const MariadbDatabase& place, const std::string& change) {
  { const auto database = open(options_of(place.address())); }
  run_sql(shared_mariadb(), "USE " + place.name() + "; " + change);
  const auto opened = MysqlDatabase::open(options_of(place.address()));
  EXPECT_FALSE(opened);
  return opened ? Error{} : opened.error();
}

TEST(MariadbSchema, NewerThanTheProgramIsRefused) {
  const MariadbDatabase place(shared_mariadb());
  const Error error = refusal_after(place, "UPDATE schema_version SET version = 99");
  EXPECT_EQ(error.kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(error.message.en, HasSubstr("99"));
  EXPECT_THAT(error.message.en, ::testing::Not(HasSubstr("only for tests")));
}

TEST(MariadbSchema, WithATableThatHasNoKeyIsRefused) {
  const MariadbDatabase place(shared_mariadb());
  const Error error = refusal_after(place, "ALTER TABLE events DROP PRIMARY KEY");
  EXPECT_EQ(error.kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(error.message.en, HasSubstr("the table events has no primary key"));
}

TEST(MariadbSchema, IsFinishedWhereItsMakingWasCutOff) {
  const MariadbDatabase place(shared_mariadb());
  { const auto database = open(options_of(place.address())); }
  run_sql(shared_mariadb(), "UPDATE " + place.name() + ".schema_version SET version = 0");
  const auto database = open(options_of(place.address()));
  EXPECT_TRUE(is_committed(database->store().commit(filing(1))));
  EXPECT_EQ(run_sql(shared_mariadb(), "SELECT version FROM " + place.name() + ".schema_version"),
            std::to_string(mysql::migrations().size()) + "\n");
}

TEST(MariadbSchema, IsMadeByMoreThanOneProcessAtOnce) {
  const MariadbDatabase place(shared_mariadb());
  std::vector<std::thread> threads;
  std::atomic<int> opened = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      if (MysqlDatabase::open(options_of(place.address()))) ++opened;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(opened, 4);
}

TEST(MariadbOpening, SaysWhatIsWrong) {
  const MariadbDatabase place(shared_mariadb());
  MysqlOptions options = options_of(place.address());
  options.password = "wrong";
  const auto denied = MysqlDatabase::open(options);
  ASSERT_FALSE(denied);
  EXPECT_THAT(denied.error().message.en, HasSubstr("Access denied"));
  options = options_of(place.address());
  options.database = "elsewhere";
  const auto missing = MysqlDatabase::open(options);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message.en, HasSubstr("Unknown database"));
}

}  // namespace
}  // namespace mingjian::testing
