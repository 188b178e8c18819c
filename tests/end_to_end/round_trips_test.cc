// What a command costs on a database across a network, where each statement is a wait.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/end_to_end/office.h"
#include "tests/support/cutting_proxy.h"

namespace mingjian::testing {
namespace {

// The address of the same database through the proxy.
std::string through(const CuttingProxy& proxy, const std::string& address, int port) {
  const std::string was = ":" + std::to_string(port) + "/";
  return std::string(address).replace(address.find(was), was.size(),
                                      ":" + std::to_string(proxy.port()) + "/");
}

TEST(MariadbRoundTrips, OfAWholeCommandAreSeven) {
  const MariadbDatabase place(shared_mariadb());
  CuttingProxy proxy(shared_mariadb());
  const std::string options = "--store '" + through(proxy, place.address(), shared_mariadb()) +
                              "' --workflows " + kWorkflows;
  const Ran loaded = run("office " + kDemonstration + "/office.json " + options);
  ASSERT_EQ(loaded.code, 0) << loaded.out;
  const ServeProcess server(options);
  Visitor clerk(server.port(), "lin-wei", "demo-mingjian-2026");
  const std::string address = file_case(clerk);
  // What is read once a second (organisations, definitions), and prepared once a connection, does
  // not come with each command: the fewest are the command's own.
  int fewest = 1'000;
  for (Version version = 1; version <= 10; ++version) {
    proxy.cut(0, CuttingProxy::Cut::kBefore);
    const Answer answer = clerk.post(address + "/notes", {{"text", "x"}}, version);
    ASSERT_EQ(answer.status, 200) << answer.body;
    fewest = std::min(fewest, proxy.statements());
  }
  // Session with person, case; what the group meets, event, answer, head, COMMIT.
  EXPECT_EQ(fewest, 7);
}

}  // namespace
}  // namespace mingjian::testing
