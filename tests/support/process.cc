#include "tests/support/process.h"

#include <csignal>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace mingjian::testing {

namespace {

// Below what the kernel gives to connections (32768 and up), which might take a port between the
// moment when it was found and the one when a server wants it.
constexpr int kFirstPort = 20'000;
constexpr int kLastPort = 32'000;

bool is_free(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const bool free = ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return free;
}

}  // namespace

int free_port() {
  // Any of them: other tests look for one at the same time.
  static thread_local std::minstd_rand random{std::random_device()()};
  std::uniform_int_distribution any(kFirstPort, kLastPort);
  for (int tries = 0; tries < 1'000; ++tries) {
    const int port = any(random);
    if (is_free(port)) return port;
  }
  throw std::runtime_error("no free port");
}

pid_t start_process(const std::vector<std::string>& words, const std::string& log) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t process = 0;
  const int failed =
      posix_spawnp(&process, words[0].c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) throw std::runtime_error("cannot start " + words[0]);
  return process;
}

int wait_for_end(pid_t process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool has_ended(pid_t process) { return ::waitpid(process, nullptr, WNOHANG) == process; }

void end_process(pid_t process, int signal) {
  ::kill(process, signal);
  ::kill(process, SIGCONT);
  ::waitpid(process, nullptr, 0);
}

void Process::kill() {
  if (id_ <= 0) return;
  ::kill(-id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
  id_ = 0;
}

void Process::send(int signal) const { ::kill(id_, signal); }

bool Process::gone() {
  if (id_ <= 0 || !has_ended(id_)) return false;
  id_ = 0;
  return true;
}

std::string content_of(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace mingjian::testing
