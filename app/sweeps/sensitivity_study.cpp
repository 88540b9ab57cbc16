#include "app/sweeps/sensitivity_study.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "app/studies/point_runner.h"
#include "sim/study/inference/sample.h"

namespace peercap::app {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr int most_told = 5;

class SensitivityRun {
 public:
  SensitivityRun(const Study& study, const std::vector<SensitivityFactor>& factors,
                 const SensitivityPlan& plan, const SensitivityOptions& options)
      : study_{study},
        factors_{factors},
        plan_{plan},
        options_{options},
        design_{plan, factors.size(), study.base.run.seed} {
    outcome_.points = design_.size();
    outcome_.replications = replications_of(plan, study);
  }

  SensitivityOutcome run() {
    const auto begin = std::chrono::steady_clock::now();
    const auto points = static_cast<std::size_t>(outcome_.points);
    const auto replications = static_cast<std::size_t>(outcome_.replications);
    samples_.assign(study_.measures.size(), std::vector<RunningSample>(points));
    if (plan_.method == SensitivityMethod::tornado)
      figures_.assign(study_.measures.size(),
                      std::vector<std::vector<double>>(points, std::vector<double>(replications, nan)));
    Progress progress{options_.progress, "run"};
    progress_ = &progress;
    PointRunner runner{
        study_.measures,
        {.request = options_.request,
         .stop = options_.stop,
         .progress = [&](std::size_t done, std::size_t total) { progress.update(done, total); }}};
    const PointSource source{points, [this](std::size_t point) {
                               return StudyPoint{&study_.base, settings_of(point)};
                             }};
    const DeliveryReport report =
        runner.run(source, 0, outcome_.replications,
                   [this](std::size_t point, std::int64_t replication, const PointOutcome& outcome) {
                     take(point, static_cast<std::size_t>(replication), outcome);
                   });
    progress.clear();
    for (const auto& samples : samples_)
      std::ranges::transform(samples, std::back_inserter(outcome_.means.emplace_back()),
                             &RunningSample::mean);
    outcome_.is_complete = report.end == DeliveryEnd::completed;
    if (outcome_.is_complete)
      for (std::size_t m = 0; m < study_.measures.size(); ++m) outcome_.measures.push_back(analyze(m));
    outcome_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return std::move(outcome_);
  }

 private:
  [[nodiscard]] peer_support::ParameterSettings settings_of(std::uint64_t point) const {
    peer_support::ParameterSettings settings;
    const std::vector<double> places = design_.places(point);
    for (std::size_t i = 0; i < places.size(); ++i)
      if (!std::isnan(places[i])) settings.push_back(factors_[i].setting_at(study_.base, places[i]));
    return settings;
  }

  void take(std::size_t point, std::size_t replication, const PointOutcome& outcome) {
    for (std::size_t m = 0; m < study_.measures.size(); ++m) {
      if (!outcome.failure.empty())
        samples_[m][point].add(nan);  // and the mean stays NaN
      else if (!std::isnan(outcome.measures[m]))
        samples_[m][point].add(outcome.measures[m]);
      if (!figures_.empty()) figures_[m][point][replication] = outcome.measures[m];
    }
    if (outcome.failure.empty() || last_failed_ == point) return;
    last_failed_ = point;
    ++outcome_.failed_points;
    if (++told_ > most_told || !options_.tell) return;
    progress_->clear();
    options_.tell(fmt::format("{}: {}", where_text(point), outcome.failure));
  }

  /// "activation.outreach.report = 0.225", or the number of the point.
  [[nodiscard]] std::string where_text(std::size_t point) const {
    if (design_.design() != nullptr) return fmt::format("point {}", point);
    const auto settings = settings_of(point);
    return settings.empty() ? "the scenario as it is"
                            : fmt::format("{} = {}", settings.front().first, settings.front().second);
  }

  [[nodiscard]] MeasureSensitivity analyze(std::size_t m) const {
    MeasureSensitivity result{.measure = study_.measures[m]};
    switch (plan_.method) {
      case SensitivityMethod::tornado: {
        const TornadoDesign design{std::vector<TornadoDesign::Range>(factors_.size())};
        result.base = summarize(figures_[m].front());
        result.tornado = tornado_bars(design, figures_[m], plan_.confidence);
        break;
      }
      case SensitivityMethod::morris:
        result.morris = morris_effects(static_cast<const MorrisDesign&>(*design_.design()), outcome_.means[m],
                                       plan_.confidence, plan_.resamples);
        break;
      case SensitivityMethod::sobol:
        result.sobol = sobol_indices(static_cast<const SobolDesign&>(*design_.design()), outcome_.means[m],
                                     plan_.confidence, plan_.resamples);
        break;
    }
    return result;
  }

