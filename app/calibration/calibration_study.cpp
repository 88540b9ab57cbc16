#include "app/calibration/calibration_study.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "app/checkpoints/run_identity.h"
#include "app/studies/point_runner.h"
#include "models/peer_support/scenario_yaml/resolved_text.h"
#include "sim/support/build_info.h"
#include "sim/support/contract.h"

namespace peercap::app {
namespace {

using peer_support::Measure;

std::vector<Measure> observed_measures(const Study& study) {
  std::vector<Measure> measures;
  for (const ObservedMeasure& observed : study.calibration.observed) measures.push_back(observed.measure);
  return measures;
}

std::vector<Prior> priors_of(const Study& study) {
  std::vector<Prior> priors;
  for (const CalibratedParameter& parameter : study.calibration.parameters) priors.push_back(parameter.prior);
  return priors;
}

class CalibrationRun {
 public:
  CalibrationRun(const Study& study, const CalibrationStudyOptions& options)
      : study_{study},
        spec_{study.calibration},
        options_{options},
        progress_{options.progress, "replication"},
        runner_{observed_measures(study), {.request = options.request, .stop = options.stop}} {
    for (const ObservedMeasure& observed : spec_.observed) {
      observed_.push_back(observed.value);
      scales_.push_back(observed.within);
    }
  }

  CalibrationOutcome run() {
    try {
      if (spec_.fit == FitKind::posterior)
        fit_posterior();
      else
        fit_one_point();
    } catch (const ContractViolation&) {
      if (outcome_.failures == 0 && outcome_.replications == 0) throw;  // not for want of figures
      throw StudyEnded{
          StudyEnd::failed,
          fmt::format(
              "too few of the parameters that were tried give every figure{}",
              outcome_.failures > 0
                  ? fmt::format(": {} of {} replications failed, the first with {}", outcome_.failures,
                                outcome_.replications, outcome_.first_failure)
                  : std::string{
                        "; a figure is not defined in every run, such as a wait where nobody asked"})};
    }
    progress_.clear();
    outcome_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    return std::move(outcome_);
  }

 private:
  void fit_posterior() {
    replications_ = calibration_replications(study_);
    CalibrationOptions calibration;
    calibration.population = static_cast<std::size_t>(spec_.population);
    calibration.tolerance = spec_.tolerance;
    calibration.most_generations = spec_.generations;
    calibration.most_simulations = static_cast<std::uint64_t>(spec_.simulations);
    calibration.seed = study_.base.run.seed;
    calibration.scales = scales_;
    most_ = spec_.simulations;
    outcome_.posterior = calibrate(
        priors_of(study_), observed_,
        [this](std::span<const Proposal> proposals) {
          std::vector<StudyPoint> points;
          for (const Proposal& proposal : proposals)
            points.push_back({.base = &study_.base,
                              .settings = settings_of(study_, proposal.parameters),
                              .skip = skip_of(proposal.attempt)});
          return means_of(points);
        },
        calibration);
    predict_posterior();
  }

  /// Attempt by attempt, no replication twice.
  [[nodiscard]] std::int64_t skip_of(std::uint64_t attempt) const {
    return static_cast<std::int64_t>(attempt) * replications_;
  }

  /// One fresh replication of each set of parameters, weighted as the set is.
  void predict_posterior() {
    const Posterior& posterior = *outcome_.posterior;
    std::vector<StudyPoint> points;
    for (std::size_t i = 0; i < posterior.parameters.size(); ++i)
      points.push_back({.base = &study_.base,
                        .settings = settings_of(study_, posterior.parameters[i]),
                        .skip = skip_of(static_cast<std::uint64_t>(most_)) + static_cast<std::int64_t>(i)});
    replications_ = 1;
    const auto rows = means_of(points);
    for (std::size_t m = 0; m < observed_.size(); ++m) {
      std::vector<std::pair<double, double>> values;  // with weights
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (!std::isnan(rows[i][m])) values.emplace_back(rows[i][m], posterior.weights[i]);
      outcome_.figures.push_back(weighted_figure(std::move(values)));
    }
  }

  static FittedFigure weighted_figure(std::vector<std::pair<double, double>> values) {
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    if (values.empty()) return {.mean = nothing, .range = {}, .count = 0};
    std::ranges::sort(values);
    double all = 0.0;
    double sum = 0.0;
    for (const auto& [value, weight] : values) {
      all += weight;
      sum += weight * value;
    }
    const auto quantile = [&](double p) {
      double passed = 0.0;
      for (const auto& [value, weight] : values)
        if ((passed += weight) >= p * all) return value;
      return values.back().first;
    };
    return {.mean = sum / all,
            .range = {quantile(0.025), quantile(0.975)},
            .count = static_cast<std::int64_t>(values.size())};
  }

  void fit_one_point() {
    replications_ = calibration_replications(study_);
    most_ = spec_.simulations;
    outcome_.point = fit_point(
        priors_of(study_),
        [this](std::span<const double> values) {
          const auto rows = means_of({StudyPoint{
              .base = &study_.base, .settings = settings_of(study_, {values.begin(), values.end()})}});
          double squares = 0.0;
          for (std::size_t m = 0; m < observed_.size(); ++m) {
            const double difference = (rows.front()[m] - observed_[m]) / scales_[m];
            squares += difference * difference;
          }
          return std::sqrt(squares);
        },
        {.most_evaluations = static_cast<std::uint64_t>(most_)});
    predict_point();
  }

