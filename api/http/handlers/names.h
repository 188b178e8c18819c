#pragma once

#include <map>
#include <optional>

#include "engine/access/system_actor.h"
#include "engine/ports/directory.h"

namespace mingjian::http {

// The names of people that one answer shows, each looked up once. For one thread.
class Names {
 public:
  // `directory` must outlive it.
  explicit Names(Directory& directory) : directory_(directory) {}

  // nullptr where the directory has no such person, or cannot say: an answer is better without a
  // name than not given.
  [[nodiscard]] const Text* find(const PersonId& id) {
    if (id == kSystem) return &kSystemName;
    const auto [entry, is_new] = known_.try_emplace(id);
    if (is_new) {
      auto person = directory_.person(id);
      if (person && *person) entry->second = (*person)->name;
    }
    return entry->second ? &*entry->second : nullptr;
  }

 private:
  Directory& directory_;
  std::map<PersonId, std::optional<Text>> known_;
};

}  // namespace mingjian::http
