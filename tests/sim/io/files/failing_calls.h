#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "sim/io/files/file_system_calls.h"

namespace peercap {

/// The operating system's calls, of which one fails: that with the number `failing_call`, counted from 0.
/// Writes transfer at most `largest_write` bytes, so that there are many of them.
/// Nothing is really synchronized: no test cuts the power, and the disk would be what most of the time is
/// spent on.
class FailingCalls : public FileSystemCalls {
 public:
  static constexpr int never = -1;

  FailingCalls(int failing_call, int error, std::size_t largest_write = 4096)
      : failing_call_{failing_call}, error_{error}, largest_write_{largest_write} {}

  /// The name of the call that was made to fail; empty when it never came to that.
  [[nodiscard]] const std::string& failed_call() const { return failed_call_; }
  [[nodiscard]] int call_count() const { return calls_; }

  int create_folder(const std::filesystem::path& folder) override {
    return fails("create_folder") ? -error_ : FileSystemCalls::create_folder(folder);
  }
  int create_file(const std::filesystem::path& file) override {
    return fails("create_file") ? -error_ : FileSystemCalls::create_file(file);
  }
  int open_folder(const std::filesystem::path& folder) override {
    if (fails("open_folder")) return -error_;
    const int descriptor = FileSystemCalls::open_folder(folder);
    folders_.insert(descriptor);
    return descriptor;
  }
  std::int64_t write(int descriptor, const void* bytes, std::size_t count, std::uint64_t offset) override {
    if (fails("write")) return -error_;
    return FileSystemCalls::write(descriptor, bytes, std::min(count, largest_write_), offset);
  }
  std::int64_t read(int descriptor, void* bytes, std::size_t count, std::uint64_t offset) override {
    return fails("read") ? -error_ : FileSystemCalls::read(descriptor, bytes, count, offset);
  }
  std::int64_t size(int descriptor) override {
    return fails("size") ? -error_ : FileSystemCalls::size(descriptor);
  }
  int reserve(int descriptor, std::uint64_t bytes) override {
    return fails("reserve") ? -error_ : FileSystemCalls::reserve(descriptor, bytes);
  }
  int reserve_beyond_end(int descriptor, std::uint64_t bytes) override {
    return fails("reserve_beyond_end") ? -error_ : FileSystemCalls::reserve_beyond_end(descriptor, bytes);
  }
  int truncate(int descriptor, std::uint64_t bytes) override {
    return fails("truncate") ? -error_ : FileSystemCalls::truncate(descriptor, bytes);
  }
  int synchronize(int descriptor) override {
    const char* name = folders_.contains(descriptor) ? "synchronize_folder" : "synchronize";
    return fails(name) ? -error_ : 0;
  }
  int close(int descriptor) override {
    const bool reports_failure = fails(folders_.erase(descriptor) > 0 ? "close_folder" : "close");
    const int answer = FileSystemCalls::close(descriptor);
    return reports_failure ? -error_ : answer;
  }
  int rename_without_replacing(const std::filesystem::path& from, const std::filesystem::path& to) override {
    return fails("rename_without_replacing") ? -error_ : FileSystemCalls::rename_without_replacing(from, to);
  }
  int rename_replacing(const std::filesystem::path& from, const std::filesystem::path& to) override {
    return fails("rename_replacing") ? -error_ : FileSystemCalls::rename_replacing(from, to);
  }
  int link(const std::filesystem::path& from, const std::filesystem::path& to) override {
    return fails("link") ? -error_ : FileSystemCalls::link(from, to);
  }
  int remove(const std::filesystem::path& file) override {
    return fails("remove") ? -error_ : FileSystemCalls::remove(file);
  }
  std::int64_t free_bytes(const std::filesystem::path& folder) override {
    return fails("free_bytes") ? -error_ : FileSystemCalls::free_bytes(folder);
  }

 private:
  bool fails(const char* name) {
    if (calls_++ != failing_call_) return false;
    failed_call_ = name;
    return true;
  }

  int failing_call_;
  int error_;
  std::size_t largest_write_;
  int calls_ = 0;
  std::string failed_call_;
  std::set<int> folders_;
};

}  // namespace peercap
