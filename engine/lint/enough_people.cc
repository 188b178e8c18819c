#include "engine/lint/enough_people.h"

#include <algorithm>
#include <optional>

namespace mingjian::lint {
namespace {

// Gives each part to another person, by augmenting paths (a bipartite matching).
class Casting {
 public:
  Casting(const std::vector<std::vector<Role>>& parts, const Staff& staff)
      : parts_(parts), staff_(staff), played_(staff.size()) {}

  bool succeeds() {
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      std::vector<bool> asked(staff_.size(), false);
      if (!cast(part, asked)) return false;
    }
    return true;
  }

 private:
  bool cast(std::size_t part, std::vector<bool>& asked) {
    for (std::size_t person = 0; person < staff_.size(); ++person) {
      if (asked[person] || !can_play(person, part)) continue;
      asked[person] = true;
      if (played_[person] && !cast(*played_[person], asked)) continue;
      played_[person] = part;
      return true;
    }
    return false;
  }

  bool can_play(std::size_t person, std::size_t part) const {
    return std::any_of(parts_[part].begin(), parts_[part].end(),
                       [&](const Role& role) { return staff_[person].contains(role); });
  }

  const std::vector<std::vector<Role>>& parts_;
  const Staff& staff_;
  std::vector<std::optional<std::size_t>> played_;
};

}  // namespace

bool enough_people(const TransitionNotes& notes, const Staff& staff) {
  auto parts = signatures_of(notes.approval);
  if (!notes.by.empty()) parts.push_back(notes.by);
  return Casting(parts, staff).succeeds();
}

}  // namespace mingjian::lint
