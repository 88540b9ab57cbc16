// Who got support, and who did not.

#include <algorithm>
#include <optional>
#include <vector>

#include "models/peer_support/observation/outcomes.h"
#include "sim/statistics/summary.h"

namespace peercap::peer_support {

namespace {

/// The lowest and highest share over the rows in which the whole is large enough to judge; nothing for fewer
/// than two such rows.
template <class Row>
std::optional<Interval> range_of_shares(const std::vector<Row>& rows, std::int64_t Row::*part,
                                        std::int64_t Row::*whole) {
  constexpr std::int64_t least = 30;
  Interval range{2.0, -1.0};
  int judged = 0;
  for (const Row& row : rows) {
    if (row.*whole < least) continue;
    const double share = ratio(row.*part, row.*whole);
    range = {std::min(range.low, share), std::max(range.high, share)};
    ++judged;
  }
  if (judged < 2) return std::nullopt;
  return range;
}

/// By what people are told apart, and the measures of it.
struct Comparison {
  Measure coverage_ratio;
  Measure timely_gap;
  std::optional<Measure> coverage_gap;
};

template <class Row>
void compare(MeasureSheet& sheet, const std::vector<Row>& rows, const Comparison& measures) {
  if (const auto coverage = range_of_shares(rows, &Row::episodes_contacted, &Row::episodes)) {
    if (measures.coverage_gap) sheet[*measures.coverage_gap] = coverage->high - coverage->low;
    sheet[measures.coverage_ratio] = ratio(coverage->low, coverage->high);
  }
  if (const auto timely = range_of_shares(rows, &Row::judged_within_limit, &Row::judged))
    sheet[measures.timely_gap] = timely->high - timely->low;
}

}  // namespace

void evaluate_equity(MeasureSheet& sheet, const RunRecord& record) {
  const auto groups = [&](Grouping grouping) { return record.groups[static_cast<std::size_t>(grouping)]; };
  using enum Measure;
  compare(sheet, groups(Grouping::profession),
          {profession_coverage_ratio, profession_timely_gap, profession_gap});
  compare(sheet, groups(Grouping::career_stage),
          {career_stage_coverage_ratio, career_stage_timely_gap, career_stage_gap});
  compare(sheet, groups(Grouping::shift_pattern), {shift_coverage_ratio, shift_timely_gap, shift_gap});
  compare(sheet, groups(Grouping::site), {site_coverage_ratio, site_timely_gap, site_gap});
  compare(sheet, record.units, {unit_coverage_ratio, unit_timely_gap, std::nullopt});

  struct UnitCoverage {
    double coverage;
    std::int64_t episodes;
    std::int64_t contacted;
  };
  std::vector<UnitCoverage> units;
  std::int64_t episodes = 0;
  for (const UnitRow& row : record.units) {
    if (row.episodes == 0) continue;
    units.push_back({ratio(row.episodes_contacted, row.episodes), row.episodes, row.episodes_contacted});
    episodes += row.episodes;
  }
  std::ranges::stable_sort(units, {}, &UnitCoverage::coverage);
  // The Lorenz curve of contacts over episodes, units in ascending order of coverage; the area below it by
  // trapezoids.
  std::int64_t contacted = 0;
  double area = 0.0;
  double before = 0.0;
  std::int64_t worst_episodes = 0;
  std::int64_t worst_contacted = 0;
  for (const UnitCoverage& unit : units) {
    if (10 * worst_episodes < episodes) {
      worst_episodes += unit.episodes;
      worst_contacted += unit.contacted;
    }
    contacted += unit.contacted;
    area += static_cast<double>(unit.episodes) * (before + static_cast<double>(contacted)) / 2.0;
    before = static_cast<double>(contacted);
  }
  sheet[Measure::worst_decile_share] = ratio(worst_contacted, worst_episodes);
  if (contacted > 0)
    sheet[Measure::unit_gini] =
        1.0 - 2.0 * area / (static_cast<double>(episodes) * static_cast<double>(contacted));
}

}  // namespace peercap::peer_support
