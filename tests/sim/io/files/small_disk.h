#pragma once

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace peercap {

/// A small file system in memory, for as long as this object lives; not mounted where that is not allowed.
/// One who may mount nothing may do so in a name space of his own, where the system allows these: the process
/// moves into one then.
class SmallDisk {
 public:
  SmallDisk(const std::filesystem::path& at, int kilobytes) : at_{at} {
    std::filesystem::create_directory(at_);
    failure_ = mount(kilobytes);
    if ((failure_ == EPERM || failure_ == EACCES) && enter_own_name_space()) failure_ = mount(kilobytes);
  }
  ~SmallDisk() {
    if (failure_ == 0) ::umount(at_.c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  /// Zero, or why there is no such disk.
  [[nodiscard]] int failure() const { return failure_; }
  [[nodiscard]] std::string reason() const { return std::strerror(failure_); }

  /// Whether it now has that size, with all that lies on it.
  [[nodiscard]] bool resize(int kilobytes) const {
    return ::mount("none", at_.c_str(), "tmpfs", MS_REMOUNT, options(kilobytes).c_str()) == 0;
  }

 private:
  static std::string options(int kilobytes) { return "size=" + std::to_string(kilobytes) + "k"; }

  [[nodiscard]] int mount(int kilobytes) const {
    return ::mount("none", at_.c_str(), "tmpfs", 0, options(kilobytes).c_str()) == 0 ? 0 : errno;
  }

  static bool enter_own_name_space() {
    const auto user = ::getuid();
    const auto group = ::getgid();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    std::ofstream{"/proc/self/setgroups"} << "deny";
    std::ofstream{"/proc/self/uid_map"} << "0 " << user << " 1";
    std::ofstream{"/proc/self/gid_map"} << "0 " << group << " 1";
    return true;
  }

  std::filesystem::path at_;
  int failure_ = 0;
};

}  // namespace peercap
