#include "tests/bench/stored_commits.h"

#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/case/evolve.h"
#include "engine/service/records.h"

namespace mingjian::bench {
namespace {

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message.en);
  return std::move(*result);
}

CaseCommits commits_of(Store& store, const CaseId& id) {
  CaseCommits commits;
  CaseState state;
  state.id = id;
  for (EventRecord& record : or_throw(store.events(id, 0, 100))) {
    const Event event = or_throw(event_from_json(Json::parse(record.body)));
    const Version before = state.version;
    evolve(state, event);
    commits.push_back(
        {.expected = before,
         .head = head_record(state),
         .events = {},
         .tasks = {},
         .members = std::nullopt,
         .idempotency = {event.actor, id.value() + "-" + std::to_string(before),
                         std::string(64, '0'), answer_json(state, {event}), event.recorded_at}});
    commits.back().events.push_back(std::move(record));
  }
  return commits;
}

}  // namespace

std::vector<CaseCommits> stored_commits(Store& store, std::size_t cases) {
  std::vector<CaseCommits> all;
  for (const CaseId& id : or_throw(store.case_ids("", cases))) all.push_back(commits_of(store, id));
  return all;
}

}  // namespace mingjian::bench
