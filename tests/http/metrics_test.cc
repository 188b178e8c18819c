#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "api/http/handlers/routes.h"
#include "tests/http/office_in_memory.h"

namespace mingjian::http {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Metrics : public ::testing::Test {
 protected:
  Response get(std::vector<std::string> segments) {
    Request request;
    request.method = "GET";
    request.segments = std::move(segments);
    return router_.handle(std::move(request));
  }

  Gauges gauges_;
  testing::OfficeInMemory office_{[this] { return gauges_; }};
  Router router_ = make_router(office_.services());
};

TEST_F(Metrics, AreTextOfPrometheus) {
  const Response response = get({"metrics"});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(response.body, HasSubstr("# TYPE mingjian_http_requests_total counter\n"));
  EXPECT_THAT(response.body, HasSubstr("# TYPE mingjian_writes_waiting gauge\n"));
}

TEST_F(Metrics, CountRequestsByOperationAndStatus) {
  get({"healthz"});
  get({"healthz"});
  get({"api", "v1", "tasks"});
  get({"api", "v1", "cases", "secret-case"});
  get({"no", "such", "path"});
  const std::string text = get({"metrics"}).body;
  const std::string name = "mingjian_http_requests_total";
  EXPECT_THAT(text, AllOf(HasSubstr(name + "{operation=\"health\",status=\"200\"} 2\n"),
                          HasSubstr(name + "{operation=\"list_tasks\",status=\"401\"} 1\n"),
                          HasSubstr(name + "{operation=\"read_case\",status=\"401\"} 1\n"),
                          HasSubstr(name + "{operation=\"\",status=\"404\"} 1\n")));
  EXPECT_THAT(text, Not(HasSubstr("secret-case")));
}

TEST_F(Metrics, TellWhatTheProgramMeasures) {
  gauges_.writes = {.writes = 11, .transactions = 7, .repeats = 3, .waiting = 2, .running = 1};
  gauges_.leases = {{"housekeeping", true}, {"timers", false}};
  gauges_.chores = {{"sessions", {.runs = 5, .failures = 4}}};
  EXPECT_THAT(
      get({"metrics"}).body,
      AllOf(HasSubstr("\nmingjian_writes_total 11\n"),
            HasSubstr("\nmingjian_transactions_total 7\n"),
            HasSubstr("\nmingjian_transaction_repeats_total 3\n"),
            HasSubstr("\nmingjian_writes_waiting 2\n"), HasSubstr("\nmingjian_writes_running 1\n"),
            HasSubstr("\nmingjian_inbox_streams 0\n"),
            HasSubstr("\nmingjian_lease_held{lease=\"housekeeping\"} 1\n"),
            HasSubstr("\nmingjian_lease_held{lease=\"timers\"} 0\n"),
            HasSubstr("\nmingjian_chore_runs_total{chore=\"sessions\"} 5\n"),
            HasSubstr("\nmingjian_chore_failures_total{chore=\"sessions\"} 4\n")));
}

}  // namespace
}  // namespace mingjian::http
