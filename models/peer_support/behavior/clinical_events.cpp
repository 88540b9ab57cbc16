#include "models/peer_support/behavior/clinical_events.h"

#include <algorithm>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

struct Layer {
  double low;
  double high;
};
constexpr std::array<Layer, 4> layers{{{0.0, 1.0}, {1.0, 2.0}, {2.0, 4.0}, {4.0, max_event_factor}}};

double factor_at(std::span<const IntensitySegment> segments, SimTime time) {
  std::size_t i = segments.size() - 1;
  while (i > 0 && segments[i].begin > time) --i;
  return segments[i].factor;
}

}  // namespace

void draw_clinical_events(const Rules& rules, const RandomSource& random, const Unit& unit,
                          const DepartmentEntry& department, SimTime week_begin,
                          std::span<const IntensitySegment> segments, std::vector<ClinicalEvent>& events) {
  require(!segments.empty(), "events need an intensity");
  const auto week = static_cast<std::uint64_t>((week_begin - SimTime{}) / weeks(1));
  const double reference = rules.weekly_events(department);
  const WeeklyProfile& profile = rules.event_profiles[static_cast<std::size_t>(department.shift_pattern)];
  const double highest = std::ranges::max(segments, {}, &IntensitySegment::factor).factor;
  for (std::uint64_t l = 0; l < layers.size() && layers[l].low < highest; ++l) {
    const Layer& layer = layers[l];
    const std::uint64_t count = poisson(random, unit.key, DrawPurpose::candidate_count, week << 2 | l,
                                        reference * (layer.high - layer.low));
    require(count <= CandidateId::number_limit, "too many clinical events in one unit and week");
    for (std::uint64_t number = 0; number < count; ++number) {
      const CandidateId candidate{week, l, number};
      const Draw draw = random.draw(unit.key, DrawPurpose::candidate_time, candidate.value());
      const double mark = layer.low + (layer.high - layer.low) * draw.second_uniform();
      const SimTime time = week_begin + profile.time_at(draw.uniform());
      if (mark < factor_at(segments, time)) events.push_back({candidate, time});
    }
  }
}

}  // namespace peercap::peer_support
