#include "sim/study/inference/warm_up.h"

#include <vector>

#include "sim/study/inference/sample.h"
#include "sim/support/contract.h"

namespace peercap {

std::optional<std::size_t> warm_up_length(std::span<const double> series, std::size_t batch) {
  require(batch > 0, "warm_up_length: a batch has observations");
  constexpr std::size_t fewest_batches = 10;
  std::vector<double> means;
  for (std::size_t begin = 0; begin + batch <= series.size(); begin += batch)
    means.push_back(sample_of(series.subspan(begin, batch)).mean());
  if (means.size() < fewest_batches) return std::nullopt;

  // From the end, so that each cut's figure follows from the next one's. The last few cuts leave too little
  // to judge and would look precise by chance.
  RunningSample rest;
  std::size_t best = means.size();
  double smallest = 0.0;
  for (std::size_t cut = means.size(); cut-- > 0;) {
    rest.add(means[cut]);
    if (rest.count() < static_cast<std::int64_t>(fewest_batches / 2)) continue;
    const auto n = static_cast<double>(rest.count());
    const double figure = rest.variance() * (n - 1.0) / (n * n);
    if (best == means.size() || figure <= smallest) {
      smallest = figure;
      best = cut;
    }
  }
  if (2 * best > means.size()) return std::nullopt;
  return best * batch;
}

}  // namespace peercap
