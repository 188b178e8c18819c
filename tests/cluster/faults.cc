#include "tests/cluster/faults.h"

#include <algorithm>
#include <array>
#include <random>

namespace mingjian::testing {
namespace {

constexpr std::size_t kOfEach = 3;  // nodes, servers

struct Kind {
  Fault fault;
  const char* name;
  int least;  // milliseconds
  int most;
};

// A frozen node is suspected after 5 s: some freezes pass unseen, some do not.
constexpr std::array kKinds = {
    Kind{Fault::kKillNode, "a node is killed", 500, 5'000},
    Kind{Fault::kFreezeNode, "a node is frozen", 2'000, 12'000},
    Kind{Fault::kKillServer, "a server is killed", 0, 2'000},
    Kind{Fault::kFreezeServer, "a server is frozen", 1'000, 8'000},
    Kind{Fault::kKillNodeAndServer, "a node and a server are killed", 500, 5'000},
    Kind{Fault::kLoseQuorum, "two nodes are killed", 500, 8'000},
    Kind{Fault::kKillAllNodes, "all nodes are killed", 0, 3'000},
};

// std::shuffle and the distributions of the standard library may differ from one to the next.
std::uint32_t below(std::mt19937& random, std::uint32_t end) {
  return static_cast<std::uint32_t>(random() % end);
}

}  // namespace

std::string name_of(Fault fault) {
  const auto kind =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.fault == fault; });
  return kind->name;
}

std::vector<Incident> make_schedule(std::uint32_t seed, std::size_t incidents) {
  std::mt19937 random(seed);
  std::vector<Incident> schedule;
  std::array<Kind, kKinds.size()> order = kKinds;
  while (schedule.size() < incidents) {
    const std::size_t turn = schedule.size() % order.size();
    if (turn == 0) {
      for (std::size_t i = order.size() - 1; i > 0; --i)
        std::swap(order[i], order[below(random, static_cast<std::uint32_t>(i) + 1)]);
    }
    const Kind& kind = order[turn];
    const int length =
        static_cast<int>(below(random, static_cast<std::uint32_t>(kind.most - kind.least) + 1));
    schedule.push_back(
        {kind.fault, below(random, kOfEach), below(random, kOfEach), kind.least + length});
  }
  return schedule;
}

}  // namespace mingjian::testing
