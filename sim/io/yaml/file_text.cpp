#include "sim/io/yaml/file_text.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace peercap::yaml {
namespace {

class FileHandle {
 public:
  explicit FileHandle(const std::string& path) : descriptor_{::open(path.c_str(), O_RDONLY | O_CLOEXEC)} {}
  FileHandle(const FileHandle&) = delete;
  FileHandle& operator=(const FileHandle&) = delete;
  ~FileHandle() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace

std::optional<std::string> read_file_text(const std::string& path, Diagnostics& diagnostics,
                                          SourceLocation blame) {
  if (blame.file.empty()) blame.file = path;
  const auto refuse = [&](std::string what, std::string suggestion = {}) {
    diagnostics.error(blame, std::move(what), std::move(suggestion));
    return std::nullopt;
  };
  const auto too_large = [&](const std::string& size) {
    return refuse(fmt::format("`{}` is too large ({}): at most {} MiB are read", path, size,
                              max_file_bytes / (1024 * 1024)),
                  "a scenario file is a few pages of text; is this the file you mean?");
  };

  const FileHandle file{path};
  if (file.descriptor() < 0)
    return refuse(fmt::format("cannot open `{}`: {}", path, std::strerror(errno)),
                  errno == ENOENT ? "check the path; a relative one starts at the current folder" : "");
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0)
    return refuse(fmt::format("cannot examine `{}`: {}", path, std::strerror(errno)));
  if (S_ISDIR(status.st_mode))
    return refuse(fmt::format("`{}` is a folder, not a file", path), "name a file inside it");
  if (S_ISREG(status.st_mode) && static_cast<std::uintmax_t>(status.st_size) > max_file_bytes)
    return too_large(fmt::format("{:.1f} MiB", static_cast<double>(status.st_size) / (1024.0 * 1024.0)));

  std::string text;
  std::array<char, 65536> block{};
  while (true) {
    const ssize_t got = ::read(file.descriptor(), block.data(), block.size());
    if (got < 0) {
      if (errno == EINTR) continue;
      return refuse(fmt::format("cannot read `{}`: {}", path, std::strerror(errno)));
    }
    if (got == 0) break;
    text.append(block.data(), static_cast<std::size_t>(got));
    if (text.size() > max_file_bytes) return too_large("more than that");
  }
  return text;
}

}  // namespace peercap::yaml
