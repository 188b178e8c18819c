#pragma once

#include <filesystem>
#include <string>

#include "engine/access/permission.h"
#include "engine/case/decide.h"

// Stories of cases: given what was done before, when somebody does something, then that happens, or
// that stands in the way. A file of stories is a table that needs no C++ to be read:
//
//   {"definition": path from the root of the project,
//    "cast": {person: [roles, all held at the commission]},
//    "acts": {name: act, to be used by its name},
//    "common": path of a file with some of these, if they are shared,
//    "stories": [{"story", "given": [acts, each must succeed], "when": act, "then": expected}]}
//
// An act is {"who": person, VERB}, VERB being one of
//   "files": data of the filing form, or "a sample"; with "but": fields that replace the sample's
//   "takes": event, with "with": data of its form (left out: a sample where there is a form)
//   "approves" | "refuses" | "returns": opinion, of the newest request, or of the one with "of":
//   the
//                     event asked for; "for": the role whose task it is (left out: the first that
//                     is open); "to": the earlier step to which it is returned
//   "hands over": person, "because": reason; "of" and "for" as above
//   "withdraws" | "takes back": reason, "urges": text; "of" as above
//   "assigns": person, "as": duty
//   "attaches": kind of material (and "title", "sha256", "bytes")
//   "amends": {field: value}, "because": reason
//   "notes": text
//   "links": id of the other case, "as": code; the cases that begin with "known" can be read
//
// What is expected, each part optional but one of the first two:
//   "events":    the events, in order, each its type or an object of members to compare
//   "obstacles": all of them, in order, each {"kind", "rules" ([]), "pointer" (""), "says": a part}
//   "case":      members of the stored head afterwards
//   "tasks":     the open tasks afterwards, members to compare
//   "ended":     the tasks that the act closed, members to compare
namespace mingjian::testing {

class StoryBook {
 public:
  explicit StoryBook(const std::filesystem::path& file);

  [[nodiscard]] const Json& stories() const { return book_.at("stories"); }

  // What went otherwise than told; empty: nothing.
  [[nodiscard]] std::string play(const Json& story) const;

 private:
  struct Play {
    CaseState state;
    std::int64_t acts = 0;  // so far; the clock goes on by a second with each
  };
  [[nodiscard]] const Json& act_of(const Json& named_or_act) const;
  [[nodiscard]] Decided decide_act(const Play& play, const Json& act) const;
  [[nodiscard]] Decided decide_filing_act(const Json& act, const Actor& actor, Instant now) const;
  [[nodiscard]] Command command_of(const Json& act, const Situation& situation, Instant now) const;
  [[nodiscard]] Json data_for(const Json& act, const Situation& situation, Instant now) const;
  [[nodiscard]] Person person(const std::string& id) const;

  Json book_;
  Definition definition_;
  OrganisationTree tree_;
};

}  // namespace mingjian::testing
