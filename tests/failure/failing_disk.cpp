// A library to be preloaded into the program under test: it counts the calls by which the program changes
// what lies in one folder, and makes one of them fail, or kills the program there. Everything else passes
// through.
//
//   PEERCAP_DISK_FOLDER   the folder, absolute; without it nothing is disturbed
//   PEERCAP_DISK_LOG      a file that gets a line "NUMBER CALL PATH" for each of the calls, before it is made
//   PEERCAP_DISK_CALL     the number, from 0, of the call to disturb; without it, none
//   PEERCAP_DISK_EFFECT   error  the call fails with PEERCAP_DISK_ERRNO and does nothing
//                         full   it and every later one that needs room fails so: the disk stays full, but
//                         still renames kill   SIGKILL, in the middle of the call where it writes bytes, else
//                         before it

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

enum class Effect { none, error, full, kill };
enum class Need { room, nothing };
enum class Verdict { pass, fail, kill };

struct Wish {
  std::string folder;
  std::string log;
  long call = -1;
  Effect effect = Effect::none;
  int error = EIO;
};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

const Wish& wish() {
  static const Wish read = [] {
    Wish wish;
    wish.folder = variable("PEERCAP_DISK_FOLDER");
    wish.log = variable("PEERCAP_DISK_LOG");
    const std::string call = variable("PEERCAP_DISK_CALL");
    if (!call.empty()) wish.call = std::atol(call.c_str());
    const std::string effect = variable("PEERCAP_DISK_EFFECT");
    wish.effect = effect == "error"  ? Effect::error
                  : effect == "full" ? Effect::full
                  : effect == "kill" ? Effect::kill
                                     : Effect::none;
    const std::string error = variable("PEERCAP_DISK_ERRNO");
    if (!error.empty()) wish.error = std::atoi(error.c_str());
    return wish;
  }();
  return read;
}

std::atomic<long> calls{0};

