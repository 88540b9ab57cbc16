#include "sim/io/files/file_system_calls.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace peercap {
namespace {

template <class Call>
auto without_interruption(Call call) {
  auto answer = call();
  while (answer < 0 && errno == EINTR) answer = call();
  return answer;
}

int zero_or_negative_errno(int answer) {
  return answer < 0 ? -errno : answer;
}

constexpr int maximum_offset_errno = -EFBIG;

bool fits_offset(std::uint64_t bytes) {
  return bytes <= static_cast<std::uint64_t>(std::numeric_limits<off_t>::max());
}

}  // namespace

int FileSystemCalls::create_folder(const std::filesystem::path& folder) {
  return zero_or_negative_errno(::mkdir(folder.c_str(), 0777));
}

int FileSystemCalls::create_file(const std::filesystem::path& file) {
  return zero_or_negative_errno(without_interruption(
      [&] { return ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666); }));
}

int FileSystemCalls::open_for_reading(const std::filesystem::path& file) {
  // Without blocking, so that a named pipe given by mistake is refused and not waited for.
  return zero_or_negative_errno(
      without_interruption([&] { return ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); }));
}

int FileSystemCalls::open_folder(const std::filesystem::path& folder) {
  return zero_or_negative_errno(
      without_interruption([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
}

std::int64_t FileSystemCalls::write(int descriptor, const void* bytes, std::size_t count,
                                    std::uint64_t offset) {
  if (!fits_offset(offset)) return maximum_offset_errno;
  const auto written =
      without_interruption([&] { return ::pwrite(descriptor, bytes, count, static_cast<off_t>(offset)); });
  return written < 0 ? -errno : written;
}

std::int64_t FileSystemCalls::read(int descriptor, void* bytes, std::size_t count, std::uint64_t offset) {
  if (!fits_offset(offset)) return maximum_offset_errno;
  const auto got =
      without_interruption([&] { return ::pread(descriptor, bytes, count, static_cast<off_t>(offset)); });
  return got < 0 ? -errno : got;
}

std::int64_t FileSystemCalls::size(int descriptor) {
  struct stat status = {};
  if (::fstat(descriptor, &status) < 0) return -errno;
  if (S_ISDIR(status.st_mode)) return -EISDIR;
  if (!S_ISREG(status.st_mode)) return -ESPIPE;
  return status.st_size;
}

int FileSystemCalls::reserve(int descriptor, std::uint64_t bytes) {
  if (!fits_offset(bytes)) return maximum_offset_errno;
  int failure = EINTR;
  while (failure == EINTR) failure = ::posix_fallocate(descriptor, 0, static_cast<off_t>(bytes));
  return -failure;
}

int FileSystemCalls::reserve_beyond_end(int descriptor, std::uint64_t bytes) {
  if (!fits_offset(bytes)) return maximum_offset_errno;
#ifdef FALLOC_FL_KEEP_SIZE
  return zero_or_negative_errno(without_interruption(
      [&] { return ::fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(bytes)); }));
#else
  static_cast<void>(descriptor);
  return -EOPNOTSUPP;
#endif
}

int FileSystemCalls::truncate(int descriptor, std::uint64_t bytes) {
  if (!fits_offset(bytes)) return maximum_offset_errno;
  return zero_or_negative_errno(
      without_interruption([&] { return ::ftruncate(descriptor, static_cast<off_t>(bytes)); }));
}

int FileSystemCalls::synchronize(int descriptor) {
  return zero_or_negative_errno(without_interruption([&] { return ::fsync(descriptor); }));
}

int FileSystemCalls::close(int descriptor) {
  // Never repeated: Linux gives the descriptor back even when close() reports an interruption.
  return zero_or_negative_errno(::close(descriptor));
}

int FileSystemCalls::rename_without_replacing(const std::filesystem::path& from,
                                              const std::filesystem::path& to) {
#ifdef RENAME_NOREPLACE
  return zero_or_negative_errno(::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE));
#else
  static_cast<void>(from);
  static_cast<void>(to);
  return -ENOSYS;
#endif
}

int FileSystemCalls::rename_replacing(const std::filesystem::path& from, const std::filesystem::path& to) {
  return zero_or_negative_errno(::rename(from.c_str(), to.c_str()));
}

int FileSystemCalls::link(const std::filesystem::path& from, const std::filesystem::path& to) {
  return zero_or_negative_errno(::link(from.c_str(), to.c_str()));
}

int FileSystemCalls::remove(const std::filesystem::path& file) {
  return zero_or_negative_errno(::unlink(file.c_str()));
}

std::int64_t FileSystemCalls::free_bytes(const std::filesystem::path& folder) {
  struct statvfs status = {};
  if (without_interruption([&] { return ::statvfs(folder.c_str(), &status); }) < 0) return -errno;
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const std::uint64_t block = std::max<std::uint64_t>(status.f_frsize, 1);
  return static_cast<std::int64_t>(std::min<std::uint64_t>(status.f_bavail, largest / block) * block);
}

FileSystemCalls& operating_system() {
  static FileSystemCalls calls;
  return calls;
}

int write_fully(FileSystemCalls& calls, int descriptor, const void* bytes, std::size_t count,
                std::uint64_t offset) {
  const auto* next = static_cast<const char*>(bytes);
  while (count > 0) {
    const std::int64_t written = calls.write(descriptor, next, count, offset);
    if (written < 0) return static_cast<int>(written);
    if (written == 0) return -EIO;
    next += written;
    count -= static_cast<std::size_t>(written);
    offset += static_cast<std::uint64_t>(written);
  }
  return 0;
}

std::int64_t read_fully(FileSystemCalls& calls, int descriptor, void* bytes, std::size_t count,
                        std::uint64_t offset) {
  auto* next = static_cast<char*>(bytes);
  std::int64_t total = 0;
  while (count > 0) {
    const std::int64_t got = calls.read(descriptor, next, count, offset);
    if (got < 0) return got;
    if (got == 0) break;
    next += got;
    total += got;
    count -= static_cast<std::size_t>(got);
    offset += static_cast<std::uint64_t>(got);
  }
  return total;
}

int write_compared(FileSystemCalls& calls, int descriptor, const void* bytes, std::size_t count,
                   std::uint64_t offset) {
  const int answer = write_fully(calls, descriptor, bytes, count, offset);
  if (answer < 0) return answer;
  constexpr std::size_t largest_piece = std::size_t{256} << 10;
  std::vector<char> found(std::min(count, largest_piece));
  const auto* next = static_cast<const char*>(bytes);
  while (count > 0) {
    const std::size_t piece = std::min(count, found.size());
    const std::int64_t got = read_fully(calls, descriptor, found.data(), piece, offset);
    if (got < 0) return static_cast<int>(got);
    if (static_cast<std::size_t>(got) != piece || std::memcmp(found.data(), next, piece) != 0) return -EIO;
    next += piece;
    offset += piece;
    count -= piece;
  }
  return 0;
}

std::string system_message(std::int64_t negative_errno) {
  return std::generic_category().message(static_cast<int>(-negative_errno));
}

std::string system_advice(std::int64_t negative_errno) {
  switch (-negative_errno) {
    case ENOSPC:
    case EDQUOT:
      return "free some space or choose another folder";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose a folder that you may write to";
    case ENAMETOOLONG:
      return "choose a shorter name";
    case EFBIG:
      return "choose a file system that holds larger files";
    case EIO:
      return "the disk may be failing: choose another one";
    default:
      return {};
  }
}

}  // namespace peercap
