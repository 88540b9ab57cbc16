#include "sim/study/sensitivity/tornado.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/support/contract.h"

namespace peercap {

TornadoDesign::TornadoDesign(std::vector<Range> ranges) : ranges_{std::move(ranges)} {
  require(!ranges_.empty(), "TornadoDesign: at least one factor");
}

void TornadoDesign::compute(std::uint64_t index, std::span<double> coordinates) const {
  for (std::size_t i = 0; i < ranges_.size(); ++i) coordinates[i] = ranges_[i].base;
  if (index == 0) return;
  const auto factor = static_cast<std::size_t>((index - 1) / 2);
  coordinates[factor] = index % 2 == 1 ? ranges_[factor].low : ranges_[factor].high;
}

std::vector<TornadoBar> tornado_bars(const TornadoDesign& design,
                                     const std::vector<std::vector<double>>& outcomes, double confidence) {
  require(outcomes.size() == design.size(), "tornado_bars: outcomes of each point");
  std::vector<TornadoBar> bars;
  for (std::size_t i = 0; i < design.dimensions(); ++i) {
    const auto& low = outcomes[1 + 2 * i];
    const auto& high = outcomes[2 + 2 * i];
    TornadoBar bar{.factor = i,
                   .at_low = paired_difference(low, outcomes[0], confidence),
                   .at_high = paired_difference(high, outcomes[0], confidence)};
    bar.swing = std::abs(bar.at_high.mean - bar.at_low.mean);
    bars.push_back(bar);
  }
  std::ranges::stable_sort(bars, [](const TornadoBar& a, const TornadoBar& b) {
    if (std::isnan(a.swing) || std::isnan(b.swing)) return !std::isnan(a.swing) && std::isnan(b.swing);
    return a.swing > b.swing;
  });
  return bars;
}

}  // namespace peercap
