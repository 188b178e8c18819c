#include "engine/access/permission.h"

#include <algorithm>

#include "engine/access/role.h"

namespace mingjian {
namespace {

bool on_team(const Actor& actor, const CaseRelation& relation, const Role& role) {
  if (role == role::kInspector && relation.filed_by == actor.id()) return true;
  return std::any_of(relation.members.begin(), relation.members.end(),
                     [&](const MemberRow& member) {
                       return member.person == actor.id() && member.duty == role.value();
                     });
}

// The organs on one line with an organisation: those whose cases a post there reaches.
std::vector<OrganisationId> reach(const OrganisationTree& tree,
                                  const OrganisationId& organisation) {
  std::vector<OrganisationId> organs = tree.upwards(organisation);
  for (OrganisationId& below : tree.downwards(organisation)) {
    if (below != organisation) organs.push_back(std::move(below));
  }
  return organs;
}

void add_new(std::vector<OrganisationId>& all, const std::vector<OrganisationId>& more) {
  for (const OrganisationId& id : more) {
    if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
  }
}

// Whether any post of the actor reads cases at all.
bool reads_cases(const Actor& actor) {
  return std::any_of(actor.posts().begin(), actor.posts().end(),
                     [](const Post& post) { return !role::administers(post.role); });
}

}  // namespace

Actor::Actor(const Person& person, const OrganisationTree& tree, Instant now)
    : id_(person.id), tree_(&tree) {
  for (const Post& post : person.posts) {
    if (post.from <= now && (!post.to || now < *post.to)) posts_.push_back(post);
  }
}

bool Actor::holds(const Role& role) const {
  return std::any_of(posts_.begin(), posts_.end(),
                     [&](const Post& post) { return post.role == role; });
}

std::vector<Role> roles_on(const Actor& actor, const CaseRelation& relation) {
  std::vector<Role> roles;
  for (const Post& post : actor.posts()) {
    if (role::administers(post.role)) continue;
    if (!actor.tree().on_one_line(post.organisation, relation.organ)) continue;
    if (role::needs_team(post.role) && !on_team(actor, relation, post.role)) continue;
    if (std::find(roles.begin(), roles.end(), post.role) == roles.end()) roles.push_back(post.role);
  }
  return roles;
}

bool may_read(const Actor& actor, const CaseRelation& relation) {
  if (!reads_cases(actor)) return false;
  if (relation.filed_by == actor.id()) return true;
  const bool member = std::any_of(relation.members.begin(), relation.members.end(),
                                  [&](const MemberRow& row) { return row.person == actor.id(); });
  return member || !roles_on(actor, relation).empty();
}

ReadScope read_scope(const Actor& actor) {
  ReadScope scope;
  if (!reads_cases(actor)) return scope;
  scope.person = actor.id();
  for (const Post& post : actor.posts()) {
    if (role::administers(post.role) || role::needs_team(post.role)) continue;
    add_new(scope.organs, reach(actor.tree(), post.organisation));
  }
  return scope;
}

std::vector<TaskScope> task_scopes(const Actor& actor) {
  std::vector<TaskScope> scopes;
  for (const Post& post : actor.posts()) {
    if (role::administers(post.role) || role::needs_team(post.role)) continue;
    auto found = std::find_if(scopes.begin(), scopes.end(),
                              [&](const TaskScope& scope) { return scope.role == post.role; });
    if (found == scopes.end()) found = scopes.insert(scopes.end(), TaskScope{post.role, {}});
    add_new(found->organs, reach(actor.tree(), post.organisation));
  }
  return scopes;
}

bool may_change_definitions(const Actor& actor) { return actor.holds(role::kSystemAdministrator); }

bool may_review_definitions(const Actor& actor) {
  return may_change_definitions(actor) || actor.holds(role::kAuditor) ||
         actor.holds(role::kAuditAdministrator);
}

}  // namespace mingjian
