#include "sim/study/calibration/point_fit.h"

#include <cmath>
#include <exception>
#include <limits>
#include <memory>

#include <nlopt.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

/// Quantiles of a normal prior between which is looked.
constexpr double tail = 0.001;
constexpr double first_step = 0.2;
/// In place of a distance that is not finite; the optimizer calculates with it.
constexpr double very_large = 1e12;

struct OptimizerDeleter {
  void operator()(nlopt_opt optimizer) const { nlopt_destroy(optimizer); }
};
using Optimizer = std::unique_ptr<nlopt_opt_s, OptimizerDeleter>;

/// What is minimized over the unit cube.
class Objective {
 public:
  Objective(const std::vector<Prior>& priors, const std::function<double(std::span<const double>)>& distance)
      : priors_{priors}, distance_{distance} {}

  [[nodiscard]] std::vector<double> values_at(std::span<const double> cube) const {
    std::vector<double> values;
    for (std::size_t i = 0; i < priors_.size(); ++i) {
      const bool is_normal = priors_[i].law == PriorLaw::normal;
      const double p = is_normal ? tail + (1.0 - 2.0 * tail) * cube[i] : cube[i];
      values.push_back(priors_[i].from_working(priors_[i].working_quantile(p)));
    }
    return values;
  }

  double operator()(std::span<const double> cube) {
    ++fit_.evaluations;
    std::vector<double> values = values_at(cube);
    const double found = distance_(values);
    if (!std::isfinite(found)) return very_large;
    if (fit_.parameters.empty() || found < fit_.distance) {
      fit_.parameters = std::move(values);
      fit_.distance = found;
    }
    return found;
  }

  /// Called by the optimizer, through which no exception may pass.
  static double call(unsigned count, const double* cube, double*, void* data) {
    auto& self = *static_cast<Objective*>(data);
    try {
      return self(std::span{cube, count});
    } catch (...) {
      self.thrown_ = std::current_exception();
      nlopt_force_stop(self.optimizer_);
      return very_large;
    }
  }

  PointFit run(const PointFitOptions& options) {
    const auto count = static_cast<unsigned>(priors_.size());
    const Optimizer optimizer{nlopt_create(NLOPT_LN_SBPLX, count)};
    require(optimizer != nullptr, "fit_point: the optimizer could not be made");
    optimizer_ = optimizer.get();
    nlopt_set_min_objective(optimizer_, &Objective::call, this);
    nlopt_set_lower_bounds1(optimizer_, 0.0);
    nlopt_set_upper_bounds1(optimizer_, 1.0);
    nlopt_set_initial_step1(optimizer_, first_step);
    nlopt_set_xtol_abs1(optimizer_, options.smallest_step);
    nlopt_set_maxeval(optimizer_, static_cast<int>(std::min<std::uint64_t>(options.most_evaluations,
                                                                           std::numeric_limits<int>::max())));
    std::vector<double> cube(priors_.size(), 0.5);
    double smallest = 0.0;
    const nlopt_result result = nlopt_optimize(optimizer_, cube.data(), &smallest);
    if (thrown_) std::rethrow_exception(thrown_);
    require(!fit_.parameters.empty(), "fit_point: no distance is finite");
    fit_.is_converged = result == NLOPT_XTOL_REACHED || result == NLOPT_SUCCESS ||
                        result == NLOPT_FTOL_REACHED || result == NLOPT_ROUNDOFF_LIMITED;
    return std::move(fit_);
  }

 private:
  const std::vector<Prior>& priors_;
  const std::function<double(std::span<const double>)>& distance_;
  nlopt_opt optimizer_ = nullptr;
  std::exception_ptr thrown_;
  PointFit fit_;
};

}  // namespace

PointFit fit_point(const std::vector<Prior>& priors,
                   const std::function<double(std::span<const double>)>& distance,
                   const PointFitOptions& options) {
  require(!priors.empty(), "fit_point: there is a parameter");
  for (const Prior& prior : priors) prior.check();
  require(options.most_evaluations >= 1, "fit_point: at least one evaluation");
  require(options.smallest_step > 0.0 && options.smallest_step < 1.0,
          "fit_point: the smallest step lies in (0, 1)");
  return Objective{priors, distance}.run(options);
}

}  // namespace peercap
