#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "engine/ports/database.h"

namespace mingjian::testing {

// A database with nothing in it, gone with the object.
class DatabaseUnderTest {
 public:
  virtual ~DatabaseUnderTest() = default;
  virtual Database& database() = 0;
  // The same data, opened as another process would.
  virtual std::unique_ptr<Database> open_again() = 0;
};

struct DatabaseMaker {
  std::string name;
  std::function<std::unique_ptr<DatabaseUnderTest>()> make;
};

// Without it GoogleTest names a test by the octets of the maker, which change with each build.
inline void PrintTo(const DatabaseMaker& maker, std::ostream* out) { *out << maker.name; }

// One of each kind that this program has.
[[nodiscard]] std::vector<DatabaseMaker> databases_under_test();

}  // namespace mingjian::testing
