#pragma once

#include <string>
#include <string_view>

#include "adapters/memory/memory_directory.h"
#include "adapters/memory/memory_store.h"
#include "adapters/system/random_ids.h"
#include "api/http/handlers/office.h"
#include "tests/support/stack_layout.h"

namespace mingjian::testing {

// A clock that stands still until it is moved.
class StandingClock : public Clock {
 public:
  Instant now() override { return now_; }
  void advance(std::int64_t microseconds) { now_.microseconds += microseconds; }

 private:
  Instant now_{1'780'000'000'000'000};
};

// Passwords that are their own hashes: hashing slowly is not what these tests are about.
class PlainPasswords : public Passwords {
 public:
  Result<std::string> hash(std::string_view password) override { return std::string(password); }
  bool matches(std::string_view password, std::string_view encoded) override {
    return password == encoded;
  }
};

// What the handlers work with, in memory.
class OfficeInMemory {
 public:
  [[nodiscard]] const http::OfficeServices& services() const { return services_; }
  [[nodiscard]] StandingClock& clock() { return clock_; }
  [[nodiscard]] Directory& directory() { return directory_; }

 private:
  MemoryStore store_;
  MemoryDirectory directory_;
  StandingClock clock_;
  RandomIds ids_;
  PlainPasswords passwords_;
  People people_{directory_, clock_};
  Catalogue catalogue_{Register{}};
  CaseService cases_{store_, people_, clock_, ids_, catalogue_};
  StackLayout layout_;
  Diagrams diagrams_{layout_};
  http::OfficeServices services_{.cases = cases_,
                                 .diagrams = diagrams_,
                                 .directory = directory_,
                                 .people = people_,
                                 .passwords = passwords_,
                                 .clock = clock_,
                                 .ids = ids_,
                                 .report = [](const std::string&, const std::string&) {}};
};

}  // namespace mingjian::testing
