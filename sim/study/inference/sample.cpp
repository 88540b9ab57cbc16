#include "sim/study/inference/sample.h"

#include <cmath>

namespace peercap {

RunningSample sample_of(std::span<const double> values) {
  RunningSample sample;
  for (const double value : values) sample.add(value);
  return sample;
}

std::vector<double> without_missing(std::span<const double> values) {
  std::vector<double> present;
  present.reserve(values.size());
  for (const double value : values)
    if (!std::isnan(value)) present.push_back(value);
  return present;
}

}  // namespace peercap
