#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/memory/memory_definition_store.h"
#include "adapters/memory/memory_directory.h"
#include "adapters/memory/memory_store.h"
#include "adapters/system/random_ids.h"
#include "api/http/handlers/office.h"
#include "tests/support/stack_layout.h"
#include "tests/support/standing_clock.h"

namespace mingjian::testing {

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
  // With no definition.
  OfficeInMemory() : OfficeInMemory(no_definition()) {}
  explicit OfficeInMemory(std::function<http::Gauges()> gauges)
      : OfficeInMemory(no_definition(), {}, std::move(gauges)) {}
  explicit OfficeInMemory(
      Workflows workflows, http::FeedOptions options = {},
      std::function<http::Gauges()> gauges = [] { return http::Gauges{}; })
      : feed_options_(options),
        catalogue_(std::move(workflows), uploaded_, clock_),
        measurements_(std::move(gauges)) {}

  ~OfficeInMemory() { inbox_.stop(); }
  OfficeInMemory(const OfficeInMemory&) = delete;
  OfficeInMemory& operator=(const OfficeInMemory&) = delete;

  static Workflows no_definition() { return {{}, Form::compile_plain(Json::object()).value(), {}}; }

  [[nodiscard]] const http::OfficeServices& services() const { return services_; }
  [[nodiscard]] StandingClock& clock() { return clock_; }
  [[nodiscard]] Directory& directory() { return directory_; }
  [[nodiscard]] Store& store() { return store_; }

 private:
  const http::FeedOptions feed_options_;
  MemoryStore store_;
  MemoryDirectory directory_;
  StandingClock clock_;
  RandomIds ids_;
  PlainPasswords passwords_;
  People people_{directory_, clock_};
  MemoryDefinitionStore uploaded_;
  Catalogue catalogue_;
  CaseService cases_{store_, people_, clock_, ids_, catalogue_};
  DefinitionService definitions_{uploaded_, clock_, catalogue_};
  StackLayout layout_;
  Diagrams diagrams_{layout_};
  http::InboxFeed inbox_{cases_, directory_, [](const std::string&) {}, feed_options_};
  http::Measurements measurements_;
  http::OfficeServices services_{.cases = cases_,
                                 .definitions = definitions_,
                                 .diagrams = diagrams_,
                                 .directory = directory_,
                                 .people = people_,
                                 .passwords = passwords_,
                                 .tokens = nullptr,
                                 .clock = clock_,
                                 .ids = ids_,
                                 .inbox = inbox_,
                                 .measurements = measurements_,
                                 .report = [](const std::string&, const std::string&) {}};
};

}  // namespace mingjian::testing
