#include "tests/support/histories.h"

#include <functional>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace mingjian::testing {
namespace {

using Json = nlohmann::json;

// Hands over each item of a list, page by page.
void for_each_item(Clerk& reader, const std::string& path,
                   const std::function<void(const Json&)>& take) {
  for (std::string cursor;;) {
    const Answer answer = reader.get(path + "?limit=200" + cursor);
    ASSERT_EQ(answer.status, 200) << path << ": " << answer.body;
    const Json page = Json::parse(answer.body);
    for (const Json& item : page["items"]) take(item);
    if (page["next"].is_null()) return;
    cursor = "&cursor=" + page["next"].get<std::string>();
  }
}

std::string trace_of(const std::string& case_id, const Json& act) {
  if (act["type"] == "case_filed") return act["data"]["reference"];
  if (act["type"] == "note_added") return act["text"];
  return case_id + " " + act.value("event", "");
}

}  // namespace

Histories histories(Clerk& reader) {
  Histories found;
  for_each_item(reader, "/api/v1/cases", [&](const Json& head) {
    const std::string id = head["id"];
    for_each_item(reader, "/api/v1/cases/" + id + "/history", [&](const Json& act) {
      found[id].push_back({act["version"].get<int>(), trace_of(id, act)});
    });
  });
  return found;
}

std::map<std::string, int> count_traces(const Histories& histories) {
  std::map<std::string, int> counts;
  for (const auto& [id, events] : histories) {
    for (const Traced& event : events) ++counts[event.trace];
  }
  return counts;
}

}  // namespace mingjian::testing
