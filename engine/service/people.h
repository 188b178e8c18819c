#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/access/permission.h"
#include "engine/ports/clock.h"
#include "engine/ports/directory.h"

namespace mingjian {

// A person as he acts now, with the tree that his posts are in.
struct ActingPerson {
  Person person;
  std::shared_ptr<const OrganisationTree> tree;
  Actor actor;

  [[nodiscard]] const PersonId& id() const { return person.id; }
};

// Reads who somebody is from the directory. Posts are read anew each time, so that a change takes
// effect at once; the tree of organisations is kept for a second. Thread-safe.
class People {
 public:
  People(Directory& directory, Clock& clock) : directory_(directory), clock_(clock) {}

  // Whose session it is, by the digest of its token. Nothing where there is no such session, it has
  // ended, or the account is not active.
  [[nodiscard]] Result<std::optional<ActingPerson>> signed_in(const std::string& token_digest);
  // Nothing where there is no such person or the account is not active.
  [[nodiscard]] Result<std::optional<ActingPerson>> find(const PersonId& id);
  // The same where somebody is needed. Errors: kUnauthenticated.
  [[nodiscard]] Result<ActingPerson> acting(const PersonId& id);
  [[nodiscard]] Result<std::shared_ptr<const OrganisationTree>> tree();

 private:
  [[nodiscard]] Result<std::optional<ActingPerson>> as_acting(Person person);

  Directory& directory_;
  Clock& clock_;
  std::mutex mutex_;
  std::shared_ptr<const OrganisationTree> tree_;
  Instant read_at_;
};

}  // namespace mingjian
