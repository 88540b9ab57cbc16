#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "models/peer_support/observation/measures.h"
#include "models/peer_support/observation/run_record.h"
#include "sim/statistics/summary.h"

namespace peercap::peer_support {

/// The figures by which a run is held against what was published of peer-support programs, in the order of
/// the patterns P1-P10 (docs/theory/calibration.md).
enum class PatternFigure : std::size_t {
  monthly_dispersion,
  self_referral_growth,
  sessions_median,
  escalated,
  trauma_low,
  trauma_high,
  satisfied,
  supporters_exhausted,
  early_exhaustion,
  early_satisfaction,
  load_correlation,
  unrecovered_30_days,
  unrecovered_1_year,
  downstream_pressure,
  unit_correlation,
  count_
};
inline constexpr std::size_t pattern_figure_count = static_cast<std::size_t>(PatternFigure::count_);
inline constexpr int pattern_count = 10;

/// How a figure comes out of the model.
enum class FigureOrigin : std::uint8_t {
  fitted,     ///< a default was fitted to it
  set,        ///< an input of the same meaning makes its direction; only its size is a result
  predicted,  ///< nothing was fitted to it
};

/// The world in which a figure is read.
enum class PatternWorld : std::uint8_t {
  usual,        ///< the scenario over three years
  new_program,  ///< the scenario over four years from a program that few people know
  pressed,      ///< too few supporters who work no unprotected hours, against twice as many
};

/// What was published of one figure, and when the model counts as agreeing.
struct PatternFigureInfo {
  int pattern = 0;  ///< 1 to 10
  std::string_view name;
  std::string_view meaning;
  std::string_view published;
  std::string_view evidence;    ///< key of configs/evidence.yaml; empty where no figure was found
  Interval accepted;            ///< the mean over replications has to lie here
  bool whole_interval = false;  ///< the 95 % interval of that mean as well: a direction, not a size
  bool is_share = false;
  FigureOrigin origin = FigureOrigin::predicted;
  PatternWorld world = PatternWorld::usual;
};

[[nodiscard]] const std::array<PatternFigureInfo, pattern_figure_count>& pattern_figure_infos();
[[nodiscard]] std::string_view pattern_title(int pattern);
[[nodiscard]] std::string_view to_string(FigureOrigin origin);

/// Whether the model agrees with what was published, given the figure over replications: their mean lies in
/// the accepted interval, and the 95 % interval of that mean as well where the whole interval has to.
[[nodiscard]] bool agrees(const Interval& accepted, bool whole_interval, const Summary& simulated);
[[nodiscard]] bool agrees(const PatternFigureInfo& info, const Summary& simulated);

/// One replication's figures of PatternWorld::usual; those of the other worlds, and those that are not
/// defined, are NaN.
[[nodiscard]] std::array<double, pattern_figure_count> usual_figures(
    const RunRecord& record, const std::array<double, measure_count>& measures);

/// Variance over mean of monthly counts, as it would be if each request were kept with the same probability
/// so that `mean` of them remained a month: 1 + (mean / own mean) (dispersion - 1). NaN for fewer than two
/// months or none at all. A mean above that of the counts is none that thinning reaches, but the formula
/// holds for a program as much larger.
[[nodiscard]] double dispersion_at_mean(std::span<const std::int64_t> counts, double mean);

/// Counts of the months of the last whole year over those of the first; NaN for less than two years or an
/// empty first one.
[[nodiscard]] double growth_over_years(std::span<const std::int64_t> months);

/// Median number of sessions of cases, given how many sessions were the first, second, ... of their case. The
/// half between two numbers counts as the lower one. NaN without sessions.
[[nodiscard]] double median_sessions(std::span<const std::int64_t> sessions_by_number);

/// Pearson's correlation of exhaustion at the end with sessions held in the horizon, over supporters active
/// at the end; NaN for fewer than three or without variance.
[[nodiscard]] double load_correlation(std::span<const SupporterRow> supporters);

/// Intraclass correlation ICC(1) of surveyed exhaustion within units, from a one-way analysis of variance
/// with units of unequal size: Shrout and Fleiss, Intraclass correlations, Psychological Bulletin 86 (1979),
/// doi:10.1037/0033-2909.86.2.420. NaN for fewer than two units.
[[nodiscard]] double unit_correlation(std::span<const UnitRow> units);

/// (many - few) / few of the referrals made.
[[nodiscard]] double change_of_referrals(const RunRecord& few, const RunRecord& many);

}  // namespace peercap::peer_support
