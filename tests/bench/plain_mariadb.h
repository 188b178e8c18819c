#pragma once

#include <cstddef>
#include <vector>

#include "adapters/mysql/options.h"
#include "tests/bench/figures.h"
#include "tests/bench/stored_commits.h"

namespace mingjian::bench {

// What the server does at most with one transaction a command: so many connections at once, each in
// a tight loop, write the rows that the product wrote for its transitions, and commit; nothing is
// read. `fresh`: a database with the schema and without these cases. Throws std::runtime_error.
[[nodiscard]] Figures measure_plain_mariadb(const std::vector<CaseCommits>& cases,
                                            const MysqlOptions& fresh, std::size_t connections);

}  // namespace mingjian::bench
