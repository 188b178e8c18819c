// The main job on the real program over real HTTP: load an office, file the demonstration cases,
// and walk each along its whole expected path with different people.
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace mingjian {
namespace {

using testing::kDemonstration;
using testing::Ran;
using testing::run;
using testing::RunningServer;

class MainJob : public testing::WithOffice {};

TEST_F(MainJob, EveryDemonstrationCaseFollowsItsWholePathAndItsEventsGiveItsHead) {
  const Ran imported = run("import " + kDemonstration + "/cases.jsonl --as he-qing " + options_);
  ASSERT_EQ(imported.code, 0) << imported.out;
  {
    const RunningServer server(options_);
    const Ran walked =
        run("demonstrate --to-the-end --server " + server.address() + " --office " +
            kDemonstration + "/office.json --cases " + kDemonstration + "/cases.jsonl");
    EXPECT_EQ(walked.code, 0) << walked.out;
    std::ifstream cases(kDemonstration + "/cases.jsonl");
    std::size_t count = 0;
    for (std::string line; std::getline(cases, line); ++count) {
      const auto record = nlohmann::json::parse(line);
      std::string path = record["case_id"].get<std::string>() + "：";
      for (const auto& stage : record["expected_path"]) path += stage.get<std::string>() + " > ";
      EXPECT_NE(walked.out.find(path + "closed\n"), std::string::npos) << path;
    }
    EXPECT_GE(count, 12U);
  }
  const Ran verified = run("verify " + options_);
  EXPECT_EQ(verified.code, 0) << verified.out;
}

TEST_F(MainJob, AnImportReportsEachRefusedLineWithItsPlaceAndFilesTheOthers) {
  const auto file = folder_ / "lines.jsonl";
  std::ifstream cases(kDemonstration + "/cases.jsonl");
  std::string good;
  std::getline(cases, good);
  auto unknown_code = nlohmann::json::parse(good);
  unknown_code["clue_source"] = "SRC-NONE";
  auto missing = nlohmann::json::parse(good);
  missing.erase("subjects");
  std::ofstream(file) << "{not json\n"
                      << missing.dump() << "\n"
                      << unknown_code.dump() << "\n"
                      << good << "\n";
  const Ran imported = run("import " + file.string() + " --as he-qing " + options_);
  EXPECT_EQ(imported.code, 1);
  EXPECT_NE(imported.out.find("line 1: "), std::string::npos) << imported.out;
  EXPECT_NE(imported.out.find("line 2: "), std::string::npos) << imported.out;
  EXPECT_NE(imported.out.find("line 3: /clue_source"), std::string::npos) << imported.out;
  EXPECT_NE(imported.out.find("filed: 1"), std::string::npos) << imported.out;
}

}  // namespace
}  // namespace mingjian
