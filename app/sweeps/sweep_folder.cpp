#include "app/sweeps/sweep_folder.h"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/checkpoints/partial_files.h"
#include "sim/io/checkpoint/checkpoint_file.h"
#include "sim/io/files/input_file.h"
#include "sim/support/state_archive.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifest_name = "manifest";
constexpr std::string_view block_prefix = "runs-";
constexpr std::string_view previous_suffix = ".previous";

// Versions of what the blocks hold. The identity has the program's version as well.
const CheckpointHeader manifest_header{"manifest of a sweep", 2, ""};
constexpr std::string_view block_kind = "block of a sweep's runs";
constexpr std::uint32_t block_format = 1;

/// What stands before the numbers of a block.
struct BlockBooks {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  std::uint64_t first_point = 0;
  std::uint64_t points = 0;
  std::vector<SweepFailure> failures;
  double wall_seconds = 0.0;
  double processor_seconds = 0.0;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(first, end, first_point, points, failures, wall_seconds, processor_seconds);
  }
};

std::vector<std::byte> joined(const std::vector<std::vector<double>>& arrays) {
  std::vector<std::byte> bytes;
  for (const auto& array : arrays) {
    const auto part = std::as_bytes(std::span{array});
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  return bytes;
}

bool is_block(const std::string& name) {
  return name.starts_with(block_prefix) && !name.ends_with(previous_suffix);
}

bool is_ours(const std::string& name) {
  return name.starts_with(block_prefix) || name.starts_with(manifest_name) || is_half_written(name);
}

CheckpointHeader block_header(const std::string& identity) {
  return {std::string{block_kind}, block_format, identity};
}

/// Numbers within a file that was found whole.
class StoredNumbers {
 public:
  StoredNumbers(fs::path file, std::uint64_t place, std::uint64_t length)
      : file_{std::move(file)}, place_{place}, length_{length} {}

  void operator()(std::size_t array, std::uint64_t offset, std::span<double> values) const {
    FileSystemCalls& calls = operating_system();
    const InputFile input{file_, calls};
    if (input.descriptor() < 0) throw InputOutputError(file_, "open", system_message(input.descriptor()));
    const std::int64_t got = read_fully(calls, input.descriptor(), values.data(), values.size_bytes(),
                                        place_ + (array * length_ + offset) * sizeof(double));
    if (got < 0) throw InputOutputError(file_, "read", system_message(got));
    if (static_cast<std::size_t>(got) != values.size_bytes())
      throw InputOutputError(file_, "read", "it is shorter than it was");
  }

 private:
  fs::path file_;
  std::uint64_t place_;
  std::uint64_t length_;
};

SavedBlock saved_block(const CheckpointContent& content, std::size_t measures, std::size_t columns) {
  auto books = value_of<BlockBooks>(content.block("books"));
  const auto design = content.block("design");
  const auto outcomes = content.block("outcomes");
  if (books.first >= books.end || outcomes.size() != measures * (books.end - books.first) * sizeof(double) ||
      design.size() != columns * books.points * sizeof(double))
    throw CheckpointRefused(content.source, CheckpointProblem::damaged, "its parts contradict each other");
  const auto place = [&](std::span<const std::byte> block) {
    return static_cast<std::uint64_t>(block.data() - content.file.data());
  };
  SavedBlock saved;
  saved.range = {books.first, books.end};
  saved.failures = std::move(books.failures);
  saved.wall_seconds = books.wall_seconds;
  saved.processor_seconds = books.processor_seconds;
  saved.segment = {saved.range, books.first_point, books.points,
                   StoredNumbers{content.source, place(outcomes), saved.range.count()},
                   StoredNumbers{content.source, place(design), books.points}};
  return saved;
}

}  // namespace

std::size_t SweepBlock::bytes() const {
  std::size_t numbers = 0;
  for (const auto& array : measures) numbers += array.size();
  for (const auto& array : design) numbers += array.size();
  return numbers * sizeof(double);
}

std::optional<SweepFolder> SweepFolder::try_open(const fs::path& result) {
  fs::path path = partial_path_for(result);
  auto lock = FolderLock::try_acquire(path);
  if (!lock) return std::nullopt;
  remove_half_written(path);
  return SweepFolder{std::move(path), std::move(*lock)};
}

bool SweepFolder::is_used() const {
  return std::ranges::any_of(names_in(path_), [](const std::string& name) { return is_ours(name); });
}

std::optional<SweepManifest> SweepFolder::manifest() const {
  const fs::path file = path_ / manifest_name;
  try {
    return value_of<SweepManifest>(read_checkpoint(file, manifest_header).block("manifest"));
  } catch (const StateFormatError& error) {
    throw CheckpointRefused(file, CheckpointProblem::damaged, error.what());
  } catch (const CheckpointRefused& refused) {
    if (refused.problem() == CheckpointProblem::absent) return std::nullopt;
    throw;
  }
}

void SweepFolder::write_manifest(const SweepManifest& manifest) {
  const std::vector<std::byte> bytes = bytes_of(manifest);
  const std::vector<CheckpointBlock> blocks{{"manifest", bytes}};
  write_checkpoint(path_ / manifest_name, manifest_header, blocks);
}

std::vector<SavedBlock> SweepFolder::blocks(const std::string& identity, std::size_t measures,
                                            std::size_t columns, std::vector<std::string>& notes) {
  std::vector<SavedBlock> found;
  for (const std::string& name : names_in(path_)) {
    if (!is_block(name)) continue;
    const fs::path file = path_ / name;
    std::string problem;
    try {
      SavedBlock block = saved_block(read_checkpoint(file, block_header(identity)), measures, columns);
      // Blocks never overlap unless somebody copied one; the first holds the same runs.
      if (!found.empty() && block.range.first < found.back().range.end) continue;
      found.push_back(std::move(block));
    } catch (const StateFormatError& error) {
      problem = error.what();
    } catch (const CheckpointRefused& refused) {
      // It may be whole: that it could not be read now is no reason to remove it.
      if (refused.problem() == CheckpointProblem::unreadable) throw;
      problem = refused.what();
    }
    if (problem.empty()) continue;
    notes.push_back(problem + "; its runs are made again");
    remove_checkpoint(file);
  }
  return found;
}

void SweepFolder::write_block(const std::string& identity, const SweepBlock& block) {
  BlockBooks books{block.range.first, block.range.end,    block.first_point,      0,
                   block.failures,    block.wall_seconds, block.processor_seconds};
  books.points = block.design.empty() ? 0 : block.design.front().size();
  const std::vector<std::byte> book_bytes = bytes_of(books);
  const std::vector<std::byte> design = joined(block.design);
  const std::vector<std::byte> outcomes = joined(block.measures);
  const std::vector<CheckpointBlock> blocks{
      {"books", book_bytes}, {"design", design}, {"outcomes", outcomes}};
  write_checkpoint(path_ / fmt::format("{}{:020}", block_prefix, block.range.first), block_header(identity),
                   blocks);
}

void SweepFolder::remove() {
  // The manifest last: a folder that is removed half is still known for what it is.
  for (const bool manifest_turn : {false, true})
    for (const std::string& name : names_in(path_)) {
      if (!is_ours(name) || name.starts_with(manifest_name) != manifest_turn) continue;
      remove_file(path_ / name);
    }
  lock_.remove_folder();
}

void SweepFolder::remove_if_unused() {
  if (!is_used()) lock_.remove_folder();
}

}  // namespace peercap::app
