#include "engine/service/catalogue.h"

#include <algorithm>
#include <utility>

#include "engine/base/digest.h"

namespace mingjian {
namespace {

constexpr std::int64_t kLifeMicroseconds = 1'000'000;

// "clue 2", for messages.
std::string name_of(const std::string& id, std::int64_t version) {
  return id + " " + std::to_string(version);
}

tl::unexpected<Error> not_as_signed(const std::string& name) {
  return fail(ErrorKind::kCorrupt,
              {"存储中流程定义 " + name + " 的内容与两人签批的摘要不符，可能被改动过",
               "the stored bytes of definition " + name +
                   " are not those that two persons signed: they may have been altered"});
}

tl::unexpected<Error> no_longer_valid(const std::string& name, const Error& why) {
  return fail(ErrorKind::kCorrupt,
              {"已确认的流程定义 " + name + " 无法装载：" + why.pointer + "：" + why.message.zh,
               "the confirmed definition " + name + " cannot be loaded: " + why.pointer + ": " +
                   why.message.en});
}

tl::unexpected<Error> not_as_shipped(const std::string& name) {
  return fail(ErrorKind::kCorrupt,
              {"流程定义 " + name + " 在目录中与在存储中的内容不同",
               "definition " + name + " has other bytes in the folder than in the store"});
}

// Whether two persons signed these bytes.
bool is_signed(const DefinitionRecord& record, const std::string& digest) {
  return is_confirmed(record) && record.proposed.actor != record.decided->actor &&
         record.proposed.digest == digest && record.decided->digest == digest;
}

const CatalogueEntry* newest_in_force(const std::map<std::int64_t, CatalogueEntry>& versions,
                                      Instant at) {
  const auto found = std::find_if(versions.rbegin(), versions.rend(), [&](const auto& version) {
    return version.second.in_force.covers(at);
  });
  return found == versions.rend() ? nullptr : &found->second;
}

}  // namespace

bool is_confirmed(const DefinitionRecord& record) {
  return record.decided && record.decided->act == DefinitionAct::kConfirmed;
}

Period period_in_force(const DefinitionRecord& record) {
  Period period = record.version.asked;
  period.from = std::max(period.from.value_or(record.decided->at), record.decided->at);
  return period;
}

Catalogue::Catalogue(Workflows workflows, DefinitionStore& store, Clock& clock)
    : known_(std::move(workflows.known)),
      schema_(std::move(workflows.schema)),
      store_(store),
      clock_(clock) {
  for (Definition& each : workflows.definitions) {
    auto definition = std::make_shared<const Definition>(std::move(each));
    definitions_[definition->id()][definition->version()] = {definition, {}, {}, {}};
  }
}

Result<void> Catalogue::refresh() {
  const Instant now = clock_.now();
  const auto records = store_.versions();
  if (!records) return tl::unexpected<Error>(records.error());
  for (const DefinitionRecord& record : *records) {
    const DefinitionVersion& version = record.version;
    if (!is_confirmed(record) || has_confirmed(version.id, version.version)) continue;
    auto entry = load(version.id, version.version);
    if (!entry) return tl::unexpected<Error>(entry.error());
    auto added = add_confirmed(std::move(*entry));
    if (!added) return added;
  }
  const std::lock_guard lock(mutex_);
  read_at_ = now;
  return {};
}

Result<void> Catalogue::refresh_if_old() {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    const auto age = read_at_ ? now.microseconds - read_at_->microseconds : -1;
    if (age >= 0 && age < kLifeMicroseconds) return {};
  }
  return refresh();
}

bool Catalogue::has_confirmed(const std::string& id, std::int64_t version) {
  const std::lock_guard lock(mutex_);
  const auto found = definitions_.find(id);
  if (found == definitions_.end()) return false;
  const auto entry = found->second.find(version);
  return entry != found->second.end() && entry->second.confirmed;
}

Result<CatalogueEntry> Catalogue::load(const std::string& id, std::int64_t version) {
  auto record = store_.version(id, version);
  if (!record) return tl::unexpected<Error>(record.error());
  const std::string name = name_of(id, version);
  if (!*record || !is_signed(**record, sha256_hex((*record)->version.source)))
    return not_as_signed(name);
  auto definition = load_definition(std::move((*record)->version.source), schema_, known_);
  if (!definition) return no_longer_valid(name, definition.error().front());
  if (definition->id() != id || definition->version() != version) return not_as_signed(name);
  return CatalogueEntry{std::make_shared<const Definition>(std::move(*definition)),
                        period_in_force(**record), (*record)->proposed, (*record)->decided};
}

Result<void> Catalogue::add_confirmed(CatalogueEntry entry) {
  const std::lock_guard lock(mutex_);
  const Definition& definition = *entry.definition;
  CatalogueEntry& place = definitions_[definition.id()][definition.version()];
  if (place.definition && place.definition->digest() != definition.digest())
    return not_as_shipped(name_of(definition.id(), definition.version()));
  place = std::move(entry);
  return {};
}

Result<std::shared_ptr<const Definition>> Catalogue::in_force(const std::string& id, Instant at) {
  auto refreshed = refresh_if_old();
  if (!refreshed) return tl::unexpected<Error>(refreshed.error());
  const std::lock_guard lock(mutex_);
  const auto found = definitions_.find(id);
  if (found == definitions_.end()) return nullptr;
  const CatalogueEntry* const entry = newest_in_force(found->second, at);
  return entry == nullptr ? nullptr : entry->definition;
}

Result<std::vector<CatalogueEntry>> Catalogue::all_in_force(Instant at) {
  auto refreshed = refresh_if_old();
  if (!refreshed) return tl::unexpected<Error>(refreshed.error());
  const std::lock_guard lock(mutex_);
  std::vector<CatalogueEntry> entries;
  for (const auto& [id, versions] : definitions_) {
    const CatalogueEntry* const entry = newest_in_force(versions, at);
    if (entry != nullptr) entries.push_back(*entry);
  }
  return entries;
}

std::shared_ptr<const Definition> Catalogue::look_up(const std::string& id, std::int64_t version) {
  const std::lock_guard lock(mutex_);
  const auto found = definitions_.find(id);
  if (found == definitions_.end()) return nullptr;
  const auto entry = found->second.find(version);
  return entry == found->second.end() ? nullptr : entry->second.definition;
}

Result<std::shared_ptr<const Definition>> Catalogue::find(const std::string& id,
                                                          std::int64_t version) {
  if (auto known = look_up(id, version)) return known;
  auto refreshed = refresh();
  if (!refreshed) return tl::unexpected<Error>(refreshed.error());
  return look_up(id, version);
}

Result<std::vector<CatalogueEntry>> Catalogue::versions(const std::string& id) {
  auto refreshed = refresh_if_old();
  if (!refreshed) return tl::unexpected<Error>(refreshed.error());
  const std::lock_guard lock(mutex_);
  std::vector<CatalogueEntry> entries;
  const auto found = definitions_.find(id);
  if (found == definitions_.end()) return entries;
  for (const auto& [number, entry] : found->second) entries.push_back(entry);
  return entries;
}

}  // namespace mingjian