void log_call(long number, std::string_view call, std::string_view path, Verdict verdict) {
  if (wish().log.empty()) return;
  // By the system itself: none of the functions below.
  const long file =
      ::syscall(SYS_openat, AT_FDCWD, wish().log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return;
  std::string line = std::to_string(number) + " " + std::string{call} + " " + std::string{path};
  line += verdict == Verdict::pass ? "\n" : " disturbed\n";
  if (::syscall(SYS_write, file, line.data(), line.size()) < 0) errno = 0;
  ::syscall(SYS_close, file);
}

/// The folder itself is part of it: it is brought to the disk as well.
bool is_within(std::string_view path) {
  const std::string& folder = wish().folder;
  return !folder.empty() && path.starts_with(folder) &&
         (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string path_of(int descriptor) {
  std::array<char, 4096> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
  return length <= 0 ? std::string{} : std::string{path.data(), static_cast<std::size_t>(length)};
}

Verdict judge(std::string_view call, std::string_view path, Need need) {
  const int before = errno;
  if (!is_within(path)) return Verdict::pass;
  const long number = calls.fetch_add(1);
  Verdict verdict = Verdict::pass;
  const bool is_it = number == wish().call;
  const bool is_after = wish().call >= 0 && number > wish().call;
  if (wish().effect == Effect::kill && is_it) verdict = Verdict::kill;
  if (wish().effect == Effect::error && is_it) verdict = Verdict::fail;
  if (wish().effect == Effect::full && (is_it || is_after) && need == Need::room) verdict = Verdict::fail;
  log_call(number, call, path, verdict);
  errno = before;
  return verdict;
}

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  while (true) ::pause();
}

/// The next function of that name.
template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// What `pass` gives, unless the call is to fail (with -1 and errno) or to be the last.
template <class Pass>
auto disturbed(std::string_view call, std::string_view path, Need need, Pass pass) -> decltype(pass()) {
  switch (judge(call, path, need)) {
    case Verdict::fail:
      errno = wish().error;
      return -1;
    case Verdict::kill:
      die();
    case Verdict::pass:
      break;
  }
  return pass();
}

using Write = ssize_t(int, const void*, size_t);
using WriteAt = ssize_t(int, const void*, size_t, off_t);

ssize_t write_at(const char* name, int descriptor, const void* bytes, size_t count, off_t offset) {
  auto* pass = next<WriteAt>(name);
  switch (judge("write", path_of(descriptor), Need::room)) {
    case Verdict::fail:
      errno = wish().error;
      return -1;
    case Verdict::kill:
      pass(descriptor, bytes, count / 2, offset);
      die();
    case Verdict::pass:
      break;
  }
  return pass(descriptor, bytes, count, offset);
}

int opened(const char* name, const char* path, int flags, mode_t mode) {
  auto* pass = next<int(const char*, int, ...)>(name);
  if ((flags & O_CREAT) == 0) return pass(path, flags, mode);
  return disturbed("create", path, Need::room, [&] { return pass(path, flags, mode); });
}

mode_t mode_of(int flags, va_list rest) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : mode_t{0};
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened("open64", path, flags, mode);
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
  auto* pass = next<Write>("write");
  return disturbed("write", path_of(descriptor), Need::room, [&] { return pass(descriptor, bytes, count); });
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  return write_at("pwrite", descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off_t offset) {
  return write_at("pwrite64", descriptor, bytes, count, offset);
}

ssize_t pread(int descriptor, void* bytes, size_t count, off_t offset) {
  auto* pass = next<ssize_t(int, void*, size_t, off_t)>("pread");
  return disturbed("read", path_of(descriptor), Need::nothing,
                   [&] { return pass(descriptor, bytes, count, offset); });
}

// Nothing is really synchronized: no test cuts the power, and the disk would be what most of the time is
// spent on.
int fsync(int descriptor) {
  return disturbed("fsync", path_of(descriptor), Need::room, [] { return 0; });
}

int fdatasync(int descriptor) {
  return fsync(descriptor);
}

int close(int descriptor) {
  auto* pass = next<int(int)>("close");
  switch (judge("close", path_of(descriptor), Need::nothing)) {
    case Verdict::fail:
      pass(descriptor);  // as Linux does: the descriptor is given back whatever close() says
      errno = wish().error;
      return -1;
    case Verdict::kill:
      die();
    case Verdict::pass:
      break;
  }
  return pass(descriptor);
}

int ftruncate(int descriptor, off_t length) {
  auto* pass = next<int(int, off_t)>("ftruncate");
  return disturbed("truncate", path_of(descriptor), Need::nothing, [&] { return pass(descriptor, length); });
}

int ftruncate64(int descriptor, off64_t length) {
  auto* pass = next<int(int, off64_t)>("ftruncate64");
  return disturbed("truncate", path_of(descriptor), Need::nothing, [&] { return pass(descriptor, length); });
}

int fallocate(int descriptor, int mode, off_t offset, off_t length) {
  auto* pass = next<int(int, int, off_t, off_t)>("fallocate");
  return disturbed("reserve", path_of(descriptor), Need::room,
                   [&] { return pass(descriptor, mode, offset, length); });
}

int posix_fallocate(int descriptor, off_t offset, off_t length) {
  auto* pass = next<int(int, off_t, off_t)>("posix_fallocate");
  // This one gives the error back.
  const int answer =
      disturbed("reserve", path_of(descriptor), Need::room, [&] { return pass(descriptor, offset, length); });
  return answer == -1 ? wish().error : answer;
}

int rename(const char* from, const char* to) {
  auto* pass = next<int(const char*, const char*)>("rename");
  return disturbed("rename", to, Need::nothing, [&] { return pass(from, to); });
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  auto* pass = next<int(int, const char*, int, const char*, unsigned)>("renameat2");
  return disturbed("rename", to, Need::nothing,
                   [&] { return pass(from_folder, from, to_folder, to, flags); });
}

int link(const char* from, const char* to) {
  auto* pass = next<int(const char*, const char*)>("link");
  return disturbed("link", to, Need::room, [&] { return pass(from, to); });
}

int mkdir(const char* path, mode_t mode) {
  auto* pass = next<int(const char*, mode_t)>("mkdir");
  return disturbed("mkdir", path, Need::room, [&] { return pass(path, mode); });
}

int unlink(const char* path) {
  auto* pass = next<int(const char*)>("unlink");
  return disturbed("remove", path, Need::nothing, [&] { return pass(path); });
}

int remove(const char* path) {
  auto* pass = next<int(const char*)>("remove");
  return disturbed("remove", path, Need::nothing, [&] { return pass(path); });
}

int rmdir(const char* path) {
  auto* pass = next<int(const char*)>("rmdir");
  return disturbed("remove", path, Need::nothing, [&] { return pass(path); });
}

}  // extern "C"
