// What was stored stays readable: the events of cases that went through every kind of event once,
// and their heads, as the program wrote them. A change that breaks this test breaks the histories
// of offices; an event that must change gets a new version ("v") beside the old one.
#include <array>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/case/evolve.h"
#include "tests/support/shipped.h"

namespace mingjian::testing {
namespace {

std::string golden(const std::string& name) {
  return read_file(project_file("tests/engine/case/golden/" + name));
}

std::vector<std::string> stored_events(const std::string& name) {
  std::vector<std::string> events;
  std::istringstream lines(golden(name));
  for (std::string line; std::getline(lines, line);) events.push_back(line);
  return events;
}

std::string stored_head(const std::string& name) {
  std::string head = golden(name);
  head.pop_back();  // the end of the line
  return head;
}

struct Kept {
  const char* events;
  const char* head;
};

// A case of the time when each step had one signer, and one with several.
constexpr std::array kAllKept = {Kept{"events.jsonl", "head.json"},
                                 Kept{"signers_events.jsonl", "signers_head.json"}};

TEST(Golden, EventsAreReadAndWrittenAsTheyWereStored) {
  std::set<std::string> types;
  for (const Kept& kept : kAllKept) {
    for (const std::string& stored : stored_events(kept.events)) {
      const auto event = event_from_json(Json::parse(stored));
      ASSERT_TRUE(event) << event.error().message.en << "\n" << stored;
      EXPECT_EQ(to_json(*event).dump(), stored);
      types.insert(type_of(*event));
    }
  }
  EXPECT_EQ(types.size(), std::variant_size_v<EventBody>) << "every type of event is here";
}

TEST(Golden, TheEventsGiveTheHead) {
  for (const Kept& kept : kAllKept) {
    CaseState state;
    state.id = CaseId(Json::parse(stored_head(kept.head))["id"].get<std::string>());
    for (const std::string& stored : stored_events(kept.events))
      evolve(state, event_from_json(Json::parse(stored)).value());
    EXPECT_EQ(serialize(state), stored_head(kept.head));
  }
}

TEST(Golden, TheHeadIsReadAndWrittenAsItWasStored) {
  for (const Kept& kept : kAllKept) {
    const std::string head = stored_head(kept.head);
    EXPECT_EQ(serialize(case_state_from_text(head).value()), head);
  }
}

// A type or a version that this program does not know is an error, never passed over.
TEST(Golden, AnEventOfAnotherTimeIsRefused) {
  Json event = Json::parse(stored_events("events.jsonl").front());
  event["v"] = 2;
  EXPECT_EQ(event_from_json(event).error().kind, ErrorKind::kCorrupt);
  event["v"] = 1;
  event["type"] = "case_burnt";
  EXPECT_EQ(event_from_json(event).error().kind, ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace mingjian::testing
