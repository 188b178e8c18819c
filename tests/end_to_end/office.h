#pragma once

#include <fstream>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/visitor.h"
#include "tests/support/conformance_files.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_store.h"

namespace mingjian::testing {

inline const std::string kWorkflows = std::string(MINGJIAN_SOURCE_DIR) + "/workflows";
inline const std::string kDemonstration = kWorkflows + "/demonstration";

// The demonstration office in a store of its own.
class Office {
 public:
  // Only these people can sign in, because each password costs time on purpose.
  explicit Office(const std::set<std::string>& people) {
    Json office = Json::parse(read_file(kDemonstration + "/office.json"));
    for (Json& person : office["people"]) {
      if (!people.contains(person["id"])) person.erase("password");
    }
    std::ofstream(file("office.json")) << office.dump();
    load(file("office.json"));
  }
  // Everybody can sign in.
  Office() { load(kDemonstration + "/office.json"); }

  // Runs a subcommand on it.
  [[nodiscard]] Ran run(const std::string& words) const {
    return testing::run(words + " " + options());
  }
  // The options of every subcommand that works on this office.
  [[nodiscard]] std::string options() const {
    return store_.option() + " --workflows " + kWorkflows;
  }
  [[nodiscard]] const TestStore& store() const { return store_; }
  // A file of that name in its folder, which goes with the office.
  [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }

 private:
  void load(const std::string& people) const {
    const Ran loaded = run("office " + people);
    EXPECT_EQ(loaded.code, 0) << loaded.out;
  }

  TemporaryFolder folder_;
  TestStore store_;
};

// The demonstration office with a server.
class ServedOffice {
 public:
  explicit ServedOffice(const std::set<std::string>& people)
      : office_(people), server_(office_.options()) {}

  [[nodiscard]] Visitor visitor(const std::string& person) const {
    return {server_.port(), person, "demo-mingjian-2026"};
  }
  [[nodiscard]] Visitor nobody() const { return Visitor(server_.port()); }
  [[nodiscard]] const Office& office() const { return office_; }
  [[nodiscard]] const ServeProcess& server() const { return server_; }

 private:
  Office office_;
  ServeProcess server_;
};

// What filing an accountability case asks for.
inline Json accountability_filing(const std::string& facts = "审计发现项目监管失职。") {
  return {
      {"definition", "accountability"},
      {"data",
       {{"received_on", "2026-03-02"},
        {"clue_source", "SRC-AUDIT"},
        {"facts_zh", facts},
        {"subjects", {{{"name", "王某"}, {"rank", "RK-KZ"}, {"post", "局长"}, {"org", "某局"}}}},
        {"category_codes", {"AS-09"}}}}};
}

// Files one, and gives its address.
inline std::string file_case(Visitor& visitor) {
  const Answer answer = visitor.post("/api/v1/cases", accountability_filing());
  EXPECT_EQ(answer.status, 201) << answer.body;
  return answer.header("location");
}

}  // namespace mingjian::testing
