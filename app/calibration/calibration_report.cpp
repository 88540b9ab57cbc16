#include "app/calibration/calibration_report.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/progress.h"
#include "app/studies/measure_names.h"
#include "app/studies/text_layout.h"
#include "models/peer_support/scenario_yaml/parameter_number.h"
#include "sim/io/yaml/number_text.h"
#include "sim/io/yaml/value_text.h"
#include "sim/support/quantity.h"

namespace peercap::app {
namespace {

/// A parameter of which the data leave more than this share of its prior's deviation is hardly known better.
constexpr double hardly_narrower = 0.8;

/// "0.98765432 per year" with three digits: "0.988 per year". Rates a year, whatever the unit of the exact
/// text.
std::string shortened(const std::string& text) {
  Rate rate;
  if (!yaml::parse_value(text, ParameterInfo{}, rate)) return fmt::format("{:.3g} per year", rate.per_year());
  const std::size_t end = std::min(text.find_first_not_of("0123456789.eE+-"), text.size());
  double number = 0.0;
  if (yaml::parse_number(std::string_view{text}.substr(0, end), number)) return text;
  return fmt::format("{:.3g}{}", number, text.substr(end));
}

class Report {
 public:
  Report(const Study& study, const CalibrationOutcome& outcome)
      : study_{study}, spec_{study.calibration}, outcome_{outcome} {}

