// The main job on the real program over real HTTP: load an office, file the demonstration cases,
// and walk each along its whole expected path with different people.
#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace mingjian {
namespace {

const std::string kDemonstration = std::string(MINGJIAN_SOURCE_DIR) + "/workflows/demonstration";

struct Ran {
  int code;
  std::string out;
};

Ran run(const std::string& arguments) {
  const std::string command = std::string(MINGJIAN_BINARY) + " " + arguments + " 2>&1";
  FILE* const pipe = popen(command.c_str(), "r");
  std::string out;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe))
    out.append(buffer.data(), count);
  return {WEXITSTATUS(pclose(pipe)), out};
}

// `mingjian serve` on a free port, ended with the object.
class RunningServer {
 public:
  explicit RunningServer(const std::string& store_options) {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    const std::string line =
        "exec " + std::string(MINGJIAN_BINARY) + " serve --port 0 " + store_options;
    std::array<const char*, 4> arguments = {"sh", "-c", line.c_str(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    EXPECT_EQ(posix_spawn(&process_, "/bin/sh", &actions, nullptr,
                          const_cast<char**>(arguments.data()), environ),
              0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    for (char c = 0; read(ends[0], &c, 1) == 1 && c != '\n';) address_ += c;
    close(ends[0]);
  }
  ~RunningServer() { stop(SIGTERM); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  void stop(int signal) {
    if (process_ <= 0) return;
    kill(process_, signal);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  pid_t process_ = 0;
  std::string address_;
};

class MainJob : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("mingjian-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    options_ = "--store " + (folder_ / "cases.db").string() + " --workflows " +
               MINGJIAN_SOURCE_DIR + "/workflows";
    ASSERT_EQ(run("office " + kDemonstration + "/office.json " + options_).code, 0);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
  std::string options_;
};

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
