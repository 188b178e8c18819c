#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/ports/definition_store.h"
#include "engine/ports/directory.h"
#include "engine/ports/leases.h"
#include "engine/ports/store.h"

namespace mingjian::testing {

// What the contract is tested on: an adapter with nothing in it.
class AdapterUnderTest {
 public:
  virtual ~AdapterUnderTest() = default;
  virtual Store& store() = 0;
  virtual Directory& directory() = 0;
  virtual DefinitionStore& definitions() = 0;
  virtual Leases& leases() = 0;
};

struct AdapterMaker {
  std::string name;
  std::function<std::unique_ptr<AdapterUnderTest>()> make;
};

// Without it GoogleTest names a test by the octets of the maker, which change with each build.
inline void PrintTo(const AdapterMaker& maker, std::ostream* out) { *out << maker.name; }

// All adapters of this program; a new adapter is entered in adapters_under_test.cc and nowhere
// else.
[[nodiscard]] std::vector<AdapterMaker> adapters_under_test();

// The suites of the contract, run for every adapter: store_*_test.cc, directory_test.cc,
// definition_store_test.cc and leases_test.cc.
class AdapterContract : public ::testing::TestWithParam<AdapterMaker> {
 protected:
  Store& store() { return adapter_->store(); }
  Directory& directory() { return adapter_->directory(); }
  DefinitionStore& definitions() { return adapter_->definitions(); }
  Leases& leases() { return adapter_->leases(); }

  // Commits and requires that it is done.
  void committed(const Commit& commit) {
    const auto outcome = store().commit(commit);
    ASSERT_TRUE(outcome) << outcome.error().message.en;
    ASSERT_TRUE(std::holds_alternative<Committed>(*outcome));
  }

  // The version of the stored head that a commit was too late for; nothing where it was not.
  std::optional<Version> stale(const Commit& commit) {
    const auto outcome = store().commit(commit);
    if (!outcome || !std::holds_alternative<Stale>(*outcome)) return std::nullopt;
    return std::get<Stale>(*outcome).current;
  }

  // The first answer to a commit that was a repeat; nothing where it was not.
  std::optional<IdempotencyRecord> repeated(const Commit& commit) {
    const auto outcome = store().commit(commit);
    if (!outcome || !std::holds_alternative<Repeated>(*outcome)) return std::nullopt;
    return std::get<Repeated>(*outcome).first;
  }

 private:
  std::unique_ptr<AdapterUnderTest> adapter_ = GetParam().make();
};

inline std::string adapter_name(const ::testing::TestParamInfo<AdapterMaker>& info) {
  return info.param.name;
}

}  // namespace mingjian::testing
