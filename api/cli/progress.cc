#include "api/cli/progress.h"

#include <algorithm>
#include <utility>

#include <unistd.h>

namespace mingjian::cli {
namespace {

constexpr std::size_t kWidth = 40;

}  // namespace

bool on_a_terminal() { return isatty(STDERR_FILENO) == 1; }

Progress::Progress(std::ostream& out, std::string title, std::size_t total, bool visible)
    : out_(out), title_(std::move(title)), total_(total), visible_(visible && total > 0) {
  if (visible_) draw();
}

Progress::~Progress() {
  if (visible_) out_ << "\n";
}

void Progress::advance_to(std::size_t done) {
  done_ = std::min(done, total_);
  if (visible_ && done_ * 100 / total_ != drawn_) draw();
}

void Progress::draw() {
  drawn_ = done_ * 100 / total_;
  const std::size_t full = done_ * kWidth / total_;
  out_ << "\r" << title_ << " [" << std::string(full, '#') << std::string(kWidth - full, '.')
       << "] " << done_ << "/" << total_ << std::flush;
}

}  // namespace mingjian::cli
