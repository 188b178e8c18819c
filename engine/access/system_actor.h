#pragma once

#include "engine/base/ids.h"
#include "engine/base/text.h"

namespace mingjian {

// 系统: who acts where nobody does, because something fell due. It is no person: it holds no post
// and has no account, and ids of people never begin with "@" (is_person_id).
inline const PersonId kSystem{"@system"};
inline const Text kSystemName{"系统", "the system"};

// Whether an office may call a person so.
[[nodiscard]] inline bool is_person_id(const std::string& id) {
  return !id.empty() && id.front() != '@';
}

}  // namespace mingjian