  const Study& study_;
  const std::vector<SensitivityFactor>& factors_;
  const SensitivityPlan& plan_;
  const SensitivityOptions& options_;
  const SensitivityDesign design_;
  SensitivityOutcome outcome_;
  std::vector<std::vector<RunningSample>> samples_;        ///< [measures][points]
  std::vector<std::vector<std::vector<double>>> figures_;  ///< [measures][points][replications] of a tornado
  Progress* progress_ = nullptr;
  std::size_t last_failed_ = std::numeric_limits<std::size_t>::max();
  int told_ = 0;
};

}  // namespace

SensitivityDesign::SensitivityDesign(const SensitivityPlan& plan, std::size_t factors, std::uint64_t seed)
    : factors_{factors}, size_{point_count(plan, factors)} {
  if (plan.method == SensitivityMethod::morris)
    design_ = std::make_unique<MorrisDesign>(
        MorrisPlan{.factors = factors, .trajectories = plan.trajectories, .seed = seed});
  else if (plan.method == SensitivityMethod::sobol)
    design_ = std::make_unique<SobolDesign>(SobolPlan{.factors = factors, .rows = plan.rows, .seed = seed});
}

std::vector<double> SensitivityDesign::places(std::uint64_t point) const {
  if (design_ != nullptr) return design_->point(point);
  std::vector<double> places(factors_, nan);
  if (point > 0) places[static_cast<std::size_t>((point - 1) / 2)] = point % 2 == 1 ? 0.0 : 1.0;
  return places;
}

std::string_view to_string(SensitivityMethod method) {
  switch (method) {
    case SensitivityMethod::tornado:
      return "tornado";
    case SensitivityMethod::morris:
      return "morris";
    case SensitivityMethod::sobol:
      return "sobol";
  }
  return "?";
}

std::int64_t replications_of(const SensitivityPlan& plan, const Study& study) {
  if (plan.replications > 0) return plan.replications;
  if (study.spec.replications > 0) return study.spec.replications;
  return plan.method == SensitivityMethod::tornado ? 30 : 4;
}

std::optional<std::string> sensitivity_problem(const SensitivityPlan& plan, std::size_t factors) {
  if (factors == 0) return "there is no parameter to move";
  if (plan.method == SensitivityMethod::morris)
    return morris_problem({.factors = factors, .trajectories = plan.trajectories});
  if (plan.method == SensitivityMethod::sobol) return sobol_problem({.factors = factors, .rows = plan.rows});
  return std::nullopt;
}

std::uint64_t point_count(const SensitivityPlan& plan, std::size_t factors) {
  switch (plan.method) {
    case SensitivityMethod::morris:
      return plan.trajectories * (factors + 1);
    case SensitivityMethod::sobol:
      return plan.rows * (factors + 2);
    case SensitivityMethod::tornado:
      break;
  }
  return 1 + 2 * factors;
}

SensitivityOutcome run_sensitivity(const Study& study, const std::vector<SensitivityFactor>& factors,
                                   const SensitivityPlan& plan, const SensitivityOptions& options) {
  return SensitivityRun{study, factors, plan, options}.run();
}

std::vector<std::size_t> ranking(const SensitivityPlan& plan, const MeasureSensitivity& measure,
                                 std::size_t factors) {
  std::vector<double> weights(factors, nan);
  if (plan.method == SensitivityMethod::tornado)
    for (const TornadoBar& bar : measure.tornado) weights[bar.factor] = bar.swing;
  for (std::size_t i = 0; i < measure.morris.size(); ++i) weights[i] = measure.morris[i].mean_magnitude;
  for (std::size_t i = 0; i < measure.sobol.factors.size(); ++i) weights[i] = measure.sobol.factors[i].total;
  std::vector<std::size_t> order(factors);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    if (std::isnan(weights[a]) || std::isnan(weights[b]))
      return !std::isnan(weights[a]) && std::isnan(weights[b]);
    return weights[a] > weights[b];
  });
  return order;
}

}  // namespace peercap::app
