#include "engine/service/catalogue.h"

#include <utility>

namespace mingjian {

Result<void> Catalogue::add(Definition definition) {
  auto& versions = definitions_[definition.id()];
  const auto found = versions.find(definition.version());
  if (found == versions.end()) {
    const std::int64_t version = definition.version();
    versions.emplace(version, std::move(definition));
    return {};
  }
  if (found->second.digest() == definition.digest()) return {};
  const std::string name = definition.id() + " " + std::to_string(definition.version());
  return fail(ErrorKind::kInvalidInput,
              {"定义 " + name + " 已有内容不同的同一版本",
               "definition " + name + " is there already with other content"});
}

const Definition* Catalogue::newest(const std::string& id) const {
  const auto found = definitions_.find(id);
  return found == definitions_.end() || found->second.empty() ? nullptr
                                                              : &found->second.rbegin()->second;
}

const Definition* Catalogue::find(const std::string& id, std::int64_t version) const {
  const auto found = definitions_.find(id);
  if (found == definitions_.end()) return nullptr;
  const auto entry = found->second.find(version);
  return entry == found->second.end() ? nullptr : &entry->second;
}

std::vector<const Definition*> Catalogue::all() const {
  std::vector<const Definition*> newest_of_each;
  for (const auto& [id, versions] : definitions_)
    newest_of_each.push_back(&versions.rbegin()->second);
  return newest_of_each;
}

}  // namespace mingjian
