#include "sim/io/files/durable_file.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <random>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "sim/io/input_output_error.h"

namespace peercap {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view refusal_advice =
    "choose another name, or ask for the file to be replaced; an existing file is never overwritten unasked";

/// A name no other writer uses: process, a counter and chance (processes of several hosts may share a
/// folder).
std::string unique_suffix() {
  static std::atomic<unsigned> counter{0};
  std::random_device chance;
  std::string suffix = fmt::format(".{}-{}-", ::getpid(), counter.fetch_add(1));
  constexpr std::string_view digits = "0123456789abcdef";
  for (int i = 0; i < 8; ++i) suffix += digits[chance() & 0xfu];
  return suffix + ".partial";
}

/// The regular file that `target` means, or will mean: absolute, symbolic links followed.
fs::path resolve_target(const fs::path& target, ExistingFile existing) {
  std::error_code failure;
  if (!target.has_filename() || target.filename() == "." || target.filename() == "..")
    throw InputOutputError(target, "write", "this names a folder, not a file", "add a file name");
  fs::path resolved = fs::absolute(target, failure);
  if (failure) throw InputOutputError(target, "write", failure.message());
  if (fs::is_symlink(fs::symlink_status(resolved, failure))) {
    resolved = fs::canonical(resolved, failure);
    if (failure)
      throw InputOutputError(target, "write", "it is a symbolic link to nothing",
                             "remove the link or choose another name");
  }
  const fs::file_status status = fs::status(resolved, failure);
  if (status.type() == fs::file_type::not_found) return resolved;
  if (status.type() == fs::file_type::none) throw InputOutputError(target, "write", failure.message());
  if (!fs::is_regular_file(status))
    throw InputOutputError(target, "write", "it exists and is not a regular file", "choose another name");
  if (existing == ExistingFile::refuse)
    throw InputOutputError(target, "write", "it exists already", std::string{refusal_advice});
  return resolved;
}

int synchronize_and_close(FileSystemCalls& calls, int folder) {
  const int answer = calls.synchronize(folder);
  calls.close(folder);
  // Some file systems cannot synchronize folders; there a rename is as durable as it gets.
  return answer == -EINVAL || answer == -EOPNOTSUPP ? 0 : answer;
}

/// Creates `folder` and its missing parents, each made durable by synchronizing the folder that holds it.
void create_folders(const fs::path& target, const fs::path& folder, FileSystemCalls& calls) {
  std::vector<fs::path> missing;
  std::error_code failure;
  for (fs::path at = folder; !fs::exists(at, failure) && !failure; at = at.parent_path()) {
    missing.push_back(at);
    if (at == at.parent_path()) break;
  }
  if (failure) throw InputOutputError(target, "use its folder", failure.message());
  while (!missing.empty()) {
    const fs::path next = std::move(missing.back());
    missing.pop_back();
    int answer = calls.create_folder(next);
    if (answer == -EEXIST) continue;  // another process was faster
    if (answer >= 0) answer = calls.open_folder(next.parent_path());
    if (answer >= 0) answer = synchronize_and_close(calls, answer);
    if (answer < 0)
      throw InputOutputError(target, "create the folder " + next.string(), system_message(answer),
                             system_advice(answer));
  }
  if (!fs::is_directory(folder, failure))
    throw InputOutputError(target, "write", folder.string() + " is not a folder", "choose another folder");
}

/// Whether a call failed because the file system does not know it.
bool is_unsupported(int answer) {
  return answer == -EINVAL || answer == -ENOSYS || answer == -EOPNOTSUPP || answer == -EPERM ||
         answer == -EMLINK;
}

}  // namespace

fs::path name_of_previous(const fs::path& file) {
  fs::path name = file;
  name += ".previous";
  return name;
}

DurableFile::DurableFile(const fs::path& target, ExistingFile existing, FileSystemCalls& calls)
    : calls_{calls},
      existing_{existing},
      target_{resolve_target(target, existing)},
      folder_{target_.parent_path()} {
  create_folders(target_, folder_, calls_);
  create_temporary();
}

DurableFile::~DurableFile() {
  discard();
}

void DurableFile::fail(std::string_view operation, std::int64_t negative_errno) const {
  throw InputOutputError(target_, std::string{operation}, system_message(negative_errno),
                         system_advice(negative_errno));
}

void DurableFile::create_temporary() {
  constexpr std::size_t kept_of_name = 180;  // leaves room for the suffix within the usual limit of 255 bytes
  constexpr int attempts = 8;
  const std::string stem = fmt::format(".{}", target_.filename().string().substr(0, kept_of_name));
  for (int attempt = 1; descriptor_ < 0; ++attempt) {
    const fs::path candidate = folder_ / (stem + unique_suffix());
    const int answer = calls_.create_file(candidate);
    if (answer == -EEXIST && attempt < attempts) continue;
    if (answer < 0) fail("create a file in its folder", answer);
    descriptor_ = answer;
    temporary_ = candidate;
  }
}

void DurableFile::reserve_exactly(std::uint64_t bytes) {
  if (bytes == 0) return;
  const int answer = calls_.reserve(descriptor_, bytes);
  if (answer == -EINVAL || answer == -EOPNOTSUPP || answer == -ENOSYS)
    return;  // every write is checked all the same
  check(fmt::format("reserve {} bytes", bytes), answer);
}

