#pragma once

#include <string>
#include <vector>

namespace mingjian::testing {

// Who may do everything on the servers that tests start, which nobody else reaches.
inline constexpr const char* kTestUser = "mingjian";
inline constexpr const char* kTestPassword = "only for tests";

// The folder of a server of Debian's packages: its option file, its data, its log.
class MariadbFolder {
 public:
  explicit MariadbFolder(std::string path) : path_(std::move(path)) {}

  // Writes the option file, with `settings` as its last lines, and makes the data where there is
  // none, with an account that may do everything: see run_sql(). Throws std::runtime_error with
  // what the tools wrote.
  void prepare(int port, const std::vector<std::string>& settings) const;

  [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/" + name; }
  [[nodiscard]] std::string data() const { return path("data"); }
  [[nodiscard]] std::string log() const { return path("server.log"); }
  // The first word of the command line that the server takes its options from.
  [[nodiscard]] std::string options() const { return "--defaults-file=" + path("options.cnf"); }

 private:
  const std::string path_;
};

}  // namespace mingjian::testing
