#include "app/calibration/calibration_folder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/checkpoints/partial_files.h"
#include "sim/io/checkpoint/checkpoint_file.h"
#include "sim/support/state_archive.h"

namespace peercap::app {
namespace {

constexpr std::string_view batch_prefix = "batch-";
constexpr const char* block_name = "summaries";

CheckpointHeader header_of(const std::string& identity, std::size_t number) {
  return {"batch of a calibration", 1, fmt::format("{}/{}", identity, number)};
}

bool is_batch(const std::string& name) {
  return name.starts_with(batch_prefix);
}

std::string batch_name(std::size_t number) {
  return fmt::format("{}{:06}", batch_prefix, number);
}

}  // namespace

std::filesystem::path CalibrationFolder::path_for(const std::filesystem::path& result) {
  return partial_path_for(result);
}

std::optional<CalibrationFolder> CalibrationFolder::try_open(const std::filesystem::path& result) {
  std::filesystem::path path = path_for(result);
  auto lock = FolderLock::try_acquire(path);
  if (!lock) return std::nullopt;
  remove_half_written(path);
  return CalibrationFolder{std::move(path), std::move(*lock)};
}

bool CalibrationFolder::is_used() const {
  return std::ranges::any_of(names_in(path_), is_batch);
}

std::optional<std::vector<std::vector<double>>> CalibrationFolder::read_batch(const std::string& identity,
                                                                              std::size_t number) const {
  try {
    const CheckpointContent content =
        read_checkpoint(path_ / batch_name(number), header_of(identity, number));
    return value_of<std::vector<std::vector<double>>>(content.block(block_name));
  } catch (const CheckpointRefused& refused) {
    // What was not written whole is simulated again.
    if (refused.problem() == CheckpointProblem::absent || refused.problem() == CheckpointProblem::truncated ||
        refused.problem() == CheckpointProblem::damaged)
      return std::nullopt;
    throw;
  } catch (const StateFormatError&) {
    return std::nullopt;
  }
}

void CalibrationFolder::write_batch(const std::string& identity, std::size_t number,
                                    const std::vector<std::vector<double>>& summaries) {
  const std::vector<std::byte> bytes = bytes_of(summaries);
  const std::array blocks{CheckpointBlock{block_name, bytes}};
  write_checkpoint(path_ / batch_name(number), header_of(identity, number), blocks);
}

void CalibrationFolder::remove() {
  for (const std::string& name : names_in(path_))
    if (is_batch(name)) remove_file(path_ / name);
  lock_.remove_folder();
}

}  // namespace peercap::app
