// The main job on the real program over real HTTP: load an office, file the demonstration cases,
// and walk each along its whole expected path with different people.
#include <iostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

// Walks the cases of the file, which were imported, and expects each at the end of its path; gives
// how many there are.
std::size_t walk_to_the_end(const Office& office, const std::string& file) {
  const ServeProcess server(office.options());
  const Ran walked =
      run("demonstrate --to-the-end --server " + server.address() + " --office " + kDemonstration +
          "/office.json --cases " + file + " --workflows " + kWorkflows);
  EXPECT_EQ(walked.code, 0) << walked.out;
  std::size_t count = 0;
  std::ifstream cases(file);
  for (std::string line; std::getline(cases, line); ++count) {
    const Json record = Json::parse(line);
    std::string path = record["case_id"].get<std::string>() + "：";
    for (const Json& stage : record["expected_path"]) path += stage.get<std::string>() + " > ";
    EXPECT_THAT(walked.out, HasSubstr(path + "closed\n"));
  }
  return count;
}

TEST(MainJob, EveryDemonstrationCaseFollowsItsWholePathAndItsEventsGiveItsHead) {
  const Office office;
  const std::string file = kDemonstration + "/cases.jsonl";
  const Ran imported = office.run("import " + file + " --as he-qing");
  ASSERT_EQ(imported.code, 0) << imported.out;
  EXPECT_GE(walk_to_the_end(office, file), 12U);
  const Ran verified = office.run("verify");
  EXPECT_EQ(verified.code, 0) << verified.out;
}

TEST(MainJob, AnImportReportsEachRefusedLineWithItsPlaceAndFilesTheOthers) {
  const Office office({"he-qing"});
  const auto file = office.file("lines.jsonl");
  std::ifstream cases(kDemonstration + "/cases.jsonl");
  std::string good;
  std::getline(cases, good);
  auto unknown_code = Json::parse(good);
  unknown_code["clue_source"] = "SRC-NONE";
  auto missing = Json::parse(good);
  missing.erase("subjects");
  std::ofstream(file) << "{not json\n"
                      << missing.dump() << "\n"
                      << unknown_code.dump() << "\n"
                      << good << "\n";
  const Ran imported = office.run("import " + file + " --as he-qing");
  EXPECT_EQ(imported.code, 1);
  for (const char* part : {"line 1: ", "line 2: ", "line 3: /clue_source", "filed: 1"})
    EXPECT_THAT(imported.out, HasSubstr(part));
}

TEST(MainJob, EveryCaseOfTheDomainPackIsFiledAndFollowsItsWholePath) {
  const auto file = (conformance_folder().parent_path() / "domain" / "cases.jsonl").string();
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
  const Office office;
  const Ran imported = office.run("import " + file + " --as he-qing");
  ASSERT_EQ(imported.code, 0) << imported.out;
  const std::size_t count = walk_to_the_end(office, file);
  EXPECT_EQ(office.run("verify").code, 0);
  std::cout << "domain cases: " << count << " filed and walked to their end\n";
}

}  // namespace
}  // namespace mingjian::testing
