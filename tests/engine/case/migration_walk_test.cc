// Random walks that move the case to another version somewhere on the way, often with approvals
// open. SmallOffice checks after every step that folding gives the head, that no turn is lost and
// that nobody signs twice.
#include <random>

#include <gtest/gtest.h>

#include "engine/case/options.h"
#include "tests/support/small_office.h"

namespace mingjian {
namespace {

using testing::approval_step;
using testing::at;
using testing::first_version;
using testing::next_version;
using testing::people;
using testing::SmallOffice;
using testing::text_of;

// Versions that a case can move to from anywhere, each with other approvals.
const std::vector<Definition>& later_versions() {
  static const std::vector<Definition> kVersions = [] {
    const char* const kEvidence =
        "/states/investigation/states/evidence/states/collecting/on/collect";
    const char* const kStatement = "/states/investigation/states/statement/states/taking/on/take";
    std::vector<Definition> versions;
    versions.push_back(next_version([](OrderedJson&) {}));
    versions.push_back(next_version([&](OrderedJson& d) {
      auto& steps = at(d, kEvidence)["approval"]["steps"];
      steps.push_back(approval_step("main_head"));
      at(d, kStatement).erase("approval");
    }));
    versions.push_back(next_version([&](OrderedJson& d) {
      at(d, kEvidence)["guard"] = {{"==", {{{"var", "context.amount"}}, 1}}};
      at(d, "/states/review/on/investigate/approval/steps").erase(0);
      OrderedJson step = at(d, "/states/review/on/drop");
      at(d, "/states/review/on").erase("drop");
      at(d, "/states/review/on")["put_aside"] = std::move(step);
    }));
    return versions;
  }();
  return kVersions;
}

class Walk {
 public:
  explicit Walk(unsigned seed) : random_(seed), office_(first_version()) {}

  void run() {
    constexpr int kSteps = 60;
    for (int i = 0; i < kSteps && !office_.state().closed; ++i) {
      if (!moved_ && pick(8) == 0) migrate();
      step();
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
  [[nodiscard]] bool moved_with_request_open() const { return moved_with_request_; }

 private:
  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  std::string anybody() {
    auto person = people().begin();
    std::advance(person, pick(people().size()));
    return person->first;
  }

  void migrate() {
    const Definition& target = later_versions()[pick(later_versions().size())];
    const std::size_t open = office_.state().requests.size();
    const CarryRules carry{pick(2) == 0 ? SignatureRule::kKeepWhereSame : SignatureRule::kAskAgain,
                           TimeRule::kContinue};
    const auto moved = office_.migrate(target, {}, carry);
    ASSERT_TRUE(moved) << text_of(moved.error());
    const auto& outcomes = std::get<CaseMigrated>(moved->front().body).requests;
    ASSERT_EQ(outcomes.size(), open) << "a request is not accounted for";
    const auto goes_on = [](const RequestOutcome& outcome) {
      return outcome.fate != RequestFate::kEnded;
    };
    ASSERT_EQ(office_.state().requests.size(),
              static_cast<std::size_t>(std::count_if(outcomes.begin(), outcomes.end(), goes_on)));
    moved_ = true;
    moved_with_request_ = open > 0;
  }

  // Something that somebody tries; whether he may is the engine's to say.
  void step() {
    office_.pass(1);
    const auto& requests = office_.state().requests;
    if (!requests.empty() && pick(2) == 0) {
      const auto decision = static_cast<Decision>(pick(10) < 8 ? 0 : 1 + pick(2));
      (void)office_.sign(anybody(), pick(requests.size()), decision);
      return;
    }
    if (pick(10) == 0) {
      (void)office_.act("inspector", AttachMaterial{"report", "x", std::string(64, 'a'), 1, ""});
      return;
    }
    const auto situation = situation_of(office_.definition(), office_.state(),
                                        PersonId("inspector"), {role::kInspector});
    const auto all = options(situation.value(), office_.now());
    if (all.empty()) return;
    const std::string& event = all[pick(all.size())].event;
    const Json data = event == "accept" ? Json{{"checked", true}} : Json();
    (void)office_.fire(event == "decide" ? "trial" : "inspector", event, data);
  }

  std::mt19937 random_;
  SmallOffice office_;
  bool moved_ = false;
  bool moved_with_request_ = false;
};

TEST(MigrationWalks, LoseNoTurnAndCountNoVoteTwice) {
  constexpr unsigned kWalks = 300;
  unsigned with_request = 0;
  for (unsigned seed = 1; seed <= kWalks; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    walk.run();
    if (walk.moved_with_request_open()) ++with_request;
    if (HasFatalFailure()) return;
  }
  // The walks are worth something only if many move while an approval is open.
  EXPECT_GT(with_request, kWalks / 10);
}

}  // namespace
}  // namespace mingjian