void DurableFile::reserve_at_most(std::uint64_t bytes) {
  if (bytes == 0) return;
  const int answer = calls_.reserve_beyond_end(descriptor_, bytes);
  if (answer == -ENOSPC || answer == -EDQUOT || answer == -EFBIG) return;
  if (answer == -EINVAL || answer == -EOPNOTSUPP || answer == -ENOSYS) return;
  check(fmt::format("reserve {} bytes", bytes), answer);
}

void DurableFile::write(const void* bytes, std::size_t count, std::uint64_t offset) {
  check("write", write_compared(calls_, descriptor_, bytes, count, offset));
}

void DurableFile::truncate(std::uint64_t bytes) {
  check("set its size", calls_.truncate(descriptor_, bytes));
}

void DurableFile::publish() {
  check("bring it to the disk", calls_.synchronize(descriptor_));
  // close() may be the first to tell of a failed write on a network file system.
  check("close", calls_.close(std::exchange(descriptor_, -1)));
  switch (existing_) {
    case ExistingFile::refuse:
      publish_new();
      break;
    case ExistingFile::replace:
      publish_over_existing();
      break;
    case ExistingFile::set_aside:
      publish_and_set_aside();
      break;
  }
}

int DurableFile::synchronize_folder() {
  const int folder = calls_.open_folder(folder_);
  return folder < 0 ? folder : synchronize_and_close(calls_, folder);
}

void DurableFile::publish_new() {
  int answer = calls_.rename_without_replacing(temporary_, target_);
  if (is_unsupported(answer)) {
    answer = calls_.link(temporary_, target_);
    if (answer >= 0) calls_.remove(temporary_);
  }
  if (answer == -EEXIST)
    throw InputOutputError(target_, "write", "it exists already: another process wrote it meanwhile",
                           std::string{refusal_advice});
  if (is_unsupported(answer))
    throw InputOutputError(target_, "write",
                           "its file system cannot rename without the danger of overwriting",
                           "choose a folder on another file system, or ask for the file to be replaced");
  check("rename the finished file", answer);
  temporary_.clear();
  answer = synchronize_folder();
  if (answer < 0) {
    calls_.remove(target_);
    fail("bring its folder to the disk", answer);
  }
}

void DurableFile::publish_over_existing() {
  enum class Former { absent, kept, unprotected };
  // A second name keeps the former file until the new one is known to be durable.
  fs::path second_name = temporary_;
  second_name.replace_extension(".former.partial");
  int answer = calls_.link(target_, second_name);
  if (answer < 0 && answer != -ENOENT && !is_unsupported(answer)) fail("keep the former file", answer);
  const Former former = answer >= 0 ? Former::kept : answer == -ENOENT ? Former::absent : Former::unprotected;

  answer = calls_.rename_replacing(temporary_, target_);
  if (answer < 0) {
    if (former == Former::kept) calls_.remove(second_name);
    fail("rename the finished file", answer);
  }
  temporary_.clear();

  answer = synchronize_folder();
  if (answer >= 0) {
    if (former == Former::kept) calls_.remove(second_name);
    return;
  }
  if (former == Former::unprotected)
    throw InputOutputError(target_, "bring its folder to the disk", system_message(answer),
                           "the new file is complete, but may not survive a power failure");
  const int undone =
      former == Former::kept ? calls_.rename_replacing(second_name, target_) : calls_.remove(target_);
  if (undone < 0 && former == Former::kept)
    throw InputOutputError(target_, "bring its folder to the disk", system_message(answer),
                           "the former file is now " + second_name.string());
  fail("bring its folder to the disk", answer);
}

void DurableFile::publish_and_set_aside() {
  // Between the two renames only the previous name stands, which readers know; the renames reach the disk
  // together with the folder.
  const fs::path previous = name_of_previous(target_);
  int answer = calls_.rename_replacing(target_, previous);
  if (answer < 0 && answer != -ENOENT) fail("set the former file aside", answer);
  const bool has_former = answer >= 0;
  answer = calls_.rename_replacing(temporary_, target_);
  if (answer < 0) {
    if (has_former) calls_.rename_replacing(previous, target_);
    fail("rename the finished file", answer);
  }
  temporary_.clear();
  answer = synchronize_folder();
  if (answer < 0)
    throw InputOutputError(target_, "bring its folder to the disk", system_message(answer),
                           "the new file is complete, but may not survive a power failure");
}

void DurableFile::discard() noexcept {
  if (descriptor_ >= 0) calls_.close(std::exchange(descriptor_, -1));
  if (!temporary_.empty()) calls_.remove(temporary_);
  temporary_.clear();
}

void check_writable(const fs::path& target, ExistingFile existing, std::uint64_t expected_bytes,
                    FileSystemCalls& calls) {
  const DurableFile probe{target, existing, calls};
  const std::int64_t available = calls.free_bytes(probe.target().parent_path());
  if (available < 0) probe.fail("ask for the free space", available);
  if (static_cast<std::uint64_t>(available) < expected_bytes)
    throw InputOutputError(
        target, "write",
        fmt::format("it may need {} bytes and its folder has {} free", expected_bytes, available),
        system_advice(-ENOSPC));
}

}  // namespace peercap
