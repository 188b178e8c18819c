// Starts and ends the server that the tests of one run of CTest share.
//   mingjian_mariadb_fixture start FOLDER    the port is then in FOLDER/port
//   mingjian_mariadb_fixture stop FOLDER
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "tests/support/mariadb_server.h"

namespace mingjian::testing {
namespace {

// Ends what `start` left, here or in a run that was cut off.
void stop(const std::string& folder) {
  pid_t process = 0;
  if (std::ifstream(folder + "/pid") >> process && process > 0) {
    ::kill(process, SIGTERM);
    while (::kill(process, 0) == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::filesystem::remove_all(folder);
}

void start(const std::string& folder) {
  stop(folder);
  std::filesystem::create_directories(folder);
  MariadbServer server(folder, {});
  std::ofstream(folder + "/port") << server.port();
  server.release();
}

}  // namespace
}  // namespace mingjian::testing

int main(int argc, char** argv) {
  using namespace mingjian::testing;
  const std::string what = argc == 3 ? argv[1] : "";
  try {
    if (what == "start") start(argv[2]);
    if (what == "stop") stop(argv[2]);
    return what == "start" || what == "stop" ? 0 : 2;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "%s\n", exception.what());
    return 1;
  }
}
