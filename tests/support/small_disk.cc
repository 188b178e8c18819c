#include "tests/support/small_disk.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace mingjian::testing {
namespace {

std::string reason(const std::string& what) { return what + ": " + std::strerror(errno); }

// Root of the new user namespace is who this process was outside (user_namespaces(7)).
bool become_root_inside(uid_t user, gid_t group) {
  const auto write = [](const char* file, const std::string& line) {
    return static_cast<bool>(std::ofstream(file) << line << std::flush);
  };
  return write("/proc/self/setgroups", "deny") &&
         write("/proc/self/uid_map", "0 " + std::to_string(user) + " 1") &&
         write("/proc/self/gid_map", "0 " + std::to_string(group) + " 1");
}

std::string enter_namespace() {
  const uid_t user = ::geteuid();
  const gid_t group = ::getegid();
  // Not even root may where a container took the right (CAP_SYS_ADMIN) from it.
  if (::unshare(CLONE_NEWNS) != 0) {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
      return reason("no small disk: this user may mount nothing, and have no user namespace");
    if (!become_root_inside(user, group)) return reason("no small disk: no root in the namespace");
  }
  // What is mounted here is not for those outside.
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return reason("no small disk: the mounts stay shared");
  return {};
}

}  // namespace

std::string SmallDisk::obstacle() {
  static const std::string found = enter_namespace();
  return found;
}

SmallDisk::SmallDisk(std::size_t megabytes) {
  const std::string size = "mode=0700,size=" + std::to_string(megabytes) + "m";
  if (::mount("tmpfs", file("").c_str(), "tmpfs", MS_NOSUID | MS_NODEV, size.c_str()) != 0)
    throw std::runtime_error(reason("cannot mount a small disk"));
}

SmallDisk::~SmallDisk() { ::umount2(file("").c_str(), MNT_DETACH); }

void SmallDisk::fill(std::size_t leaving) const {
  const int ballast_file = ::open(ballast().c_str(), O_CREAT | O_RDWR | O_CLOEXEC, S_IRUSR);
  // Again and again: others write at the same time.
  for (;;) {
    const auto free = std::filesystem::space(file("")).available;
    if (free <= leaving) break;
    const auto end = ::lseek(ballast_file, 0, SEEK_END);
    static_cast<void>(::posix_fallocate(ballast_file, end, static_cast<off_t>(free - leaving)));
  }
  ::close(ballast_file);
}

void SmallDisk::make_room() const { std::filesystem::remove(ballast()); }

}  // namespace mingjian::testing
