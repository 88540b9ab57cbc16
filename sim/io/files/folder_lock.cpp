#include "sim/io/files/folder_lock.h"

#include <array>
#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/io/files/file_system_calls.h"
#include "sim/io/input_output_error.h"

namespace peercap {
namespace {

namespace fs = std::filesystem;

/// Whether the name still means the file that was opened, and not one made anew after it was removed.
bool is_in_place(int descriptor, const fs::path& file) {
  struct stat opened = {};
  struct stat named = {};
  return ::fstat(descriptor, &opened) == 0 && ::stat(file.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

void write_holder(int descriptor) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  const std::string text = fmt::format("process {} on {}\n", ::getpid(), host.data());
  // For people only: that it cannot be written is no failure.
  if (::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, text.data(), text.size(), 0) < 0) return;
}

}  // namespace

FolderLock::FolderLock(fs::path folder, int descriptor)
    : folder_{std::move(folder)}, descriptor_{descriptor} {}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : folder_{std::move(other.folder_)}, descriptor_{std::exchange(other.descriptor_, -1)} {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(folder_, other.folder_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<FolderLock> FolderLock::try_acquire(const fs::path& folder) {
  const fs::path file = folder / file_name;
  // The one who removes a folder may be faster; then it is made again.
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
      throw InputOutputError(folder, "create this folder", failure.message(), "choose another folder");
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0) {
      if (errno == ENOENT || errno == EINTR) continue;
      throw InputOutputError(file, "create a file in its folder", system_message(-errno),
                             system_advice(-errno));
    }
    FolderLock lock{folder, descriptor};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return std::nullopt;
    if (!is_in_place(descriptor, file)) continue;
    write_holder(descriptor);
    return lock;
  }
  throw InputOutputError(file, "lock it", "others keep creating and removing it");
}

std::string FolderLock::holder(const fs::path& folder) {
  std::ifstream input{folder / file_name};
  std::string text;
  std::getline(input, text);
  return text.empty() ? "another process" : text;
}

bool FolderLock::remove_folder() {
  ::unlink((folder_ / file_name).c_str());
  return ::rmdir(folder_.c_str()) == 0;
}

}  // namespace peercap
