#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mingjian::testing {

// Something that goes wrong for a while and is then mended.
enum class Fault {
  kKillNode,    // of the database
  kFreezeNode,  // it takes connections and answers nothing
  kKillServer,  // a process of `mingjian serve`
  kFreezeServer,
  kKillNodeAndServer,
  kLoseQuorum,  // two nodes are killed: the third must not go on alone
  kKillAllNodes,
};

[[nodiscard]] std::string name_of(Fault fault);

struct Incident {
  Fault fault = Fault::kKillNode;
  std::size_t node = 0;  // that it strikes first; those after it follow
  std::size_t server = 0;
  int milliseconds = 0;  // how long it lasts

  bool operator==(const Incident&) const = default;
};

// One incident after the other. The same seed gives the same schedule. Each kind comes once before
// any comes again, each time in another order.
[[nodiscard]] std::vector<Incident> make_schedule(std::uint32_t seed, std::size_t incidents);

}  // namespace mingjian::testing
