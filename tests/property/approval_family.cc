#include "tests/property/approval_family.h"

#include <algorithm>

#include "engine/access/role.h"

namespace mingjian::testing {
namespace {

const OrganisationId kOrgan("organ");

Person person(std::size_t number, const std::vector<Role>& roles) {
  Person made{PersonId("p" + std::to_string(number)), {}, {}, true};
  for (const Role& role : roles) made.posts.push_back({kOrgan, role, {}, std::nullopt});
  return made;
}

}  // namespace

const std::vector<Role>& signing_roles() {
  static const std::vector<Role> kRoles = {role::kDepartmentHead, role::kDeputyInCharge,
                                           role::kMainHead, role::kCommitteeMember,
                                           role::kPartyCommittee};
  return kRoles;
}

Definition random_approval(std::mt19937& random) {
  const auto pick = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  OrderedJson steps = OrderedJson::array();
  for (std::size_t left = 1 + pick(4); left > 0; --left) {
    std::vector<Role> roles = signing_roles();
    std::shuffle(roles.begin(), roles.end(), random);
    roles.resize(1 + pick(4));
    OrderedJson step = {{"title", {{"zh", "审批"}, {"en", "approval"}}}};
    for (const Role& role : roles) step["by"].push_back(role.value());
    if (pick(3) != 0) step["signing"] = name_of(pick(2) == 0 ? Signing::kAll : Signing::kAny);
    steps.push_back(std::move(step));
  }
  OrderedJson json = OrderedJson::parse(R"json({
    "id": "paper", "version": 1, "title": {"zh": "请示", "en": "paper"}, "number": "请示",
    "data": {"type": "object"},
    "filing": {"title": {"zh": "登记", "en": "filing"}, "by": ["inspector"],
      "form": {"type": "object", "additionalProperties": false, "properties": {}}},
    "initial": "before",
    "states": {
      "before": {"title": {"zh": "准备", "en": "before"}, "stage": "intake",
        "no_time_limit": {"zh": "示例", "en": "an example"},
        "on": {"begin": {"title": {"zh": "开始", "en": "begin"}, "target": "desk", "by": ["inspector"]}}},
      "desk": {"title": {"zh": "请示", "en": "desk"}, "stage": "screening",
        "no_time_limit": {"zh": "示例", "en": "an example"},
        "on": {"ask": {"title": {"zh": "请示", "en": "ask"}, "target": "end", "by": ["inspector"]}}},
      "end": {"type": "final"}}})json");
  for (const Role& role : signing_roles())
    at(json, "/states/before/on/begin/by").push_back(role.value());
  OrderedJson& ask = at(json, "/states/desk/on/ask");
  ask["approval"]["steps"] = std::move(steps);
  if (pick(2) == 0) ask["approval"]["resumes"] = name_of(Resumption::kWhereReturned);
  if (pick(2) == 0) ask["not_same_as"] = {"paper.before"};
  return load(json);
}

std::vector<Person> approval_office() {
  // One role can be asked for once in each of four steps; one holder may be kept apart.
  constexpr int kHoldersOfEach = 5;
  std::vector<Person> people;
  for (int i = 0; i < 3; ++i) people.push_back(person(people.size(), {role::kInspector}));
  for (const Role& role : signing_roles()) {
    people.push_back(person(people.size(), {role::kInspector, role}));
    people.push_back(person(people.size(), {role, signing_roles().front()}));
    people.push_back(person(people.size(), {role, signing_roles().back()}));
    for (int i = 0; i < kHoldersOfEach; ++i) people.push_back(person(people.size(), {role}));
  }
  people.push_back(person(people.size(), {role::kAuditor}));
  return people;
}

}  // namespace mingjian::testing
