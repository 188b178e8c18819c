#pragma once

#include <string>

#include <sys/types.h>

// The real program, as a user runs it.
namespace mingjian::testing {

struct Ran {
  int code;
  std::string out;  // with what was complained of
};

// Runs `mingjian ARGUMENTS` to its end. A shell takes the arguments apart.
[[nodiscard]] Ran run(const std::string& arguments);

// `mingjian serve`, ended with the object.
class ServeProcess {
 public:
  // On a free port where none is given. Returns when it takes requests.
  explicit ServeProcess(const std::string& options, int port = 0);
  ~ServeProcess();
  ServeProcess(const ServeProcess&) = delete;
  ServeProcess& operator=(const ServeProcess&) = delete;

  // Sends the signal and returns when the process is gone.
  void end(int signal);
  // SIGSTOP, SIGCONT.
  void send(int signal) const;

  // Of the form http://127.0.0.1:8080; empty where it did not start.
  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] int port() const;

 private:
  pid_t process_ = 0;
  std::string address_;
};

}  // namespace mingjian::testing