  void predict_point() {
    std::vector<StudyPoint> points;
    for (int r = 0; r < replications_; ++r)
      points.push_back({.base = &study_.base,
                        .settings = settings_of(study_, outcome_.point->parameters),
                        .skip = replications_ + r});
    replications_ = 1;
    const auto rows = means_of(points);
    for (std::size_t m = 0; m < observed_.size(); ++m) {
      std::vector<double> column;
      for (const auto& row : rows) column.push_back(row[m]);
      const Summary summary = summarize(column);
      outcome_.figures.push_back({summary.mean, summary.mean_interval, summary.count});
    }
  }

  /// [points][summaries] means over the replications of each point; NaN where one of them has none.
  std::vector<std::vector<double>> means_of(const std::vector<StudyPoint>& points) {
    const std::size_t number = batches_++;
    if (options_.folder != nullptr)
      if (auto saved = options_.folder->read_batch(options_.identity, number);
          saved && saved->size() == points.size()) {
        outcome_.replications_before += static_cast<std::int64_t>(points.size()) * replications_;
        return std::move(*saved);
      }
    check_time();
    auto rows = simulate(points);
    if (options_.folder != nullptr) options_.folder->write_batch(options_.identity, number, rows);
    return rows;
  }

  void check_time() const {
    const double budget = study_.spec.time_budget.in_hours() * 3600.0;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
    if (budget > 0.0 && spent.count() > budget)
      throw StudyEnded{StudyEnd::out_of_time,
                       fmt::format("the time budget of {} is spent", duration_text(budget))};
  }

  std::vector<std::vector<double>> simulate(const std::vector<StudyPoint>& points) {
    std::vector<std::vector<double>> rows(points.size(), std::vector<double>(observed_.size(), 0.0));
    const PointSource source{points.size(), [&](std::size_t point) { return points[point]; }};
    const DeliveryReport report = runner_.run(
        source, 0, replications_, [&](std::size_t point, std::int64_t, const PointOutcome& outcome) {
          for (std::size_t m = 0; m < observed_.size(); ++m)
            rows[point][m] += outcome.measures[m] / static_cast<double>(replications_);
          ++outcome_.replications;
          progress_.update(static_cast<std::size_t>(outcome_.replications + outcome_.replications_before),
                           static_cast<std::size_t>(most_ * replications_));
          if (outcome.failure.empty()) return;
          if (outcome_.failures++ == 0) outcome_.first_failure = outcome.failure;
        });
    if (report.end == DeliveryEnd::stopped) throw StudyEnded{StudyEnd::interrupted, "interrupted"};
    return rows;
  }

  const Study& study_;
  const CalibrationSpec& spec_;
  const CalibrationStudyOptions& options_;
  Progress progress_;
  PointRunner runner_;
  std::vector<double> observed_;
  std::vector<double> scales_;
  std::int64_t replications_ = 1;
  std::int64_t most_ = 0;
  std::size_t batches_ = 0;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  CalibrationOutcome outcome_;
};

}  // namespace

CalibrationOutcome run_calibration(const Study& study, const CalibrationStudyOptions& options) {
  return CalibrationRun{study, options}.run();
}

int calibration_replications(const Study& study) {
  const int asked = study.spec.replications > 0 ? study.spec.replications : study.calibration.replications;
  if (asked > 0) return asked;
  return study.calibration.fit == FitKind::posterior ? 1 : default_point_replications;
}

std::string calibration_identity(const Study& study) {
  RunIdentity identity;
  const BuildInfo& build = build_info();
  identity.program = fmt::format("peercap {} (git {})", build.version, build.git_hash);
  identity.scenario = peer_support::resolved_text(study.base);
  if (study.base.roster_data) identity.roster_sha256 = study.base.roster_data->sha256;
  const CalibrationSpec& spec = study.calibration;
  identity.scenario += fmt::format(
      "calibrate {} {} {} {} {} {}\n", level_names(FitKind{})[static_cast<std::size_t>(spec.fit)],
      spec.population, spec.generations, spec.simulations, calibration_replications(study), spec.tolerance);
  for (const CalibratedParameter& parameter : spec.parameters)
    identity.scenario +=
        fmt::format("parameter {} {} {} {}\n", parameter.path, static_cast<int>(parameter.prior.law),
                    parameter.prior.first, parameter.prior.second);
  for (const ObservedMeasure& observed : spec.observed)
    identity.scenario += fmt::format("observed {} {} {}\n", peer_support::info_of(observed.measure).name,
                                     observed.value, observed.within);
  return identity.digest();
}

peer_support::ParameterSettings settings_of(const Study& study, const std::vector<double>& values) {
  peer_support::ParameterSettings settings;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& path = study.calibration.parameters[i].path;
    settings.emplace_back(path, peer_support::text_of_number(study.base, path, values[i]));
  }
  return settings;
}

std::vector<double> center_of(const Study& study, const CalibrationOutcome& outcome) {
  if (outcome.point) return outcome.point->parameters;
  const Posterior& posterior = *outcome.posterior;
  std::vector<double> center;
  for (std::size_t i = 0; i < study.calibration.parameters.size(); ++i) {
    const Prior& prior = study.calibration.parameters[i].prior;
    double mean = 0.0;
    for (std::size_t j = 0; j < posterior.weights.size(); ++j)
      mean += posterior.weights[j] * prior.to_working(posterior.parameters[j][i]);
    center.push_back(prior.from_working(mean));
  }
  return center;
}

}  // namespace peercap::app
