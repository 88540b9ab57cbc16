#include <array>
#include <string_view>

#include "app/calibration/calibration_report.h"
#include "app/studies/posterior_file.h"
#include "models/peer_support/scenario_yaml/parameter_number.h"
#include "sim/io/yaml/json_writer.h"
#include "sim/support/build_info.h"

namespace peercap::app {
namespace {

void write_settings(yaml::JsonWriter& json, const peer_support::ParameterSettings& settings) {
  json.begin_object();
  for (const auto& [path, value] : settings) json.key(path).value(std::string_view{value});
  json.end_object();
}

void write_parameter(yaml::JsonWriter& json, const Study& study, const CalibrationOutcome& outcome,
                     std::size_t i) {
  constexpr std::array<std::string_view, 3> laws{"uniform", "log_uniform", "normal"};
  const CalibratedParameter& parameter = study.calibration.parameters[i];
  const auto text = [&](double number) {
    return peer_support::text_of_number(study.base, parameter.path, number);
  };
  json.begin_object();
  json.key("path").value(parameter.path);
  json.key("prior").value(laws[static_cast<std::size_t>(parameter.prior.law)]);
  const bool is_normal = parameter.prior.law == PriorLaw::normal;
  json.key(is_normal ? "prior_mean" : "prior_low").value(text(parameter.prior.first));
  json.key(is_normal ? "prior_sd" : "prior_high").value(text(parameter.prior.second));
  if (outcome.posterior) {
    const Interval interval = outcome.posterior->interval(i);
    json.key("ci_low").value(text(interval.low));
    json.key("ci_high").value(text(interval.high));
  }
  json.end_object();
}

void write_figure(yaml::JsonWriter& json, const Study& study, const CalibrationOutcome& outcome,
                  std::size_t m) {
  const ObservedMeasure& observed = study.calibration.observed[m];
  const FittedFigure& figure = outcome.figures[m];
  json.begin_object();
  json.key("measure").value(peer_support::info_of(observed.measure).name);
  json.key("unit").value(peer_support::info_of(observed.measure).unit);
  json.key("value").value(observed.value);
  json.key("within").value(observed.within);
  json.key("fitted").value(figure.mean);
  json.key("fitted_low").value(figure.range.low);
  json.key("fitted_high").value(figure.range.high);
  json.key("n").value(figure.count);
  json.end_object();
}

void write_draws(yaml::JsonWriter& json, const Study& study, const CalibrationOutcome& outcome) {
  json.key("draws").begin_array();
  const auto write = [&](const std::vector<double>& values, double weight, double distance) {
    json.begin_object();
    json.key("weight").value(weight);
    json.key("distance").value(distance);
    json.key("set");
    write_settings(json, settings_of(study, values));
    json.end_object();
  };
  if (outcome.point) {
    write(outcome.point->parameters, 1.0, outcome.point->distance);
  } else {
    const Posterior& posterior = *outcome.posterior;
    for (std::size_t i = 0; i < posterior.parameters.size(); ++i)
      write(posterior.parameters[i], posterior.weights[i], posterior.distances[i]);
  }
  json.end_array();
}

void write_steps(yaml::JsonWriter& json, const Posterior& posterior) {
  constexpr std::array<std::string_view, 4> ends{"tolerance_reached", "generations", "simulations",
                                                 "acceptance"};
  json.key("end").value(ends[static_cast<std::size_t>(posterior.end)]);
  json.key("generations").begin_array();
  for (const CalibrationStep& step : posterior.steps) {
    json.begin_object();
    json.key("tolerance").value(step.tolerance);
    json.key("acceptance").value(step.acceptance);
    json.key("simulations").value(static_cast<std::int64_t>(step.simulations));
    json.key("effective_size").value(step.effective_size);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string posterior_json(const Study& study, const CalibrationOutcome& outcome) {
  const BuildInfo& build = build_info();
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value(posterior_format);
  json.key("peercap").value(std::string_view{build.version});
  json.key("git_hash").value(std::string_view{build.git_hash});
  json.key("study").value(study.spec.name);
  json.key("scenario").value(study.base.name);
  json.key("seed").value(static_cast<std::int64_t>(study.base.run.seed));
  json.key("fit").value(outcome.point ? "point" : "posterior");
  json.key("parameters").begin_array();
  for (std::size_t i = 0; i < study.calibration.parameters.size(); ++i)
    write_parameter(json, study, outcome, i);
  json.end_array();
  json.key("observed").begin_array();
  for (std::size_t m = 0; m < study.calibration.observed.size(); ++m) write_figure(json, study, outcome, m);
  json.end_array();
  if (outcome.posterior) write_steps(json, *outcome.posterior);
  json.key("center");
  write_settings(json, settings_of(study, center_of(study, outcome)));
  write_draws(json, study, outcome);
  json.end_object();
  return json.take();
}

}  // namespace peercap::app
