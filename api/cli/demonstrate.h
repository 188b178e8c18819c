#pragma once

#include <ostream>
#include <string>

namespace mingjian::cli {

struct Demonstration {
  std::string server;       // e.g. "http://127.0.0.1:8080"
  std::string office_file;  // people with their passwords, as `mingjian office` reads
  std::string cases_file;   // JSON Lines with "expected_path", as `mingjian import` reads
  bool to_the_end = false;  // else every case stops at another stage, some with a pending request
};

// mingjian demonstrate: walks the cases of the file, which were imported, along their expected
// paths over HTTP, signed in as the people whose turn it is. Prints a line a case: its number and
// the stages it went through. kSomeRefused where a case could not follow its path.
[[nodiscard]] int demonstrate(const Demonstration& demonstration, std::ostream& out,
                              std::ostream& complaints);

}  // namespace mingjian::cli
