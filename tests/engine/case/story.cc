#include "tests/engine/case/story.h"

#include <algorithm>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "engine/case/evolve.h"
#include "engine/case/json_fields.h"
#include "engine/case/options.h"
#include "engine/case/tasks.h"
#include "engine/definition/sample.h"
#include "tests/support/invariants.h"
#include "tests/support/shipped.h"
#include "tests/support/turns.h"

namespace mingjian::testing {
namespace {

const OrganisationId kCommission("commission");
const char* const kDay = "2026-03-02";
const Instant kStart = parse_rfc3339("2026-03-02T08:00:00Z").value();

// Where `actual` is not as `expected` says; empty: nowhere. Members that are not named may be
// anything.
std::string deviation(const Json& expected, const Json& actual, const std::string& place) {
  if (expected.is_object() && actual.is_object()) {
    for (const auto& [key, value] : expected.items()) {
      const std::string wrong =
          deviation(value, actual.value(key, Json()), place + pointer_part(key));
      if (!wrong.empty()) return wrong;
    }
    return "";
  }
  if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const std::string wrong = deviation(expected[i], actual[i], place + "/" + std::to_string(i));
      if (!wrong.empty()) return wrong;
    }
    return "";
  }
  if (expected == actual) return "";
  return place + " is " + actual.dump() + " instead of " + expected.dump() + "\n";
}

std::string deviations(const Json& expected, const Json& actual, const std::string& place) {
  if (expected.size() != actual.size())
    return place + " are " + actual.dump(1) + "\ninstead of " + expected.dump(1) + "\n";
  std::string wrong;
  for (std::size_t i = 0; i < expected.size(); ++i)
    wrong += deviation(expected[i], actual[i], place + "/" + std::to_string(i));
  return wrong;
}

Json described(const TaskRow& task) {
  return {{"kind", task.kind == TaskKind::kRework ? "rework" : "approval"},
          {"role", task.role.value()},
          {"person", task.person.value()},
          {"event", task.event},
          {"step", task.step},
          {"requested_by", task.requested_by.value()},
          {"closed_by", task.closed_by.value()},
          {"decision", task.decision}};
}

Json described(const std::vector<Obstacle>& obstacles) {
  Json list = Json::array();
  for (const Obstacle& obstacle : obstacles) {
    list.push_back({{"kind", name_of(obstacle.kind)},
                    {"rules", fields::ids(obstacle.rules)},
                    {"pointer", obstacle.pointer},
                    {"says", obstacle.message.zh + " / " + obstacle.message.en}});
  }
  return list;
}

std::string compare_obstacles(const Json& expected, const std::vector<Obstacle>& obstacles) {
  Json actual = described(obstacles);
  Json wanted = Json::array();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    Json entry = {{"pointer", ""}};
    entry.update(expected[i]);
    // A part of the sentence is enough.
    if (i < actual.size() && entry.contains("says") &&
        actual[i]["says"].get<std::string>().find(entry["says"].get<std::string>()) !=
            std::string::npos) {
      entry.erase("says");
    }
    wanted.push_back(std::move(entry));
  }
  return deviations(wanted, actual, "obstacles");
}

std::string compare_events(const Json& expected, const std::vector<Event>& events) {
  Json actual = Json::array();
  Json wanted = Json::array();
  for (const Event& event : events) actual.push_back(to_json(event));
  for (const Json& entry : expected)
    wanted.push_back(entry.is_string() ? Json{{"type", entry}} : entry);
  return deviations(wanted, actual, "events");
}

std::string compare_outcome(const Json& then, const CaseState& before, const CaseState& after,
                            const std::vector<Event>& events) {
  std::string wrong = compare_events(then.at("events"), events);
  if (then.contains("case"))
    wrong += deviation(then["case"], Json::parse(serialize(after)), "case");
  Json open = Json::array();
  for (const TaskRow& task : open_tasks(after)) open.push_back(described(task));
  if (then.contains("tasks")) wrong += deviations(then["tasks"], open, "tasks");
  Json ended = Json::array();
  for (const TaskRow& task : changed_tasks(before, after, events)) {
    if (task.closed_at) ended.push_back(described(task));
  }
  if (then.contains("ended")) wrong += deviations(then["ended"], ended, "ended");
  return wrong;
}

// A book with what it has in common with others.
Json read_book(const std::filesystem::path& file) {
  Json book = parse_json(read_file(file)).value();
  if (!book.contains("common")) return book;
  Json whole = read_book(project_file(book["common"].get<std::string>()));
  whole.merge_patch(book);
  return whole;
}

// The newest request, or the newest that asks for the event; null where there is none.
const Request* request_meant(const CaseState& state, const Json& act) {
  const std::string event = act.value("of", "");
  for (auto request = state.requests.rbegin(); request != state.requests.rend(); ++request) {
    if (event.empty() || request->event == event) return &*request;
  }
  return nullptr;
}

// The task that the act is about: of the role, or the first.
TaskId task_meant(const CaseState& state, const Json& act) {
  const Request* const request = request_meant(state, act);
  if (request == nullptr) return TaskId("no-task");
  if (!act.contains("for")) return tasks_of(*request).front();
  for (const Signer& signer : request->present().signers) {
    if (signer.role.value() == act["for"] && !signer.task.empty()) return signer.task;
  }
  return TaskId("no-task");
}

