#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/peer_support/model.h"
#include "sim/observe/result_content.h"
#include "sim/statistics/summary.h"

namespace peercap::peer_support {

/// Gathers replications, in their order, into the groups of a result file (docs/formats/result_file.md).
/// Summaries are always computed from the replications' values, never accumulated.
class ResultBuilder {
 public:
  explicit ResultBuilder(const Rules& rules);

  void add(const ReplicationOutcome& outcome);

  [[nodiscard]] std::size_t replication_count() const { return replications_.size(); }
  /// Over the replications in which the measure is defined.
  [[nodiscard]] Summary summary(Measure measure) const;
  /// All groups but /scenario, which belongs to whoever read it.
  [[nodiscard]] std::vector<ResultGroup> groups() const;

  /// What has been gathered, for a checkpoint.
  template <class Archive>
  void visit_state(Archive& archive) {
    archive(replications_, digests_, events_, values_, series_, totals_, counts_, episodes_contacted_,
            episode_waits_, supporters_, first_weeks_);
  }

  /// Requests of the horizon by channel and end, over all replications.
  [[nodiscard]] std::int64_t ended(Channel channel, RequestEnd end) const;

 private:
  [[nodiscard]] ResultGroup design_group() const;
  [[nodiscard]] ResultGroup replications_group() const;
  [[nodiscard]] ResultGroup summary_group() const;
  [[nodiscard]] ResultGroup series_group() const;
  [[nodiscard]] ResultGroup supporters_group() const;
  [[nodiscard]] ResultGroup supporter_weeks_group() const;
  [[nodiscard]] ResultGroup units_group() const;
  [[nodiscard]] ResultGroup cascade_group() const;
  [[nodiscard]] ResultGroup flow_group() const;
  [[nodiscard]] ResultGroup referrals_group() const;
  [[nodiscard]] ResultGroup equity_group() const;
  [[nodiscard]] ResultGroup causes_group() const;
  [[nodiscard]] ResultGroup waits_group() const;
  [[nodiscard]] ResultGroup recovery_group() const;
  [[nodiscard]] ResultGroup surveys_group() const;

  /// One line of /cascade: a count of each replication, and the step that it is a part of.
  struct CascadeStep {
    std::string name;
    std::string channel;
    std::string from;  ///< the step before, of the same channel; empty where there is none
    std::vector<double> counts;
  };
  [[nodiscard]] std::vector<CascadeStep> cascade_steps() const;

  const Rules* rules_;
  std::vector<std::uint32_t> replications_;
  std::vector<std::uint64_t> digests_;
  std::vector<std::uint64_t> events_;
  std::array<std::vector<double>, measure_count> values_;              ///< [measure][replication]
  std::array<std::vector<std::vector<double>>, series_count> series_;  ///< [series][week][replication]
  std::optional<RunRecord> totals_;  ///< summed over replications, without supporters and single waits
  std::vector<RunCounts> counts_;    ///< [replication]
  std::vector<std::array<std::int64_t, channel_count>> episodes_contacted_;  ///< [replication] by channel
  IncidenceCounts episode_waits_ = empty_waits();  ///< from the event, over all replications

  struct SupporterRecord {
    std::uint32_t replication;
    std::uint32_t supporter;
    SupporterRow row;
    std::array<double, 3> survey;

    template <class Archive>
    void visit_state(Archive& archive) {
      archive(replication, supporter, row, survey);
    }
  };
  std::vector<SupporterRecord> supporters_;
  std::vector<SupporterWeek> first_weeks_;  ///< [supporter][week] of the first replication
};

/// The words used in result files.
[[nodiscard]] std::string_view to_string(Channel channel);
[[nodiscard]] std::string_view to_string(RequestEnd end);
[[nodiscard]] std::string_view to_string(ExitReason reason);

}  // namespace peercap::peer_support
