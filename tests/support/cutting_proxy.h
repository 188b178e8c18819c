#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace mingjian::testing {

// Stands between a client and a server on 127.0.0.1 and hands on what each sends, until it is told
// to cut. What a client of a database sends in one piece is a statement. Thread-safe.
class CuttingProxy {
 public:
  enum class Cut {
    kBefore,  // the server does not get the statement
    kAfter,   // the server gets it, the client gets no answer
  };

  explicit CuttingProxy(int server_port);
  ~CuttingProxy();
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;

  // Cuts the connection at the `nth` statement from now, counted from 1 over all connections.
  void cut(int nth, Cut how);
  void heal() { left_ = 0; }
  // Whether it has cut since cut().
  [[nodiscard]] bool has_cut() const { return has_cut_; }
  // Statements since cut().
  [[nodiscard]] int statements() const { return statements_; }

  [[nodiscard]] int port() const { return port_; }

 private:
  struct Pair;

  void accept_all();
  void carry(Pair& pair);

  const int server_port_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> left_ = 0;
  std::atomic<Cut> how_ = Cut::kBefore;
  std::atomic<bool> has_cut_ = false;
  std::atomic<int> statements_ = 0;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Pair>> pairs_;
  std::thread thread_;
};

}  // namespace mingjian::testing
