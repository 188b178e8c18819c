#pragma once

#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

// The program as its users run it.
namespace mingjian::testing {

inline const std::string kDemonstration =
    std::string(MINGJIAN_SOURCE_DIR) + "/workflows/demonstration";

struct Ran {
  int code;
  std::string out;
};

// Runs a subcommand; what it complained of is in `out` too.
inline Ran run(const std::string& arguments) {
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

// A store of its own with the demonstration office.
class WithOffice : public ::testing::Test {
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

}  // namespace mingjian::testing
