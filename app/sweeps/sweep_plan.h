#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/checkpoints/run_identity.h"
#include "app/studies/study.h"
#include "app/studies/study_design.h"
#include "sim/observe/result_content.h"

namespace peercap::app {

/// Replications of each point where the study says nothing.
inline constexpr std::int64_t default_sweep_replications = 10;

/// A part of a sweep, for one task of a cluster: number 1 .. of.
struct Shard {
  std::int64_t number = 1;
  std::int64_t of = 1;

  [[nodiscard]] bool is_whole() const { return of == 1; }
  friend bool operator==(const Shard&, const Shard&) = default;
};

/// Reads "2/7"; nothing where it is no shard.
[[nodiscard]] std::optional<Shard> parse_shard(std::string_view text);

/// Runs [first, end): run p R + r is replication r of point p, with R replications of each.
struct RunRange {
  std::uint64_t first = 0;
  std::uint64_t end = 0;

  [[nodiscard]] std::uint64_t count() const { return end - first; }
  friend bool operator==(const RunRange&, const RunRange&) = default;
};

/// A column of the design: what a point sets a parameter to, as a number.
struct DesignColumn {
  std::string path;
  peer_support::FactorKind kind = peer_support::FactorKind::number;
  std::string unit;                 ///< of numbers
  double scale = 1.0;               ///< from the number of gradual_value.h to this unit
  std::vector<std::string> levels;  ///< of what is no number: the column holds their positions
};

/// What a sweep runs, and in which order. Points are computed by their indices, so that it takes no memory.
class SweepPlan {
 public:
  /// Of a study that has passed every check, with at least one measure; keeps a reference to it.
  SweepPlan(const Study& study, Shard shard);

  [[nodiscard]] const Study& study() const { return study_; }
  [[nodiscard]] const StudyDesign& design() const { return design_; }
  [[nodiscard]] Shard shard() const { return shard_; }
  [[nodiscard]] std::uint64_t points() const { return design_.size(); }
  [[nodiscard]] std::uint64_t replications() const { return replications_; }
  [[nodiscard]] std::uint64_t runs() const { return points() * replications_; }
  /// Of this shard: shares of all runs that differ by at most one, in their order.
  [[nodiscard]] RunRange range() const { return range_; }
  [[nodiscard]] const std::vector<DesignColumn>& columns() const { return columns_; }

  /// What point `index` is in the columns, [columns]; NaN where it leaves a parameter that is no number as it
  /// is in the scenario.
  [[nodiscard]] std::vector<double> coordinates(std::uint64_t index) const;

  /// Equal for all shards of a sweep, and of nothing else.
  [[nodiscard]] const RunIdentity& identity() const { return identity_; }
  /// Likewise, with the shard.
  [[nodiscard]] RunIdentity shard_identity() const;

 private:
  void add_column(const std::string& path, peer_support::FactorKind kind);
  void add_level(DesignColumn& column, const std::string& text);

  const Study& study_;
  StudyDesign design_;
  Shard shard_;
  std::uint64_t replications_;
  RunRange range_;
  std::vector<DesignColumn> columns_;
  std::map<std::string, std::size_t> column_by_path_;
  RunIdentity identity_;
};

}  // namespace peercap::app
