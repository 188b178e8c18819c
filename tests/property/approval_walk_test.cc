// Random ways through approvals of every shape. MINGJIAN_WALK_SEED repeats a run;
// MINGJIAN_APPROVALS makes it longer.
#include "tests/property/approval_walk.h"

#include <cstdlib>
#include <iostream>

#include "tests/property/approval_family.h"
#include "tests/property/seed.h"

namespace mingjian::testing {
namespace {

constexpr std::size_t kCasesOfOneApproval = 50;

std::size_t approvals_of_this_run() {
  const char* const given = std::getenv("MINGJIAN_APPROVALS");
  return given != nullptr ? std::stoul(given) : 200;
}

TEST(Approvals, OfEveryShapeKeepEveryPromise) {
  const std::uint32_t seed = seed_of_this_run();
  SCOPED_TRACE("MINGJIAN_WALK_SEED=" + std::to_string(seed));
  std::mt19937 random(seed);
  const auto people = approval_office();
  ApprovalFigures figures;
  std::size_t cases = 0;
  for (std::size_t shapes = approvals_of_this_run(); shapes > 0; --shapes) {
    const Definition definition = random_approval(random);
    for (std::size_t i = 0; i < kCasesOfOneApproval; ++i, ++cases) {
      ApprovalWalk walk(definition, people, random, figures);
      walk.run(std::uniform_int_distribution<std::size_t>(0, 14)(random));
      ASSERT_FALSE(HasFailure()) << walk.told();
    }
  }
  std::cout << "seed " << seed << ", approvals " << cases << ", refusals " << figures.refusals;
  for (const auto& [type, count] : figures.carried_out) std::cout << ", " << type << " " << count;
  std::cout << "\n";
  // Every request came to its end, and every verb was met.
  EXPECT_EQ(figures.closed, cases);
  EXPECT_GT(figures.refusals, 0U);
  for (const char* type : {"approval_requested", "approval_decided", "request_withdrawn",
                           "signature_taken_back", "task_handed_over", "request_urged"}) {
    EXPECT_GT(figures.carried_out[type], 0U) << type;
  }
}

}  // namespace
}  // namespace mingjian::testing
