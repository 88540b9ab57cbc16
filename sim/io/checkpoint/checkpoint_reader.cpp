#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "sim/io/checkpoint/checkpoint_file.h"
#include "sim/io/checkpoint/checkpoint_layout.h"
#include "sim/io/files/durable_file.h"
#include "sim/io/files/input_file.h"

namespace peercap {

using namespace detail;

namespace {

namespace fs = std::filesystem;

/// Reads one generation, or says why not.
class GenerationReader {
 public:
  GenerationReader(const fs::path& file, FileSystemCalls& calls)
      : file_{file}, calls_{calls}, input_{file, calls} {
    if (input_.descriptor() == -ENOENT) refuse(CheckpointProblem::absent, "there is no such file");
    if (input_.descriptor() < 0) refuse(CheckpointProblem::unreadable, system_message(input_.descriptor()));
    const std::int64_t size = calls.size(input_.descriptor());
    if (size < 0) refuse(CheckpointProblem::unreadable, "it is not a regular file");
    size_ = static_cast<std::uint64_t>(size);
  }

  CheckpointContent read(const CheckpointHeader& expected) {
    CheckpointContent content;
    const CheckpointHead head = read_head(content, expected);
    read_rest(content, head);
    return content;
  }

 private:
  [[noreturn]] void refuse(CheckpointProblem problem, const std::string& reason,
                           const std::string& advice = {}) const {
    throw CheckpointRefused(file_, problem, reason, advice);
  }
  [[noreturn]] void refuse_as_damaged(const std::string& reason) const {
    refuse(CheckpointProblem::damaged, "it is damaged: " + reason);
  }
  [[noreturn]] void refuse_as_truncated() const {
    refuse(CheckpointProblem::truncated, fmt::format("it is not complete: it ends after {} bytes", size_));
  }

  /// Extends `content.file` to `size` bytes.
  void read_up_to(CheckpointContent& content, std::uint64_t size) {
    if (size > size_) refuse_as_truncated();
    const std::size_t before = content.file.size();
    try {
      content.file.resize(size);
    } catch (const std::bad_alloc&) {
      refuse(CheckpointProblem::unreadable, fmt::format("its {} bytes do not fit into memory", size));
    }
    const std::int64_t got =
        read_fully(calls_, input_.descriptor(), content.file.data() + before, size - before, before);
    if (got < 0) refuse(CheckpointProblem::unreadable, system_message(got), system_advice(got));
    if (static_cast<std::uint64_t>(got) != size - before) refuse_as_truncated();
  }

  CheckpointHead read_head(CheckpointContent& content, const CheckpointHeader& expected) {
    if (size_ == 0) refuse(CheckpointProblem::truncated, "it is empty");
    if (size_ < checkpoint_preface) {
      read_up_to(content, size_);
      const std::size_t common = std::min(content.file.size(), checkpoint_magic.size());
      if (std::memcmp(content.file.data(), checkpoint_magic.data(), common) == 0) refuse_as_truncated();
      refuse(CheckpointProblem::foreign, "it is not a checkpoint of peercap");
    }
    read_up_to(content, checkpoint_preface);
    const CheckpointPreface preface = decode_preface(content.file);
    if (!preface.is_checkpoint) refuse(CheckpointProblem::foreign, "it is not a checkpoint of peercap");
    if (preface.head_size < checkpoint_preface) refuse_as_damaged("its head has an impossible size");
    read_up_to(content, preface.head_size);
    if (!has_valid_checksum(content.file)) refuse_as_damaged("the checksum of its head differs");
    refuse_other_version("the file", preface.version, checkpoint_layout_version);
    CheckpointHead head;
    try {
      head = decode_head(content.file);
    } catch (const std::runtime_error& error) {
      refuse_as_damaged(error.what());
    }
    if (head.header.kind != expected.kind)
      refuse(CheckpointProblem::other_kind,
             fmt::format("it holds a {}, not a {}", head.header.kind, expected.kind));
    refuse_other_version("the state in it", head.header.format, expected.format);
    if (head.header.identity != expected.identity)
      refuse(CheckpointProblem::other_identity,
             "it belongs to another run: the scenario, the seed, the replication or the version of peercap "
             "differs");
    if (size_ < head.file_size) refuse_as_truncated();
    if (size_ > head.file_size) refuse_as_damaged("something follows its end");
    return head;
  }

