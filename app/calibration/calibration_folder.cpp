#include "app/calibration/calibration_folder.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "sim/io/checkpoint/checkpoint_file.h"
#include "sim/support/state_archive.h"

namespace peercap::app {
namespace {

constexpr std::string_view batch_prefix = "batch-";
constexpr const char* block_name = "summaries";

CheckpointHeader header_of(const std::string& identity, std::size_t number) {
  return {"batch of a calibration", 1, fmt::format("{}/{}", identity, number)};
}

std::string batch_name(std::size_t number) {
  return fmt::format("{}{:06}", batch_prefix, number);
}

std::vector<std::filesystem::path> batches_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{folder, error})
    if (entry.path().filename().string().starts_with(batch_prefix)) files.push_back(entry.path());
  return files;
}

}  // namespace

std::filesystem::path CalibrationFolder::path_for(const std::filesystem::path& result) {
  return std::filesystem::path{result} += ".partial";
}

std::optional<CalibrationFolder> CalibrationFolder::try_open(const std::filesystem::path& result) {
  std::filesystem::path path = path_for(result);
  auto lock = FolderLock::try_acquire(path);
  if (!lock) return std::nullopt;
  return CalibrationFolder{std::move(path), std::move(*lock)};
}

bool CalibrationFolder::is_used() const {
  return !batches_in(path_).empty();
}

std::optional<std::vector<std::vector<double>>> CalibrationFolder::read_batch(const std::string& identity,
                                                                              std::size_t number) const {
  try {
    const CheckpointContent content =
        read_checkpoint(path_ / batch_name(number), header_of(identity, number));
    StateReader reader{content.block(block_name)};
    std::vector<std::vector<double>> summaries;
    reader(summaries);
    reader.expect_end();
    return summaries;
  } catch (const CheckpointRefused& refused) {
    // What was not written whole is simulated again.
    if (refused.problem() == CheckpointProblem::absent || refused.problem() == CheckpointProblem::truncated ||
        refused.problem() == CheckpointProblem::damaged)
      return std::nullopt;
    throw;
  }
}

void CalibrationFolder::write_batch(const std::string& identity, std::size_t number,
                                    const std::vector<std::vector<double>>& summaries) {
  StateWriter writer;
  writer(summaries);
  const std::vector<std::byte> bytes = writer.take();
  const std::array blocks{CheckpointBlock{block_name, bytes}};
  write_checkpoint(path_ / batch_name(number), header_of(identity, number), blocks);
}

void CalibrationFolder::remove() {
  std::error_code error;
  for (const auto& file : batches_in(path_)) std::filesystem::remove(file, error);
  lock_.remove_folder();
}

}  // namespace peercap::app
