#include "engine/service/records.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/case/due.h"
#include "engine/case/evolve.h"

namespace mingjian {
namespace {

constexpr std::size_t kEventsAtOnce = 500;

tl::unexpected<Error> corrupt(const CaseHead& head, const std::string& zh, const std::string& en) {
  return fail(ErrorKind::kCorrupt, {head.number + "：" + zh, head.number + ": " + en});
}

}  // namespace

CaseHead head_record(const CaseState& state) {
  return {.id = state.id,
          .version = state.version,
          .number = state.number,
          .definition = state.definition.id,
          .definition_version = state.definition.version,
          .title = state.title,
          .closed = state.closed,
          .stages = Json(state.stages).dump(),
          .organ = state.organ,
          .filed_by = state.filed_by,
          .filed_at = state.filed_at,
          .updated_at = state.updated_at,
          .state = serialize(state)};
}

std::vector<EventRecord> event_records(const CaseId& id, const std::vector<Event>& events) {
  std::vector<EventRecord> records;
  for (const Event& event : events) {
    records.push_back({id, event.version, type_of(event), event.recorded_at, event.occurred_at,
                       event.actor, to_json(event).dump()});
  }
  return records;
}

std::string answer_json(const CaseState& after, const std::vector<Event>& events) {
  Json types = Json::array();
  Json answer = {{"id", after.id.value()},
                 {"number", after.number},
                 {"version", after.version},
                 {"stages", after.stages},
                 {"closed", after.closed}};
  for (const Event& event : events) {
    types.push_back(type_of(event));
    if (const auto* asked = std::get_if<ApprovalRequested>(&event.body)) {
      answer["request"] = asked->request.value();
      answer["task"] = asked->tasks.front().value();
      for (const TaskId& task : asked->tasks) answer["tasks"].push_back(task.value());
    }
  }
  answer["events"] = std::move(types);
  return answer.dump();
}

tl::expected<Answer, Rejection> first_answer(const IdempotencyRecord& record,
                                             const std::string& fingerprint) {
  if (record.fingerprint != fingerprint) return tl::unexpected<Rejection>(KeyReused{});
  const Json json = Json::parse(record.answer, nullptr, false);
  if (!json.is_object()) {
    return tl::unexpected<Rejection>(
        Error{ErrorKind::kCorrupt, {"存储的答复无法读取", "a stored answer cannot be read"}});
  }
  return Answer{CaseId(json.value("id", "")), json.value("version", Version{0}), record.answer,
                true};
}

OrganisationId filing_organ(const Actor& actor, const std::vector<Role>& by) {
  for (const Post& post : actor.posts()) {
    if (std::find(by.begin(), by.end(), post.role) == by.end()) continue;
    return actor.tree().discipline_organ_of(post.organisation);
  }
  return {};
}

Result<Replay> replay_case(Store& store, const CaseId& id, Replayer replayer, Instant now) {
  for (Version after = 0;;) {
    auto records = store.events(id, after, kEventsAtOnce);
    if (!records) return tl::unexpected<Error>(records.error());
    for (const EventRecord& record : *records) {
      auto event = event_from_json(Json::parse(record.body, nullptr, false));
      if (!event) return tl::unexpected<Error>(event.error());
      replayer.take(*event);
      after = event->version;
    }
    if (records->size() < kEventsAtOnce) return replayer.finish(now);
  }
}

Result<void> verify_fold(Store& store, const CaseHead& head) {
  CaseState state;
  state.id = head.id;
  for (;;) {
    auto records = store.events(head.id, state.version, kEventsAtOnce);
    if (!records) return tl::unexpected<Error>(records.error());
    for (const EventRecord& record : *records) {
      auto event = event_from_json(Json::parse(record.body, nullptr, false));
      if (!event) return tl::unexpected<Error>(event.error());
      const auto next = std::to_string(state.version + 1);
      if (event->version != state.version + 1 || record.version != event->version) {
        return corrupt(head, "缺少第 " + next + " 个事件", "event " + next + " is missing");
      }
      if (type_of(*event) != record.type || event->actor != record.actor ||
          event->recorded_at != record.recorded_at) {
        return corrupt(head, "第 " + next + " 个事件的列与内容不符",
                       "the columns of event " + next + " do not fit its content");
      }
      evolve(state, *event);
    }
    if (records->size() < kEventsAtOnce) break;
  }
  if (head_record(state) == head) return {};
  return corrupt(head, "事件重放的结果与案件现状不符", "folding the events does not give the head");
}

Result<void> verify_timer(Store& store, const CaseHead& head) {
  const auto state = case_state_from_text(head.state);
  if (!state) return tl::unexpected<Error>(state.error());
  const auto kept = store.timer(head.id);
  if (!kept) return tl::unexpected<Error>(kept.error());
  if (*kept == next_due(*state)) return {};
  return corrupt(head, "定时行与案件现状不符，可用 verify --mend-timers 重建",
                 "its timer does not fit its head; verify --mend-timers makes it anew");
}

}  // namespace mingjian
