#include "sim/io/csv/line_source.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace peercap::csv {

std::optional<LineSource> LineSource::open(const std::string& path, Diagnostics& diagnostics,
                                           const SourceLocation& blame) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    diagnostics.error(blame, fmt::format("cannot open `{}`: {}", path, std::strerror(errno)),
                      errno == ENOENT ? "check the path and the folder that it starts from" : "");
    return std::nullopt;
  }
  LineSource source{descriptor};
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) {
    diagnostics.error(blame, fmt::format("cannot examine `{}`: {}", path, std::strerror(errno)));
    return std::nullopt;
  }
  if (S_ISDIR(status.st_mode)) {
    diagnostics.error(blame, fmt::format("`{}` is a folder, not a file", path), "name a file inside it");
    return std::nullopt;
  }
  return source;
}

LineSource::LineSource(LineSource&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)},
      block_{std::move(other.block_)},
      begin_{other.begin_},
      end_{other.end_},
      failed_{other.failed_},
      bytes_{other.bytes_},
      digest_{other.digest_} {}

LineSource::~LineSource() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool LineSource::fill() {
  while (true) {
    const ssize_t got = ::read(descriptor_, block_.data(), block_.size());
    if (got < 0 && errno == EINTR) continue;
    failed_ = got < 0;
    if (got <= 0) return false;
    begin_ = 0;
    end_ = static_cast<std::size_t>(got);
    bytes_ += end_;
    digest_.update(block_.data(), end_);
    return true;
  }
}

LineSource::Got LineSource::next(std::string& line, std::size_t max_bytes) {
  line.clear();
  bool is_begun = false;
  while (true) {
    if (begin_ == end_ && !fill()) {
      if (failed_) return Got::unreadable;
      if (!is_begun) return Got::end;
      break;
    }
    is_begun = true;
    const char* first = block_.data() + begin_;
    const auto* newline = static_cast<const char*>(std::memchr(first, '\n', end_ - begin_));
    const std::size_t count = newline == nullptr ? end_ - begin_ : static_cast<std::size_t>(newline - first);
    if (line.size() + count > max_bytes + 1) return Got::too_long;  // one more for a carriage return
    line.append(first, count);
    begin_ += count + (newline == nullptr ? 0 : 1);
    if (newline == nullptr) continue;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    break;
  }
  return line.size() > max_bytes ? Got::too_long : Got::line;
}

}  // namespace peercap::csv
