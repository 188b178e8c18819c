#pragma once

#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace mingjian::testing {

// A port of 127.0.0.1 that nobody listens on now.
[[nodiscard]] int free_port();

// Starts a program whose output is added to the file, in a group of its own: an interrupt at the
// terminal is for the tests, which then end it. Throws std::runtime_error.
[[nodiscard]] pid_t start_process(const std::vector<std::string>& words, const std::string& log);

// Waits for the end; its exit code, or -1 where a signal ended it.
int wait_for_end(pid_t process);
// Whether it has ended, and takes note of it.
[[nodiscard]] bool has_ended(pid_t process);

// Sends the signal and waits for the end, also where the process is stopped.
void end_process(pid_t process, int signal);

// A process that does not outlive the object.
class Process {
 public:
  Process() = default;  // none
  Process(const std::vector<std::string>& words, const std::string& log)
      : id_(start_process(words, log)) {}
  Process(Process&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
  Process& operator=(Process&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Process() { kill(); }

  // With all that it started.
  void kill();
  void send(int signal) const;
  // Whether it has ended by itself since it was asked last.
  [[nodiscard]] bool gone();

 private:
  pid_t id_ = 0;
};

// All of a file; empty where there is none.
[[nodiscard]] std::string content_of(const std::string& file);

}  // namespace mingjian::testing
