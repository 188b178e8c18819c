// What is shipped in scripts/deploy for systemd starts the program as it is installed.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http/raw_client.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {
namespace {

using ::testing::StartsWith;

constexpr const char* kDeploy = MINGJIAN_SOURCE_DIR "/scripts/deploy/";
constexpr const char* kInstalledAt = "/usr/local";

// The lines NAME=VALUE of a unit or of a file of settings.
std::map<std::string, std::string> lines_of(const std::string& file) {
  std::ifstream in(kDeploy + file);
  std::map<std::string, std::string> values;
  for (std::string line; std::getline(in, line);) {
    const auto at = line.find('=');
    if (at != std::string::npos && line[0] != '#') values[line.substr(0, at)] = line.substr(at + 1);
  }
  return values;
}

// ExecStart, with the program where the test has installed it.
std::vector<std::string> command_of(const std::string& unit, const std::string& installed_at) {
  std::string line = lines_of(unit)["ExecStart"];
  EXPECT_THAT(line, StartsWith(kInstalledAt));
  line.replace(0, std::string(kInstalledAt).size(), installed_at);
  std::istringstream words(line);
  return {std::istream_iterator<std::string>(words), {}};
}

int status_of(int port, const std::string& path) {
  return RawClient(port).ask("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").status;
}

TEST(Deploy, TheUnitStartsTheInstalledProgramFromItsSettings) {
  const TemporaryFolder folder;
  const std::string log = folder.file("log");
  ASSERT_EQ(
      wait_for_end(start_process(
          {"cmake", "--install", MINGJIAN_BUILD_DIR, "--prefix", folder.file("installed")}, log)),
      0)
      << content_of(log);

  auto settings = lines_of("mingjian.env");
  const int port = free_port();
  ASSERT_EQ(settings.count("MINGJIAN_STORE"), 1U);
  ASSERT_EQ(settings.count("MINGJIAN_PORT"), 1U);
  settings["MINGJIAN_STORE"] = folder.file("mingjian.db");
  settings["MINGJIAN_PORT"] = std::to_string(port);
  std::vector<std::string> words = {"env", "-i", "--chdir=" + folder.file("")};
  for (const auto& [name, value] : settings) words.push_back(name + "=" + value);
  const auto command = command_of("mingjian.service", folder.file("installed"));
  words.insert(words.end(), command.begin(), command.end());

  const pid_t process = start_process(words, log);
  bool ended = false;
  while (!ended && status_of(port, "/readyz") != 200) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ended = has_ended(process);
  }
  EXPECT_FALSE(ended) << content_of(log);
  if (ended) return;
  // As systemd ends it.
  ASSERT_EQ(lines_of("mingjian.service")["KillSignal"], "SIGTERM");
  ::kill(process, SIGTERM);
  EXPECT_EQ(wait_for_end(process), 0) << content_of(log);
}

}  // namespace
}  // namespace mingjian::testing
