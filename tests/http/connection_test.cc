#include "api/http/connection.h"

#include <gtest/gtest.h>

#include "tests/http/running_server.h"

namespace mingjian::http {
namespace {

using testing::RawClient;
using testing::RunningServer;

const std::string kRequest = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

std::string empty_lines(int count) {
  std::string lines;
  for (int line = 0; line < count; ++line) lines += "\r\n";
  return lines;
}

Response answer_ok(const Request&) { return {200, {}, "text/plain", "ok"}; }

TEST(Connection, PassesOverAFewEmptyLinesBeforeEachRequest) {
  const RunningServer server(answer_ok);
  RawClient client = server.connect();
  for (int count = 0; count < 20; ++count) {
    EXPECT_EQ(client.ask(empty_lines(2) + kRequest).status, 200);
  }
}

// Two clients that sent nothing but empty lines held the loop for seconds.
TEST(Connection, RefusesAClientThatSendsOnlyEmptyLines) {
  const RunningServer server(answer_ok);
  for (const int count : {6, 100'000}) {
    RawClient client = server.connect();
    EXPECT_EQ(client.ask(empty_lines(count)).status, 400);
    EXPECT_EQ(client.read_to_end(), 0U);
  }
  RawClient client = server.connect();
  EXPECT_EQ(client.ask(empty_lines(5) + kRequest).status, 400);
}

}  // namespace
}  // namespace mingjian::http
