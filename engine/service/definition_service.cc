#include "engine/service/definition_service.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/access/permission.h"
#include "engine/base/digest.h"
#include "engine/service/definition_obstacles.h"

namespace mingjian {
namespace {

tl::unexpected<DefinitionRejection> reject(Rejection rejection) {
  return tl::unexpected<DefinitionRejection>(std::move(rejection));
}

tl::unexpected<DefinitionRejection> reject_invalid(std::string source,
                                                   std::vector<lint::Finding> findings) {
  return tl::unexpected<DefinitionRejection>(
      InvalidDefinition{{/*file=*/{}, std::move(source), std::move(findings)}});
}

tl::unexpected<Error> no_such_version() {
  return fail(ErrorKind::kNotFound,
              {"没有这个流程定义或版本", "there is no such version of a definition"});
}

std::vector<Obstacle> for_administrators_only() {
  return {{ObstacleKind::kRole,
           {"流程定义只由系统管理员上传和确认",
            "definitions are uploaded and confirmed by system administrators only"}}};
}

std::vector<Obstacle> for_reviewers_only() {
  return {{ObstacleKind::kRole,
           {"只有系统管理员和审计人员可以查阅",
            "this is for system administrators and auditors only"}}};
}

std::vector<Obstacle> never_changes(std::int64_t version) {
  const std::string number = std::to_string(version);
  return {{ObstacleKind::kState,
           {"第 " + number + " 版已经存在，不再改变；请用更大的版本号",
            "version " + number + " is there already and never changes; use a greater one"}}};
}

tl::unexpected<Error> altered(const DefinitionVersion& version) {
  const std::string name = version.id + " " + std::to_string(version.version);
  return fail(ErrorKind::kCorrupt, {"存储中流程定义 " + name + " 的内容在上传后被改动过",
                                    "the stored bytes of definition " + name +
                                        " were altered after they were uploaded"});
}

std::string answer_json(const DefinitionListing& listing, const std::string& source,
                        std::vector<lint::Finding> findings) {
  Json json = listing_json(listing);
  json["findings"] = lint::findings_json({/*file=*/{}, source, std::move(findings)});
  return json.dump();
}

tl::expected<DefinitionAnswer, DefinitionRejection> first_answer(const IdempotencyRecord& record,
                                                                 const std::string& fingerprint) {
  if (record.fingerprint != fingerprint) return reject(KeyReused{});
  return DefinitionAnswer{record.answer, true};
}

// The answer to something written just now, or when its key was used first.
tl::expected<DefinitionAnswer, DefinitionRejection> answer_to(
    const Result<DefinitionStore::Outcome>& outcome, const IdempotencyRecord& answer) {
  if (!outcome) return reject(outcome.error());
  const auto* repeated = std::get_if<Repeated>(&*outcome);
  if (repeated != nullptr) return first_answer(repeated->first, answer.fingerprint);
  return DefinitionAnswer{answer.answer};
}

}  // namespace

DefinitionService::Answered DefinitionService::execute(const DefinitionOrder& order) {
  auto first = store_.find_answer(order.actor.id(), order.idempotency_key);
  if (!first) return reject(first.error());
  if (*first) return first_answer(**first, order.fingerprint);
  if (!may_change_definitions(order.actor.actor)) return reject(for_administrators_only());
  const auto* const proposal = std::get_if<ProposeDefinition>(&order.command);
  return proposal != nullptr ? propose(order, *proposal)
                             : decide(order, std::get<DecideDefinition>(order.command));
}

lint::Checked DefinitionService::check(const std::string& source) const {
  return lint::check(source, catalogue_.schema(), catalogue_.known());
}

DefinitionService::Answered DefinitionService::propose(const DefinitionOrder& order,
                                                       const ProposeDefinition& command) {
  auto [loaded, findings] = check(command.source);
  if (!loaded) return reject_invalid(command.source, std::move(findings));
  const Definition& definition = *loaded;
  const DefinitionVersion version{definition.id(), definition.version(), command.asked,
                                  command.source};
  auto present = store_.version(version.id, version.version);
  if (!present) return reject(present.error());
  if (*present && (*present)->version == version)
    return DefinitionAnswer{answer_json(listing_of(**present), command.source, findings), true};
  auto known = catalogue_.find(version.id, version.version);
  if (!known) return reject(known.error());
  if (*present || *known) return reject(never_changes(version.version));

  const Instant now = clock_.now();
  auto obstacles = obstacles_to(command, definition, now);
  if (!obstacles) return reject(obstacles.error());
  if (!obstacles->empty()) return reject(std::move(*obstacles));
  const DefinitionEvent proposed{.definition = version.id,
                                 .version = version.version,
                                 .act = DefinitionAct::kProposed,
                                 .actor = order.actor.id(),
                                 .at = now,
                                 .digest = definition.digest(),
                                 .opinion = {}};
  const auto listing = listing_of(DefinitionRecord{version, proposed, std::nullopt});
  const IdempotencyRecord answer{order.actor.id(), order.idempotency_key, order.fingerprint,
                                 answer_json(listing, command.source, findings), now};
  return answer_to(store_.propose(version, proposed, answer), answer);
}

Result<std::vector<Obstacle>> DefinitionService::obstacles_to(const ProposeDefinition& command,
                                                              const Definition& definition,
                                                              Instant now) {
  auto in_catalogue = catalogue_.versions(definition.id());
  if (!in_catalogue) return tl::unexpected<Error>(in_catalogue.error());
  auto in_store = store_.versions();
  if (!in_store) return tl::unexpected<Error>(in_store.error());
  auto in_force = catalogue_.all_in_force(now);
  if (!in_force) return tl::unexpected<Error>(in_force.error());

  std::optional<std::int64_t> newest;
  for (const CatalogueEntry& entry : *in_catalogue) newest = entry.definition->version();
  for (const DefinitionRecord& record : *in_store) {
    if (record.version.id == definition.id())
      newest = std::max(newest.value_or(record.version.version), record.version.version);
  }
  auto obstacles = proposal_obstacles(definition, command.asked, newest, now);
  for (const CatalogueEntry& other : *in_force) {
    if (other.definition->id() == definition.id() ||
        other.definition->number_prefix() != definition.number_prefix())
      continue;
    obstacles.push_back({ObstacleKind::kForm,
                         {"案号前缀已由流程 " + other.definition->id() + " 使用",
                          "cases of " + other.definition->id() + " are numbered so already"},
                         {},
                         "/number"});
  }
  return obstacles;
}

DefinitionService::Answered DefinitionService::decide(const DefinitionOrder& order,
                                                      const DecideDefinition& command) {
  auto found = store_.version(command.id, command.version);
  if (!found) return reject(found.error());
  if (!*found) return reject(no_such_version().value());
  DefinitionRecord& record = **found;
  const std::string digest = sha256_hex(record.version.source);
  if (digest != record.proposed.digest) return reject(altered(record.version).value());

  const Instant now = clock_.now();
  auto obstacles = decision_obstacles(record, command.act, order.actor.id(), command.opinion, now);
  auto shipped = catalogue_.find(command.id, command.version);
  if (!shipped) return reject(shipped.error());
  if (*shipped && (*shipped)->digest() != digest && obstacles.empty())
    obstacles = never_changes(command.version);
  if (!obstacles.empty()) return reject(std::move(obstacles));
  std::vector<lint::Finding> findings;
  if (command.act == DefinitionAct::kConfirmed) {
    // Rules and codes may have changed since it was proposed.
    auto checked = check(record.version.source);
    findings = std::move(checked.findings);
    if (!checked.definition) return reject_invalid(record.version.source, std::move(findings));
  }
  record.decided = {.definition = command.id,
                    .version = command.version,
                    .act = command.act,
                    .actor = order.actor.id(),
                    .at = now,
                    .digest = digest,
                    .opinion = command.opinion};
  const IdempotencyRecord answer{
      order.actor.id(), order.idempotency_key, order.fingerprint,
      answer_json(listing_of(record), record.version.source, std::move(findings)), now};
  auto answered = answer_to(store_.decide(*record.decided, answer), answer);
  // So that it is in force here at once. Where this fails, the next filing says so.
  if (answered) static_cast<void>(catalogue_.refresh());
  return answered;
}

Result<std::vector<DefinitionListing>> DefinitionService::versions(const ActingPerson& reader,
                                                                   const std::string& id) {
  auto entries = catalogue_.versions(id);
  if (!entries) return tl::unexpected<Error>(entries.error());
  std::vector<DefinitionListing> listings;
  for (const CatalogueEntry& entry : *entries) listings.push_back(listing_of(entry));
  if (may_review_definitions(reader.actor)) {
    auto records = store_.versions();
    if (!records) return tl::unexpected<Error>(records.error());
    for (const DefinitionRecord& record : *records) {
      if (record.version.id == id && !is_confirmed(record)) listings.push_back(listing_of(record));
    }
    std::sort(listings.begin(), listings.end(),
              [](const auto& one, const auto& other) { return one.version < other.version; });
  }
  if (listings.empty()) return no_such_version();
  return listings;
}

Result<std::string> DefinitionService::source(const ActingPerson& reader, const std::string& id,
                                              std::int64_t version) {
  auto definition = catalogue_.find(id, version);
  if (!definition) return tl::unexpected<Error>(definition.error());
  if (*definition) return (*definition)->source();
  if (!may_review_definitions(reader.actor)) return no_such_version();
  auto record = store_.version(id, version);
  if (!record) return tl::unexpected<Error>(record.error());
  if (!*record) return no_such_version();
  return std::move((*record)->version.source);
}

tl::expected<lint::Report, Rejection> DefinitionService::findings(const ActingPerson& reader,
                                                                  const std::string& id,
                                                                  std::int64_t version) {
  if (!may_review_definitions(reader.actor)) return tl::unexpected<Rejection>(for_reviewers_only());
  auto bytes = source(reader, id, version);
  if (!bytes) return tl::unexpected<Rejection>(bytes.error());
  auto found = check(*bytes).findings;
  return lint::Report{/*file=*/{}, std::move(*bytes), std::move(found)};
}

tl::expected<std::vector<DefinitionListing>, Rejection> DefinitionService::proposals(
    const ActingPerson& reader) {
  if (!may_review_definitions(reader.actor)) return tl::unexpected<Rejection>(for_reviewers_only());
  auto records = store_.versions();
  if (!records) return tl::unexpected<Rejection>(records.error());
  std::vector<DefinitionListing> open;
  for (const DefinitionRecord& record : *records) {
    if (!record.decided) open.push_back(listing_of(record));
  }
  return open;
}

tl::expected<std::vector<DefinitionEvent>, Rejection> DefinitionService::history(
    const ActingPerson& reader, const std::string& id) {
  if (!may_review_definitions(reader.actor)) return tl::unexpected<Rejection>(for_reviewers_only());
  auto events = store_.history(id);
  if (!events) return tl::unexpected<Rejection>(events.error());
  return std::move(*events);
}

}  // namespace mingjian
