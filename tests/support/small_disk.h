#pragma once

#include <cstddef>
#include <string>

#include "tests/support/temporary_folder.h"

namespace mingjian::testing {

// A real file system of its own (tmpfs) that can be filled up, gone with the object. It is mounted
// where this process and those that it starts afterwards see it, and nobody else: as root in a
// mount namespace, else in one that belongs to a user namespace.
class SmallDisk {
 public:
  // Moves this process into its namespace, once for all. Gives why that is not possible, or
  // nothing. Call it before there are other threads: a process with several stays where it is.
  [[nodiscard]] static std::string obstacle();

  // Requires that there is no obstacle. Throws std::runtime_error.
  explicit SmallDisk(std::size_t megabytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  // Takes up the room that is free but for so many octets; what others free later stays free.
  void fill(std::size_t leaving) const;
  // Gives back what fill() took.
  void make_room() const;

  [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }

 private:
  [[nodiscard]] std::string ballast() const { return file("ballast"); }

  const TemporaryFolder folder_;
};

}  // namespace mingjian::testing
