#include "app/sweeps/shard_files.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "app/sweeps/sweep_content.h"
#include "sim/io/input_output_error.h"

namespace peercap::app {
namespace {

/// What of a file is in memory as long as it is open is at most this many numbers of each array.
constexpr std::uint64_t most_values = 4096;

/// How many numbers there are, nothing where some are streams.
std::optional<std::size_t> numbers_in_memory(const std::vector<ResultGroup>& groups) {
  std::size_t count = 0;
  for (const ResultGroup& group : groups)
    for (const ResultVariable& variable : group.variables) {
      if (variable.stream) return std::nullopt;
      count += value_count(variable);
    }
  return count;
}

}  // namespace

OpenResult open_shard_file(const std::filesystem::path& file) {
  return OpenResult{file, shard_file_type, most_values};
}

std::size_t ShardFiles::add(std::filesystem::path file) {
  paths_.push_back(std::move(file));
  return paths_.size() - 1;
}

const ShardFiles::Groups& ShardFiles::groups_of(std::size_t file) {
  if (const auto found = in_memory_.find(file); found != in_memory_.end()) return found->second;
  if (const auto found = kept_.find(file); found != kept_.end()) return found->second.content().groups;
  if (other_ && other_file_ == file) return other_->content().groups;
  other_.reset();
  OpenResult opened = open_shard_file(paths_.at(file));
  const Groups& groups = opened.content().groups;
  if (const auto count = numbers_in_memory(groups); count && numbers_ + *count <= most_numbers) {
    numbers_ += *count;
    return in_memory_.emplace(file, groups).first->second;
  }
  if (kept_.size() < most_kept) return kept_.emplace(file, std::move(opened)).first->second.content().groups;
  other_ = std::make_unique<OpenResult>(std::move(opened));
  other_file_ = file;
  return other_->content().groups;
}

void ShardFiles::read(std::size_t file, std::string_view group, std::size_t array, std::uint64_t first,
                      std::span<double> values) {
  const Groups& groups = groups_of(file);
  const auto found = std::ranges::find(groups, group, &ResultGroup::path);
  if (found != groups.end() && array < found->variables.size()) {
    const ResultVariable& variable = found->variables[array];
    if (variable.stream && first + values.size() <= variable.stream.count) {
      variable.stream.read(first, values);
      return;
    }
    const auto* all = std::get_if<std::vector<double>>(&variable.values);
    if (!variable.stream && all != nullptr && first + values.size() <= all->size()) {
      std::copy_n(all->begin() + static_cast<std::ptrdiff_t>(first), values.size(), values.begin());
      return;
    }
  }
  throw InputOutputError(paths_.at(file), "read this shard", "it is another one than a moment ago",
                         "merge again");
}

}  // namespace peercap::app
