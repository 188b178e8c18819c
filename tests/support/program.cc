#include "tests/support/program.h"

#include <array>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace mingjian::testing {

Ran run(const std::string& arguments) {
  const std::string command = std::string(MINGJIAN_BINARY) + " " + arguments + " 2>&1";
  FILE* const pipe = popen(command.c_str(), "r");
  std::string out;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe))
    out.append(buffer.data(), count);
  return {WEXITSTATUS(pclose(pipe)), out};
}

ServeProcess::ServeProcess(const std::string& options, int port) {
  std::array<int, 2> ends{};
  EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const std::string line = "exec " + std::string(MINGJIAN_BINARY) + " serve --port " +
                           std::to_string(port) + " " + options;
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

ServeProcess::~ServeProcess() { end(SIGTERM); }

void ServeProcess::end(int signal) {
  if (process_ <= 0) return;
  kill(process_, signal);
  kill(process_, SIGCONT);
  waitpid(process_, nullptr, 0);
  process_ = 0;
}

void ServeProcess::send(int signal) const { kill(process_, signal); }

int ServeProcess::port() const {
  const auto colon = address_.rfind(':');
  return colon == std::string::npos ? 0 : std::stoi(address_.substr(colon + 1));
}

}  // namespace mingjian::testing
