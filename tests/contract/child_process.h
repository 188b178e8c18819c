#pragma once

#include <csignal>
#include <functional>
#include <optional>

#include <sys/wait.h>
#include <unistd.h>

namespace mingjian::testing {

// A process that runs `work` with a pipe to this one. Requires that this process has one thread
// and no database open.
class ChildProcess {
 public:
  explicit ChildProcess(const std::function<void(int pipe)>& work) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) std::abort();
    id_ = ::fork();
    if (id_ == 0) {
      ::close(ends[0]);
      work(ends[1]);
      ::_exit(0);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  ~ChildProcess() {
    kill();
    ::close(pipe_);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // The next value that the child sent; nothing once it is gone.
  template <class T>
  std::optional<T> receive() {
    T value;
    if (::read(pipe_, &value, sizeof value) != static_cast<ssize_t>(sizeof value)) return {};
    return value;
  }

  // kill -9.
  void kill() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    wait();
  }

  // Whether the child ended by itself and well.
  bool wait() {
    int status = 0;
    const pid_t ended = ::waitpid(id_, &status, 0);
    const bool well = ended == id_ && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    id_ = -1;
    return well;
  }

 private:
  pid_t id_ = -1;
  int pipe_ = -1;
};

// For the child: sends in one piece.
template <class T>
void send(int pipe, const T& value) {
  if (::write(pipe, &value, sizeof value) != static_cast<ssize_t>(sizeof value)) ::_exit(1);
}

}  // namespace mingjian::testing