  void refuse_other_version(const std::string& what, std::uint32_t found, std::uint32_t known) const {
    if (found == known) return;
    const bool is_older = found < known;
    refuse(is_older ? CheckpointProblem::older_format : CheckpointProblem::newer_format,
           fmt::format("the format of {} is version {}, {} than version {}, which this peercap reads", what,
                       found, is_older ? "older" : "newer", known),
           "go on with the peercap that wrote it, or start anew");
  }

  void read_rest(CheckpointContent& content, const CheckpointHead& head) {
    const std::size_t head_size = content.file.size();
    read_up_to(content, head.file_size);
    std::span<const std::byte> rest{content.file};
    rest = rest.subspan(head_size);
    for (const CheckpointTableRow& row : head.table) {
      content.blocks.push_back({row.name, rest.first(row.size)});
      rest = rest.subspan(row.size);
    }
    const std::vector<PieceSum> sums = sum_pieces(content.blocks);
    auto sum = sums.begin();
    for (const CheckpointTableRow& row : head.table)
      for (const std::uint32_t checksum : row.checksums)
        if (sum++->checksum != checksum)
          refuse_as_damaged(fmt::format("the checksum of its block `{}` differs", row.name));
    const std::string digest = digest_of(std::span<const std::byte>{content.file}.first(head_size), sums);
    if (std::memcmp(rest.data(), digest.data(), digest.size()) != 0) refuse_as_damaged("its digest differs");
    content.header = head.header;
    content.source = file_;
  }

  fs::path file_;
  FileSystemCalls& calls_;
  InputFile input_;
  std::uint64_t size_ = 0;
};

/// Whether an older generation may be whole where this one is not.
bool is_fault_of_the_file(CheckpointProblem problem) {
  switch (problem) {
    case CheckpointProblem::absent:
    case CheckpointProblem::unreadable:
    case CheckpointProblem::foreign:
    case CheckpointProblem::truncated:
    case CheckpointProblem::damaged:
      return true;
    case CheckpointProblem::older_format:
    case CheckpointProblem::newer_format:
    case CheckpointProblem::other_kind:
    case CheckpointProblem::other_identity:
      return false;
  }
  return false;
}

}  // namespace

std::span<const std::byte> CheckpointContent::block(std::string_view name) const {
  const auto found = std::ranges::find(blocks, name, &CheckpointBlock::name);
  if (found == blocks.end())
    throw CheckpointRefused(source, CheckpointProblem::damaged, fmt::format("it has no block `{}`", name));
  return found->bytes;
}

CheckpointContent read_checkpoint(const fs::path& file, const CheckpointHeader& expected,
                                  FileSystemCalls& calls) {
  std::optional<CheckpointRefused> newest;
  try {
    return GenerationReader{file, calls}.read(expected);
  } catch (const CheckpointRefused& refused) {
    if (!is_fault_of_the_file(refused.problem())) throw;
    newest = refused;
  }
  const fs::path previous = name_of_previous(file);
  try {
    CheckpointContent content = GenerationReader{previous, calls}.read(expected);
    content.note = fmt::format("{}: {}; the state before it is taken, {}", file.string(), newest->reason(),
                               previous.string());
    return content;
  } catch (const CheckpointRefused& refused) {
    if (refused.problem() == CheckpointProblem::absent) throw *newest;
    throw CheckpointRefused(file, newest->problem(),
                            fmt::format("{}; nor can the one before it, {}: {}", newest->reason(),
                                        previous.string(), refused.reason()),
                            newest->advice());
  }
}

void remove_checkpoint(const fs::path& file, FileSystemCalls& calls) {
  for (const fs::path& generation : {file, name_of_previous(file)}) {
    const int answer = calls.remove(generation);
    if (answer < 0 && answer != -ENOENT)
      throw InputOutputError(generation, "remove it", system_message(answer), system_advice(answer));
  }
}

}  // namespace peercap
