// Plays the tables of stories (see story.h): of the small definition beside this file and of the
// product's definitions.
#include "tests/engine/case/story.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/shipped.h"

namespace mingjian::testing {
namespace {

void play_all(const std::string& file) {
  const StoryBook book(project_file(file));
  ASSERT_FALSE(book.stories().empty());
  for (const Json& story : book.stories()) EXPECT_EQ(book.play(story), "") << story["story"];
}

TEST(Stories, OfFilingACase) { play_all("tests/engine/case/data/filing.json"); }
TEST(Stories, OfTakingSteps) { play_all("tests/engine/case/data/steps.json"); }
TEST(Stories, OfApproval) { play_all("tests/engine/case/data/approval.json"); }
TEST(Stories, OfRequestsThatWentStale) { play_all("tests/engine/case/data/stale_requests.json"); }
TEST(Stories, OfSeveralSigners) { play_all("tests/engine/case/data/signers.json"); }
TEST(Stories, OfReturns) { play_all("tests/engine/case/data/returns.json"); }
TEST(Stories, OfHandingOver) { play_all("tests/engine/case/data/hand_over.json"); }
TEST(Stories, OfTakingBackAndWithdrawing) { play_all("tests/engine/case/data/take_back.json"); }
TEST(Stories, OfTheTeam) { play_all("tests/engine/case/data/team.json"); }
TEST(Stories, OfTheFile) { play_all("tests/engine/case/data/file.json"); }
TEST(Stories, OfAccountability) { play_all("workflows/accountability/tests/stories.json"); }

}  // namespace
}  // namespace mingjian::testing
