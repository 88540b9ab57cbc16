// Who got support, and who did not.

#include <algorithm>

#include "models/peer_support/observation/outcomes.h"

namespace peercap::peer_support {

void evaluate_equity(MeasureSheet& sheet, const RunRecord& record) {
  constexpr std::int64_t least_episodes = 30;
  const auto gap = [&](Grouping grouping) {
    double low = 2.0;
    double high = -1.0;
    int groups = 0;
    for (const GroupRow& row : record.groups[static_cast<std::size_t>(grouping)]) {
      if (row.episodes < least_episodes) continue;
      const double coverage = ratio(row.episodes_contacted, row.episodes);
      low = std::min(low, coverage);
      high = std::max(high, coverage);
      ++groups;
    }
    return groups >= 2 ? high - low : MeasureSheet::undefined;
  };
  sheet[Measure::profession_gap] = gap(Grouping::profession);
  sheet[Measure::career_stage_gap] = gap(Grouping::career_stage);
  sheet[Measure::shift_gap] = gap(Grouping::shift_pattern);
  sheet[Measure::site_gap] = gap(Grouping::site);

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
