#pragma once

#include <vector>

#include "engine/access/organisation_tree.h"
#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/ports/directory.h"
#include "engine/ports/store.h"

// Who may do and see what. Every entrance asks here; there is no second place.
namespace mingjian {

// Somebody who acts, with the posts that he holds at this moment.
class Actor {
 public:
  // Takes the posts of `person` that are held at `now`. `tree` must outlive the actor.
  Actor(const Person& person, const OrganisationTree& tree, Instant now);

  [[nodiscard]] const PersonId& id() const { return id_; }
  [[nodiscard]] const std::vector<Post>& posts() const { return posts_; }
  [[nodiscard]] const OrganisationTree& tree() const { return *tree_; }
  [[nodiscard]] bool holds(const Role& role) const;

 private:
  PersonId id_;
  std::vector<Post> posts_;
  const OrganisationTree* tree_;
};

// What access depends on in a case.
struct CaseRelation {
  OrganisationId organ;
  PersonId filed_by;
  std::vector<MemberRow> members;
};

// The roles in which the actor may act on the case, without repeats. A post counts where its
// organisation is on one line with the case's organ; as inspector or trial officer only the filer
// and the members of the team act. Empty: the case does not exist for him.
[[nodiscard]] std::vector<Role> roles_on(const Actor& actor, const CaseRelation& relation);

// Whether the actor may read the case. The filer may, while he holds any post that may read cases.
[[nodiscard]] bool may_read(const Actor& actor, const CaseRelation& relation);

// The same as a filter for lists: may_read(actor, case) if and only if the case is in this scope.
[[nodiscard]] ReadScope read_scope(const Actor& actor);

// The inbox of the actor: the open approval tasks of these roles at these organs.
[[nodiscard]] std::vector<TaskScope> task_scopes(const Actor& actor);

// Whether the actor may upload versions of definitions, and confirm those of another.
[[nodiscard]] bool may_change_definitions(const Actor& actor);

// Whether the actor may read versions that are not in force, and who did what about them.
[[nodiscard]] bool may_review_definitions(const Actor& actor);

}  // namespace mingjian
