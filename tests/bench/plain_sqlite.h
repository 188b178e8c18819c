#pragma once

#include <cstddef>
#include <string>

#include "tests/bench/figures.h"

namespace mingjian::bench {

// What plain SQLite does on this disk: one connection (WAL, synchronous=FULL) writes the rows that
// the product wrote for its transitions, with the product's own statements, one transaction a
// command. `served`: a store in which cases took two transitions each. `fresh`: the file to write.
// Throws std::runtime_error.
[[nodiscard]] Figures measure_plain_sqlite(const std::string& served, const std::string& fresh,
                                           std::size_t commands);

}  // namespace mingjian::bench
