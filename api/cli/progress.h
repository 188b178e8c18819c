#pragma once

#include <cstddef>
#include <ostream>
#include <string>

namespace mingjian::cli {

// A bar on a terminal, redrawn in place; silent where the stream is no terminal.
class Progress {
 public:
  Progress(std::ostream& out, std::string title, std::size_t total, bool visible);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance() { advance_to(done_ + 1); }
  void advance_to(std::size_t done);

 private:
  void draw();

  std::ostream& out_;
  std::string title_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::size_t drawn_ = 0;  // hundredths that were last drawn
  bool visible_;
};

// Whether standard error is a terminal.
[[nodiscard]] bool on_a_terminal();

}  // namespace mingjian::cli