  std::string write() {
    text_ = wrapped(fmt::format("{}: {} parameter{} fitted to {} figure{}", study_.spec.name,
                                spec_.parameters.size(), spec_.parameters.size() == 1 ? "" : "s",
                                spec_.observed.size(), spec_.observed.size() == 1 ? "" : "s"));
    if (!study_.spec.description.empty()) text_ += wrapped(study_.spec.description);
    text_ += "\n" + wrapped(outcome_.posterior ? posterior_sentence() : point_sentence());
    text_ += "\nPARAMETERS\n";
    for (std::size_t i = 0; i < spec_.parameters.size(); ++i) add_parameter(i);
    text_ += "\n" + wrapped(outcome_.posterior
                                ? "FIGURES, one fresh replication of each set (95 % of them lie in the range)"
                                : "FIGURES, means of fresh replications (95 % confidence interval)");
    for (std::size_t m = 0; m < spec_.observed.size(); ++m) add_figure(m);
    text_ += "\n" + wrapped(effort_sentence());
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string posterior_sentence() const {
    const Posterior& posterior = *outcome_.posterior;
    const CalibrationStep& last = posterior.steps.back();
    std::string text = fmt::format(
        "{} sets of parameters come within a distance of {:.3g} of what was observed; they count as {:.0f} "
        "independent ones.",
        posterior.parameters.size(), last.tolerance, last.effective_size);
    switch (posterior.end) {
      case CalibrationEnd::tolerance_reached:
        break;
      case CalibrationEnd::generations:
        text += fmt::format(
            " The tolerance of {:.3g} was not reached in {} generations: allow more, or ask for less.",
            spec_.tolerance, posterior.steps.size());
        break;
      case CalibrationEnd::simulations:
        text += fmt::format(
            " The tolerance of {:.3g} was not reached with {} simulations: allow more, or ask for less.",
            spec_.tolerance, count_text(spec_.simulations));
        break;
      case CalibrationEnd::acceptance:
        text += fmt::format(
            " The tolerance of {:.3g} was not reached: hardly any set comes closer. The model may not be "
            "able to give these figures together.",
            spec_.tolerance);
        break;
    }
    return text;
  }

  [[nodiscard]] std::string point_sentence() const {
    const PointFit& point = *outcome_.point;
    std::string text =
        fmt::format("The best of {} sets of parameters lies at a distance of {:.3g} from what was observed.",
                    point.evaluations, point.distance);
    if (point.distance > 1.0)
      text += " No set that was tried gives all figures within what they are known to.";
    if (!point.is_converged) text += " The search was not at its end when the simulations were spent.";
    text += " A point says nothing of how well the data tell the parameters: `fit: posterior` does.";
    return text;
  }

  [[nodiscard]] std::string number_text(std::size_t parameter, double number) const {
    return shortened(peer_support::text_of_number(study_.base, spec_.parameters[parameter].path, number));
  }

  void add_parameter(std::size_t i) {
    const CalibratedParameter& parameter = spec_.parameters[i];
    if (outcome_.point) {
      text_ += row(parameter.path, number_text(i, outcome_.point->parameters[i]));
      return;
    }
    const Posterior& posterior = *outcome_.posterior;
    const Interval interval = posterior.interval(i);
    text_ += row(parameter.path, fmt::format("{} ({} to {})", number_text(i, center_of(study_, outcome_)[i]),
                                             number_text(i, interval.low), number_text(i, interval.high)));
    const double share = remaining_deviation(i);
    text_ +=
        row("  before", fmt::format("{}; {:.0f} % of its deviation is left{}", prior_text(i), 100.0 * share,
                                    share > hardly_narrower ? ": these data hardly tell it" : ""));
  }

  [[nodiscard]] std::string prior_text(std::size_t i) const {
    const Prior& prior = spec_.parameters[i].prior;
    if (prior.law == PriorLaw::normal)
      return fmt::format("about {} (sd {})", number_text(i, prior.first), number_text(i, prior.second));
    return fmt::format("{} to {}", number_text(i, prior.first), number_text(i, prior.second));
  }

  /// Posterior over prior standard deviation, on the scale of the draws.
  [[nodiscard]] double remaining_deviation(std::size_t i) const {
    const Posterior& posterior = *outcome_.posterior;
    const Prior& prior = spec_.parameters[i].prior;
    double mean = 0.0;
    for (std::size_t j = 0; j < posterior.weights.size(); ++j)
      mean += posterior.weights[j] * prior.to_working(posterior.parameters[j][i]);
    double variance = 0.0;
    for (std::size_t j = 0; j < posterior.weights.size(); ++j) {
      const double deviation = prior.to_working(posterior.parameters[j][i]) - mean;
      variance += posterior.weights[j] * deviation * deviation;
    }
    const double before =
        prior.law == PriorLaw::normal
            ? prior.second
            : (prior.to_working(prior.second) - prior.to_working(prior.first)) / std::sqrt(12.0);
    return std::sqrt(variance) / before;
  }

  void add_figure(std::size_t m) {
    const ObservedMeasure& observed = spec_.observed[m];
    const FittedFigure& figure = outcome_.figures[m];
    text_ += row(peer_support::info_of(observed.measure).name,
                 figure.count == 0 ? "not defined"
                                   : interval_text(figure.mean, figure.range.low, figure.range.high,
                                                   shown_unit(observed.measure)));
    text_ +=
        row("  observed", fmt::format("{}, known within {}; n = {} here",
                                      measure_value_text(observed.measure, observed.value),
                                      measure_value_text(observed.measure, observed.within), figure.count));
  }

  [[nodiscard]] std::string effort_sentence() const {
    std::string text =
        fmt::format("{} replications in {}", count_text(static_cast<double>(outcome_.replications)),
                    duration_text(outcome_.seconds));
    if (outcome_.replications_before > 0)
      text += fmt::format(", {} more before this process",
                          count_text(static_cast<double>(outcome_.replications_before)));
    text += ".";
    if (outcome_.failures > 0)
      text += fmt::format(" {} replications failed, and their sets were rejected; the first: {}.",
                          outcome_.failures, outcome_.first_failure);
    return text;
  }

  const Study& study_;
  const CalibrationSpec& spec_;
  const CalibrationOutcome& outcome_;
  std::string text_;
};

}  // namespace

std::string calibration_report(const Study& study, const CalibrationOutcome& outcome) {
  return Report{study, outcome}.write();
}

}  // namespace peercap::app
