#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/bench/figures.h"

namespace mingjian::bench {

// Somebody who is signed in.
struct SignedIn {
  std::string person;
  std::string token;
};

// Signs in those of the office file who may file and screen a case. Throws std::runtime_error.
[[nodiscard]] std::vector<SignedIn> sign_in_all(const std::string& address,
                                                const std::string& office_file);

// So many clients at once, taking turns in which of the servers (of one store) is theirs, each on a
// connection that it keeps, file accountability cases and then, which is measured, take `commands`
// transitions in all: each case is accepted and distributed by whoever filed it. `round` is another
// one each time on the same store. Throws std::runtime_error where an answer is not as expected.
[[nodiscard]] Figures measure_clients(const std::vector<std::string>& addresses,
                                      const std::vector<SignedIn>& people, std::size_t clients,
                                      std::size_t commands, const std::string& round);

}  // namespace mingjian::bench