std::optional<Command> command_on_request(const Json& act, const CaseState& state) {
  const TaskId task = task_meant(state, act);
  if (act.contains("approves")) return DecideRequest{task, Decision::kApprove, act["approves"]};
  if (act.contains("refuses")) return DecideRequest{task, Decision::kRefuse, act["refuses"]};
  if (act.contains("returns")) {
    DecideRequest command{task, Decision::kReturn, act["returns"]};
    if (act.contains("to")) command.return_to = act["to"].get<std::int64_t>();
    return command;
  }
  if (act.contains("hands over"))
    return HandOverTask{task, PersonId(act["hands over"]), act.value("because", "")};
  const Request* const request = request_meant(state, act);
  const RequestId id = request == nullptr ? RequestId("no-request") : request->id;
  if (act.contains("withdraws")) return WithdrawRequest{id, act["withdraws"]};
  if (act.contains("takes back")) return TakeBackSignature{id, act["takes back"]};
  if (act.contains("urges")) return UrgeRequest{id, act["urges"]};
  return std::nullopt;
}

}  // namespace

StoryBook::StoryBook(const std::filesystem::path& file)
    : book_(read_book(file)),
      definition_(load(read_file(project_file(book_.at("definition").get<std::string>()))).value()),
      tree_({{kCommission, {}, "OK-JW", {"纪委监委", "commission"}}}) {}

const Json& StoryBook::act_of(const Json& named_or_act) const {
  return named_or_act.is_string() ? book_.at("acts").at(named_or_act.get<std::string>())
                                  : named_or_act;
}

Person StoryBook::person(const std::string& id) const {
  Person person{PersonId(id), {id, id}, {}};
  for (const Json& role : book_.at("cast").at(id))
    person.posts.push_back({kCommission, Role(role), {}, std::nullopt});
  return person;
}

Decided StoryBook::decide_filing_act(const Json& act, const Actor& actor, Instant now) const {
  Json data = act["files"];
  if (data.is_string())
    data = sample(definition_.filing().form.schema(), choose_known(Json()), kDay);
  data.update(act.value("but", Json::object()));
  const NewCase filing{definition_, actor, kCommission, "试〔2026〕1号"};
  return decide_filing(filing, FileCase{definition_.id(), std::move(data)}, now);
}

Json StoryBook::data_for(const Json& act, const Situation& situation, Instant now) const {
  if (act.contains("with")) return act["with"];
  for (const Option& option : options(situation, now)) {
    if (option.event != act["takes"]) continue;
    const auto& form = definition_.transition_notes(option.transition).form;
    if (form) return sample(form->schema(), choose_known(act.value("choosing", Json())), kDay);
  }
  return {};
}

Command StoryBook::command_of(const Json& act, const Situation& situation, Instant now) const {
  if (act.contains("files")) return FileCase{definition_.id(), act["files"]};
  if (act.contains("takes")) return FireTransition{act["takes"], data_for(act, situation, now)};
  if (auto command = command_on_request(act, situation.state)) return std::move(*command);
  if (act.contains("assigns")) return AssignMember{PersonId(act["assigns"]), Role(act["as"])};
  if (act.contains("attaches")) {
    return AttachMaterial{act["attaches"], act.value("title", "报告"),
                          act.value("sha256", std::string(64, 'a')),
                          act.value("bytes", std::int64_t{1}), "application/pdf"};
  }
  if (act.contains("amends")) return AmendData{act["amends"], act.value("because", "")};
  if (act.contains("notes")) return AddNote{act["notes"]};
  if (act.contains("links")) return LinkCase{CaseId(act["links"]), act["as"]};
  throw std::invalid_argument("an act without a verb: " + act.dump());
}

Decided StoryBook::decide_act(const Play& play, const Json& act) const {
  const Instant now{kStart.microseconds + play.acts * 1'000'000};
  const std::string who = act.at("who");
  const Actor actor(person(who), tree_, now);
  if (play.state.version == 0) return decide_filing_act(act, actor, now);

  const auto situation = situation_of(definition_, play.state, PersonId(who),
                                      roles_on(actor, relation_of(play.state)));
  const std::string number = std::to_string(play.acts);
  // The first two of an act have names of their own; more are counted.
  const auto fresh_id = [number, given = 0]() mutable {
    ++given;
    if (given == 1) return "id-" + number;
    return given == 2 ? "task-" + number : "task-" + number + "-" + std::to_string(given - 1);
  };
  DecisionInput input{.now = now, .fresh_id = fresh_id, .codes = &shipped_register().codes};
  std::optional<Actor> assignee;
  const std::string named = act.value("assigns", act.value("hands over", ""));
  if (book_.at("cast").contains(named))
    input.assignee = &assignee.emplace(person(named), tree_, now);
  input.other_case_known = act.value("links", "").starts_with("known");
  return decide(situation.value(), command_of(act, *situation, now), input);
}

std::string StoryBook::play(const Json& story) const {
  Play play;
  Invariants invariants;
  play.state.id = CaseId("case");
  for (const Json& entry : story.at("given")) {
    const auto events = decide_act(play, act_of(entry));
    if (!events) return "given " + entry.dump() + ": " + described(events.error()).dump(1);
    const CaseState before = play.state;
    for (const Event& event : *events) evolve(play.state, event);
    invariants.follow(before, play.state, *events);
    ++play.acts;
  }
  const CaseState before = play.state;
  const auto events = decide_act(play, act_of(story.at("when")));
  const Json& then = story.at("then");
  if (then.contains("obstacles") == events.has_value())
    return events ? "it was allowed" : "it was refused: " + described(events.error()).dump(1);
  if (!events) return compare_obstacles(then["obstacles"], events.error());
  for (const Event& event : *events) evolve(play.state, event);
  invariants.follow(before, play.state, *events);
  return compare_outcome(then, before, play.state, *events);
}

}  // namespace mingjian::testing
