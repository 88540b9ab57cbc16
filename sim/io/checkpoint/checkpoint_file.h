#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/io/files/file_system_calls.h"
#include "sim/io/input_output_error.h"

namespace peercap {

/// What a checkpoint is a state of (docs/formats/checkpoint_file.md). A reader that expects another one
/// refuses.
struct CheckpointHeader {
  std::string kind;          ///< in a few words: "replication in progress"
  std::uint32_t format = 1;  ///< version of what the blocks hold
  std::string identity;      ///< of what the state belongs to: a digest of scenario, seed, replication, ...

  friend bool operator==(const CheckpointHeader&, const CheckpointHeader&) = default;
};

/// A named part of a state. Names are unique within a file.
struct CheckpointBlock {
  std::string name;
  std::span<const std::byte> bytes;
};

/// Why a file is not the checkpoint that was asked for.
enum class CheckpointProblem {
  absent,
  unreadable,  ///< the system could not read it
  foreign,     ///< it is no checkpoint at all
  truncated,
  damaged,  ///< a checksum differs, or the parts contradict each other
  older_format,
  newer_format,
  other_kind,
  other_identity,
};

class CheckpointRefused : public InputOutputError {
 public:
  CheckpointRefused(std::filesystem::path file, CheckpointProblem problem, std::string reason,
                    std::string advice = {})
      : InputOutputError{std::move(file), "use this checkpoint", std::move(reason), std::move(advice)},
        problem_{problem} {}

  [[nodiscard]] CheckpointProblem problem() const { return problem_; }

 private:
  CheckpointProblem problem_;
};

/// A checkpoint in memory.
struct CheckpointContent {
  std::filesystem::path source;  ///< the generation that was read
  CheckpointHeader header;
  std::vector<std::byte> file;          ///< all of its bytes
  std::vector<CheckpointBlock> blocks;  ///< within `file`, in their order
  std::string note;                     ///< why the previous generation was taken; empty for the newest

  CheckpointContent() = default;
  CheckpointContent(CheckpointContent&&) = default;
  CheckpointContent& operator=(CheckpointContent&&) = default;

  /// Throws CheckpointRefused (damaged) when there is none of that name.
  [[nodiscard]] std::span<const std::byte> block(std::string_view name) const;
};

/// Writes a checkpoint that is complete and on the disk under its name, or not at all; a former one becomes
/// the previous generation, NAME.previous, and that before it is removed. Whenever the process ends, one
/// whole generation stands under one of both names. Checksums and digest are computed on as many threads as
/// there are processors. Throws InputOutputError; ContractViolation when two blocks have one name.
void write_checkpoint(const std::filesystem::path& file, const CheckpointHeader& header,
                      std::span<const CheckpointBlock> blocks, FileSystemCalls& calls = operating_system());

/// Reads the newest generation that is whole: `file`, or the previous one when that is absent or damaged.
/// Everything is checked before anything is returned, and no memory is taken beyond the size of the file.
/// Throws CheckpointRefused.
[[nodiscard]] CheckpointContent read_checkpoint(const std::filesystem::path& file,
                                                const CheckpointHeader& expected,
                                                FileSystemCalls& calls = operating_system());

/// Removes both generations, where there are any. Throws InputOutputError.
void remove_checkpoint(const std::filesystem::path& file, FileSystemCalls& calls = operating_system());

}  // namespace peercap
