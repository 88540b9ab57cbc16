#include "sim/study/calibration/prior.h"

#include "sim/random/exact_math.h"
#include "sim/random/normal_quantile.h"
#include "sim/support/contract.h"

namespace peercap {

void Prior::check() const {
  if (law == PriorLaw::normal) {
    require(second > 0.0, "Prior: the standard deviation is positive");
    return;
  }
  require(first < second, "Prior: the bounds ascend");
  require(law != PriorLaw::log_uniform || first > 0.0, "Prior: bounds of a log-uniform law are positive");
}

double Prior::to_working(double value) const {
  return law == PriorLaw::log_uniform ? exact::log(value) : value;
}

double Prior::from_working(double working) const {
  return law == PriorLaw::log_uniform ? exact::exp(working) : working;
}

double Prior::working_quantile(double p) const {
  if (law == PriorLaw::normal) return first + second * normal_quantile(p);
  const double low = to_working(first);
  return low + p * (to_working(second) - low);
}

double Prior::working_density(double working) const {
  if (law == PriorLaw::normal) {
    const double z = (working - first) / second;
    return exact::exp(-0.5 * z * z);
  }
  return working >= to_working(first) && working <= to_working(second) ? 1.0 : 0.0;
}

}  // namespace peercap
