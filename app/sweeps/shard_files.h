#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "sim/io/hdf5/result_file.h"

namespace peercap::app {

/// Files of shards, of which there may be thousands, opened as they are read: an open one takes about a
/// megabyte and a descriptor of the process, and some milliseconds. Short ones are kept in memory. For one
/// thread.
class ShardFiles {
 public:
  /// The first so many stay open: arrays are read one after the other, each through all shards.
  static constexpr std::size_t most_kept = 100;
  /// Numbers that are kept in memory, of all short files together.
  static constexpr std::size_t most_numbers = std::size_t{8} << 20;

  /// Its number, for read().
  std::size_t add(std::filesystem::path file);

  /// Numbers of an array of a group, by its place there, from `first` on. Throws InputOutputError, also where
  /// the file has no such numbers any more.
  void read(std::size_t file, std::string_view group, std::size_t array, std::uint64_t first,
            std::span<double> values);

  /// How many are open now.
  [[nodiscard]] std::size_t open_count() const { return kept_.size() + (other_ ? 1 : 0); }

 private:
  using Groups = std::vector<ResultGroup>;
  const Groups& groups_of(std::size_t file);

  std::vector<std::filesystem::path> paths_;
  std::map<std::size_t, Groups> in_memory_;
  std::size_t numbers_ = 0;
  std::map<std::size_t, OpenResult> kept_;
  std::size_t other_file_ = 0;
  std::unique_ptr<OpenResult> other_;  ///< of those beyond what is kept, the last one read
};

/// Opens a shard: arrays that are not short become streams.
[[nodiscard]] OpenResult open_shard_file(const std::filesystem::path& file);

}  // namespace peercap::app
