#include "engine/service/case_service.h"

#include <chrono>
#include <utility>

#include "engine/access/system_actor.h"
#include "engine/case/decide_due.h"
#include "engine/case/due.h"
#include "engine/case/evolve.h"
#include "engine/case/tasks.h"
#include "engine/chart/timers.h"
#include "engine/service/records.h"

namespace mingjian {
namespace {

// How often one may come too late with what is due; the row is claimed again later.
constexpr int kMostCollisions = 10;

tl::unexpected<Rejection> reject(Rejection rejection) {
  return tl::unexpected<Rejection>(std::move(rejection));
}

// Whose roles the decision depends on beside the actor's.
const PersonId* person_named(const Command& command) {
  if (const auto* assign = std::get_if<AssignMember>(&command)) return &assign->person;
  if (const auto* handing = std::get_if<HandOverTask>(&command)) return &handing->to;
  return nullptr;
}

tl::unexpected<Error> no_such_case() {
  return fail(ErrorKind::kNotFound, {"没有这个案件", "there is no such case"});
}

// The calendar year in China, where the year of a case number turns.
int year_in_china(Instant now) {
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(now.microseconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time + std::chrono::hours(8));
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

}  // namespace

Result<CaseState> CaseService::read_state(const CaseId& id) {
  auto head = store_.head(id);
  if (!head) return tl::unexpected<Error>(head.error());
  if (!*head) return no_such_case();
  return case_state_from_text((*head)->state);
}

Result<std::shared_ptr<const Definition>> CaseService::definition_of(const CaseState& state) {
  auto definition = catalogue_.find(state.definition.id, state.definition.version);
  if (!definition) return tl::unexpected<Error>(definition.error());
  if (*definition && (*definition)->digest() == state.definition.digest) return *definition;
  return fail(ErrorKind::kCorrupt, {"案件所依据的流程定义不在或者已被改动：" + state.definition.id,
                                    "the definition that the case runs on is missing or changed: " +
                                        state.definition.id});
}

Result<CaseService::Kept> CaseService::keep(const CaseId& id) {
  auto state = read_state(id);
  if (!state) return tl::unexpected<Error>(state.error());
  auto definition = definition_of(*state);
  if (!definition) return tl::unexpected<Error>(definition.error());
  return Kept{std::move(*state), std::move(*definition)};
}

Result<CaseService::Loaded> CaseService::load(const ActingPerson& reader, const CaseId& id) {
  auto state = read_state(id);
  if (!state) return tl::unexpected<Error>(state.error());
  const CaseRelation relation = relation_of(*state);
  // Who may not read a case is told what he would be told if it were not there.
  if (!may_read(reader.actor, relation)) return no_such_case();
  auto definition = definition_of(*state);
  if (!definition) return tl::unexpected<Error>(definition.error());
  return Loaded{std::move(*state), std::move(*definition), roles_on(reader.actor, relation)};
}

// A command that was carried out before finds the case changed by it, or meets its own answer when
// it is committed: only what is refused has to be looked up. A filing is looked up first, since it
// takes a number before it is committed.
tl::expected<Answer, Rejection> CaseService::execute(const Order& order) {
  if (std::holds_alternative<FileCase>(order.command)) {
    auto first = repeated(order);
    return first ? std::move(*first) : file(order);
  }
  auto answer = act(order);
  if (answer) return answer;
  auto first = repeated(order);
  // Where the store cannot tell now, what was met before is still true.
  const bool told = first && (*first || !std::holds_alternative<Error>(first->error()));
  return told ? std::move(*first) : answer;
}

std::optional<tl::expected<Answer, Rejection>> CaseService::repeated(const Order& order) {
  auto first = store_.find_answer(order.actor.id(), order.idempotency_key);
  if (!first) return reject(first.error());
  if (*first) return first_answer(**first, order.fingerprint);
  return std::nullopt;
}

tl::expected<Answer, Rejection> CaseService::file(const Order& order) {
  const auto& command = std::get<FileCase>(order.command);
  const Actor& actor = order.actor.actor;
  const Instant now = clock_.now();
  auto found = catalogue_.in_force(command.definition, now);
  if (!found) return reject(found.error());
  const std::shared_ptr<const Definition> definition = *found;
  if (!definition) {
    return reject(std::vector{Obstacle{ObstacleKind::kForm,
                                       {"没有现行有效的流程：" + command.definition,
                                        "no definition in force: " + command.definition},
                                       {},
                                       "/definition"}});
  }
  // Before a number is taken, so that a refused filing leaves no gap.
  auto obstacles = filing_obstacles(*definition, actor, command.data);
  if (!obstacles.empty()) return reject(std::move(obstacles));

  const std::string year = std::to_string(year_in_china(now));
  auto number = store_.next_number(definition->id() + " " + year);
  if (!number) return reject(number.error());
  const std::string name =
      definition->number_prefix() + "〔" + year + "〕" + std::to_string(*number) + "号";
  const OrganisationId organ = filing_organ(actor, definition->filing().by);
  auto events = decide_filing({*definition, actor, organ, name}, command, now);
  if (!events) return reject(std::move(events.error()));
  CaseState empty;
  empty.id = CaseId(ids_.uuid(now));
  return commit({order.actor.id(), order.idempotency_key, order.fingerprint, {}, now}, empty,
                *events);
}

tl::expected<Answer, Rejection> CaseService::act(const Order& order) {
  auto loaded = load(order.actor, order.case_id);
  if (!loaded) return reject(loaded.error());
  if (loaded->state.version != order.expected) return reject(Stale{loaded->state.version});
  const Instant now = clock_.now();
  if (const auto due_at = next_due(loaded->state); due_at && *due_at <= now) {
    const auto fallen = fall_due(order.case_id);
    if (fallen && fallen->events > 0) return reject(Stale{fallen->version});
    // What is due and cannot happen keeps nobody from acting.
  }
  auto events = decided(order, *loaded, now);
  if (!events) return reject(std::move(events.error()));
  return commit({order.actor.id(), order.idempotency_key, order.fingerprint, {}, now},
                loaded->state, *events);
}

tl::expected<FallenDue, Rejection> CaseService::fall_due(const CaseId& id) {
  FallenDue fallen;
  for (int collisions = 0; fallen.events < chart::kTimerLimit;) {
    auto kept = keep(id);
    if (!kept) return reject(kept.error());
    const CaseState& state = kept->state;
    fallen.version = state.version;
    const auto situation = situation_of(*kept->definition, state, kSystem, {});
    if (!situation) return reject(situation.error());
    const Instant now = clock_.now();
    const auto events = decide_due(*situation, now);
    if (!events) return reject(events.error());
    if (events->empty()) return fallen;
    // Names what is done: the same for all who try at this version.
    const std::string key = id.value() + "/" + std::to_string(state.version);
    const auto answer = commit({kSystem, key, key, {}, now}, state, *events);
    if (answer && !answer->repeated) {
      fallen.events += events->size();
      continue;
    }
    // Somebody was faster: what is still due is decided anew.
    const bool overtaken = answer || std::holds_alternative<Stale>(answer.error());
    if (!overtaken) return reject(answer.error());
    if (++collisions == kMostCollisions) return fallen;
  }
  return fallen;
}

Result<bool> CaseService::mend_timer(const CaseId& id) {
  auto state = read_state(id);
  if (!state) return tl::unexpected<Error>(state.error());
  const auto due_at = next_due(*state);
  auto kept = store_.timer(id);
  if (!kept) return tl::unexpected<Error>(kept.error());
  if (*kept == due_at) return false;
  auto mended = store_.mend_timer(id, state->version, {due_at});
  if (!mended) return tl::unexpected<Error>(mended.error());
  return true;
}

tl::expected<std::vector<Event>, Rejection> CaseService::decided(const Order& order,
                                                                 const Loaded& loaded,
                                                                 Instant now) {
  std::shared_ptr<const Definition> target;
  DecisionInput input{
      .now = now, .fresh_id = [&] { return ids_.uuid(now); }, .codes = &catalogue_.known().codes};
  std::optional<ActingPerson> assignee;
  if (const PersonId* const named = person_named(order.command)) {
    auto found = people_.find(*named);
    if (!found) return reject(found.error());
    assignee = std::move(*found);
    if (assignee) input.assignee = &assignee->actor;
  }
  if (const auto* link = std::get_if<LinkCase>(&order.command)) {
    input.other_case_known = load(order.actor, link->other).has_value();
  }
  if (const auto* migrate = std::get_if<MigrateCase>(&order.command)) {
    auto found = catalogue_.find(loaded.state.definition.id, migrate->version);
    if (!found) return reject(found.error());
    target = std::move(*found);
    input.target = target.get();
  }
  auto situation = situation_of(*loaded.definition, loaded.state, order.actor.id(), loaded.roles);
  if (!situation) return reject(situation.error());
  auto events = decide(*situation, order.command, input);
  if (!events) return reject(std::move(events.error()));
  return std::move(*events);
}

tl::expected<std::vector<Event>, Rejection> CaseService::rehearse(const Order& order) {
  auto loaded = load(order.actor, order.case_id);
  if (!loaded) return reject(loaded.error());
  return decided(order, *loaded, clock_.now());
}

tl::expected<Answer, Rejection> CaseService::commit(IdempotencyRecord record,
                                                    const CaseState& before,
                                                    const std::vector<Event>& events) {
  CaseState after = before;
  for (const Event& event : events) evolve(after, event);
  record.answer = answer_json(after, events);
  Commit changes{.expected = before.version,
                 .head = head_record(after),
                 .events = event_records(after.id, events),
                 .tasks = changed_tasks(before, after, events),
                 .members = std::nullopt,
                 .idempotency = std::move(record)};
  if (after.members != before.members) changes.members = after.members;
  const auto due_at = next_due(after);
  if (due_at != next_due(before)) changes.timer = TimerChange{due_at};
  const std::string fingerprint = changes.idempotency.fingerprint;
  Answer answer{after.id, after.version, changes.idempotency.answer};
  auto outcome = store_.commit(std::move(changes));
  if (!outcome) return reject(outcome.error());
  if (const auto* stale = std::get_if<Stale>(&*outcome)) return reject(*stale);
  if (const auto* repeated = std::get_if<Repeated>(&*outcome))
    return first_answer(repeated->first, fingerprint);
  return answer;
}

Result<CaseView> CaseService::view(const ActingPerson& reader, const CaseId& id) {
  auto loaded = load(reader, id);
  if (!loaded) return tl::unexpected<Error>(loaded.error());
  return CaseView{std::move(loaded->state), loaded->definition, std::move(loaded->roles)};
}

Result<std::vector<Option>> CaseService::options(const ActingPerson& reader, const CaseId& id) {
  auto loaded = load(reader, id);
  if (!loaded) return tl::unexpected<Error>(loaded.error());
  auto situation = situation_of(*loaded->definition, loaded->state, reader.id(), loaded->roles);
  if (!situation) return tl::unexpected<Error>(situation.error());
  return mingjian::options(*situation, clock_.now());
}

Result<std::vector<EventRecord>> CaseService::history(const ActingPerson& reader, const CaseId& id,
                                                      Version after, std::size_t limit) {
  auto loaded = load(reader, id);
  if (!loaded) return tl::unexpected<Error>(loaded.error());
  return store_.events(id, after, limit);
}

Result<std::vector<CaseHead>> CaseService::cases(const ActingPerson& reader, CaseQuery query) {
  query.scope = read_scope(reader.actor);
  return store_.cases(query);
}

Result<std::vector<TaskListing>> CaseService::tasks(const ActingPerson& reader, TaskQuery query) {
  const TaskQuery own = inbox(reader);
  query.person = own.person;
  query.posts = own.posts;
  return store_.tasks(query);
}

TaskQuery CaseService::inbox(const ActingPerson& reader) {
  TaskQuery query;
  query.person = reader.id();
  query.posts = task_scopes(reader.actor);
  return query;
}

Result<std::size_t> CaseService::count_inbox(const ActingPerson& reader) {
  return store_.count_tasks(inbox(reader));
}

Result<TaskRow> CaseService::task(const ActingPerson& reader, const TaskId& id) {
  auto found = store_.task(id);
  if (!found) return tl::unexpected<Error>(found.error());
  const bool readable = *found && load(reader, (*found)->case_id).has_value();
  if (!readable) return fail(ErrorKind::kNotFound, {"没有这个待办", "there is no such task"});
  return std::move(**found);
}

Result<Replay> CaseService::replay(const ActingPerson& reader, const CaseId& id,
                                   std::int64_t version, const StateMapping& names) {
  auto loaded = load(reader, id);
  if (!loaded) return tl::unexpected<Error>(loaded.error());
  const auto to = catalogue_.find(loaded->state.definition.id, version);
  if (!to) return tl::unexpected<Error>(to.error());
  if (*to == nullptr) {
    return fail(ErrorKind::kNotFound, {"流程没有这个版本", "the definition has no such version"});
  }
  return replay_case(store_, id, {*loaded->definition, **to, names}, clock_.now());
}

Result<void> CaseService::verify(const CaseId& id) {
  for (;;) {
    const auto head = store_.head(id);
    if (!head) return tl::unexpected<Error>(head.error());
    if (!*head) return no_such_case();
    auto verified = verify_fold(store_, **head);
    if (verified) verified = verify_timer(store_, **head);
    if (verified) return verified;
    // Work may have gone on meanwhile.
    const auto again = store_.head(id);
    if (!again) return tl::unexpected<Error>(again.error());
    if (*again && (*again)->version == (*head)->version) return verified;
  }
}

}  // namespace mingjian
