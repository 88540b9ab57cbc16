#include "app/commands/evaluate.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/commands/study_command.h"
#include "app/interruption.h"
#include "app/studies/measure_names.h"
#include "app/studies/point_runner.h"
#include "app/studies/scenario_changes.h"
#include "app/studies/study_file.h"
#include "app/terminal_style.h"
#include "models/peer_support/scenario_yaml/parameter_number.h"
#include "sim/io/yaml/document.h"
#include "sim/io/yaml/json_writer.h"
#include "sim/io/yaml/similar.h"
#include "sim/statistics/summary.h"

namespace peercap::app {
namespace {

using peer_support::Measure;
using yaml::Entry;
using yaml::Node;
using yaml::NodeKind;

const std::string request_name = "standard input";
constexpr int most_replications = 1'000'000;

/// What was asked for.
struct Request {
  std::string scenario;
  StudyLoadOptions load;
  std::vector<const Entry*> parameters;  ///< of the document
  std::vector<Measure> measures;
  std::vector<yaml::Place> measure_places;  ///< [measures]; empty where all are meant
  bool with_values = false;
};

class RequestReader {
 public:
  RequestReader(const Node& root, Diagnostics& diagnostics) : root_{root}, diagnostics_{diagnostics} {}

  Request read(const std::string& default_scenario) {
    request_.scenario = default_scenario;
    for (const Entry& entry : root_.entries) read_entry(entry);
    if (request_.scenario.empty())
      report(root_.place, "the request names no scenario", "write `\"scenario\": \"FILE.yaml\"`");
    if (request_.measures.empty() && !names_measures_)
      for (std::size_t m = 0; m < peer_support::measure_count; ++m)
        request_.measures.push_back(static_cast<Measure>(m));
    return std::move(request_);
  }

 private:
  void report(yaml::Place place, std::string what, std::string suggestion = {}) {
    diagnostics_.error({request_name, place.line, place.column}, std::move(what), std::move(suggestion));
  }

  void read_entry(const Entry& entry) {
    static const std::vector<std::string> keys{"scenario", "variant",    "seed",  "replications",
                                               "measures", "parameters", "values"};
    if (entry.key == "scenario") {
      if (const auto* text = text_of(entry)) request_.scenario = *text;
    } else if (entry.key == "variant") {
      if (const auto* text = text_of(entry)) request_.load.variant = *text;
    } else if (entry.key == "seed") {
      if (const auto number = whole_of(entry, 1, std::numeric_limits<std::int64_t>::max()))
        request_.load.seed = static_cast<std::uint64_t>(*number);
    } else if (entry.key == "replications") {
      if (const auto number = whole_of(entry, 1, most_replications))
        request_.load.replications = static_cast<int>(*number);
    } else if (entry.key == "values") {
      const auto* text = text_of(entry);
      request_.with_values = text != nullptr && *text == "true";
      if (text != nullptr && *text != "true" && *text != "false")
        report(entry.value.place, "`values` is true or false");
    } else if (entry.key == "measures") {
      read_measures(entry);
    } else if (entry.key == "parameters") {
      if (entry.value.kind != NodeKind::mapping)
        return report(entry.value.place, "`parameters` must be an object",
                      "write `\"parameters\": {\"supporters.count\": 8}`");
      for (const Entry& parameter : entry.value.entries)
        if (text_of(parameter) != nullptr) request_.parameters.push_back(&parameter);
    } else {
      const auto similar = yaml::find_similar(entry.key, keys);
      report(entry.key_place, fmt::format("`{}` is no key of a request", entry.key),
             similar ? fmt::format("did you mean `{}`?", *similar)
                     : fmt::format("the keys are {}", fmt::join(keys, ", ")));
    }
  }

  const std::string* text_of(const Entry& entry) {
    if (entry.value.kind == NodeKind::scalar) return &entry.value.text;
    report(entry.value.place,
           fmt::format("`{}` must be a single value, not {}", entry.key, describe_kind(entry.value.kind)));
    return nullptr;
  }

  std::optional<std::int64_t> whole_of(const Entry& entry, std::int64_t low, std::int64_t high) {
    const auto* text = text_of(entry);
    if (text == nullptr) return std::nullopt;
    std::int64_t number = 0;
    if (!yaml::parse_whole_number(*text, number) && number >= low && number <= high) return number;
    report(entry.value.place, fmt::format("`{}` must be a whole number from {} to {}", entry.key, low, high));
    return std::nullopt;
  }

  void read_measures(const Entry& entry) {
    names_measures_ = true;
    if (entry.value.kind != NodeKind::sequence || entry.value.items.empty())
      return report(
          entry.value.place, "`measures` must be an array of names",
          "write `\"measures\": [\"contact_within_limit_share\"]`, or leave it out for all of them");
    for (const Node& item : entry.value.items) {
      const auto measure = find_measure(item.text);
      if (!measure)
        report(item.place, fmt::format("there is no measure `{}`", item.text), suggest_measure(item.text));
      else
        add_measure(*measure, item.place);
    }
  }

  void add_measure(Measure measure, yaml::Place place) {
    if (std::ranges::find(request_.measures, measure) != request_.measures.end())
      return report(place,
                    fmt::format("the measure `{}` is named twice", peer_support::info_of(measure).name),
                    "remove one of them");
    request_.measures.push_back(measure);
    request_.measure_places.push_back(place);
  }

  const Node& root_;
  Diagnostics& diagnostics_;
  Request request_;
  bool names_measures_ = false;
};

/// The value as set_value() takes it. Programs write 8.0 for a count, and true for a switch.
std::string value_text(const peer_support::Scenario& base, const Entry& parameter) {
  const std::string& text = parameter.value.text;
  if (parameter.value.quoting != yaml::Quoting::plain) return text;
  if (text == "true") return "on";
  if (text == "false") return "off";
  if (text.find_first_of(".eE") == std::string::npos) return text;
  const auto info = peer_support::find_factor(base, parameter.key);
  double number = 0.0;
  if (!info || info->kind != peer_support::FactorKind::whole || yaml::parse_number(text, number)) return text;
  if (number != std::floor(number) || std::abs(number) > 1e9) return text;
  return fmt::format("{:.0f}", number);
}

void set_parameters(peer_support::Scenario& scenario, const Request& request, Diagnostics& diagnostics) {
  if (request.parameters.empty()) return;
  peer_support::ParameterSettings settings;
  std::map<std::string, SourceLocation> places;
  for (const Entry* parameter : request.parameters) {
    settings.emplace_back(parameter->key, value_text(scenario, *parameter));
    places[parameter->key] = {request_name, parameter->value.place.line, parameter->value.place.column};
  }
  peer_support::DemandMemory memory;
  (void)change_scenario(
      scenario, settings, &memory, [&](const std::string& path) { return places[path]; }, diagnostics);
}

void check_measures(const peer_support::Scenario& scenario, const Request& request,
                    Diagnostics& diagnostics) {
  if (scenario.run.twin == peer_support::Switch::on) return;
  for (std::size_t m = 0; m < request.measure_places.size(); ++m)
    if (needs_twin(request.measures[m]))
      diagnostics.error(
          {request_name, request.measure_places[m].line, request.measure_places[m].column},
          fmt::format("the measure `{}` compares with a world without a program, which the scenario does "
                      "not run",
                      peer_support::info_of(request.measures[m]).name),
          "write `\"parameters\": {\"run.twin\": true}`; a replication then takes three times as long");
}

std::string problems_json(const Diagnostics& diagnostics) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-evaluation/1");
  json.key("problems").begin_array();
  for (const Problem& problem : diagnostics.sorted()) {
    if (problem.severity != Severity::error) continue;
    json.begin_object();
    json.key("file").value(problem.where.file);
    json.key("line").value(problem.where.line);
    json.key("what").value(problem.what);
    json.key("suggestion").value(problem.suggestion);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

/// What was found, [measures][replications].
struct Evaluation {
  std::vector<std::vector<double>> values;
  std::vector<std::pair<std::int64_t, std::string>> failures;
  std::int64_t replications = 0;
};

std::string answer_json(const Request& request, const Study& study, const Evaluation& evaluation) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-evaluation/1");
  json.key("scenario").value(study.base.name);
  json.key("seed").value(static_cast<std::int64_t>(study.base.run.seed));
  json.key("replications").value(evaluation.replications);
  json.key("failures").begin_array();
  for (const auto& [replication, message] : evaluation.failures) {
    json.begin_object();
    json.key("replication").value(replication);
    json.key("message").value(message);
    json.end_object();
  }
  json.end_array();
  json.key("measures").begin_object();
  for (std::size_t m = 0; m < request.measures.size(); ++m) {
    const auto& info = peer_support::info_of(request.measures[m]);
    const Summary s = summarize(evaluation.values[m]);
    json.key(info.name).begin_object();
    json.key("unit").value(info.unit);
    json.key("n").value(s.count);
    json.key("mean").value(s.mean);
    json.key("ci_low").value(s.mean_interval.low);
    json.key("ci_high").value(s.mean_interval.high);
    json.key("sd").value(s.standard_deviation);
    if (request.with_values) {
      json.key("values").begin_array();
      for (const double value : evaluation.values[m]) json.value(value);
      json.end_array();
    }
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace

ExitCode evaluate(const EvaluateOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  const std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  Diagnostics diagnostics;
  const auto refuse = [&] {
    yaml::SourceLines sources;
    sources.add(request_name, text);
    err << yaml::render(diagnostics, sources, options.color);
    out << problems_json(diagnostics);
    return ExitCode::invalid_input;
  };
  const auto root = yaml::parse_document(text, request_name, diagnostics);
  if (!root) return refuse();
  const Request request = RequestReader{*root, diagnostics}.read(options.scenario);
  std::optional<Study> study;
  if (!request.scenario.empty()) study = load_study(request.scenario, request.load, diagnostics);
  if (study) {
    set_parameters(study->base, request, diagnostics);
    check_measures(study->base, request, diagnostics);
  }
  if (!study || diagnostics.has_errors()) return refuse();

  Evaluation evaluation;
  evaluation.replications =
      study->spec.replications > 0 ? study->spec.replications : study->base.run.replications;
  evaluation.values.resize(request.measures.size());
  InterruptionGuard interruption;
  if (const auto code = settle_warm_up(*study, options.request, interruption, err)) return *code;
  PointRunner runner{request.measures, {.request = options.request, .stop = &interruption.stop_flag()}};
  const PointSource point{1, [&](std::size_t) { return StudyPoint{&study->base, {}}; }};
  const DeliveryReport report =
      runner.run(point, 0, evaluation.replications,
                 [&](std::size_t, std::int64_t replication, const PointOutcome& outcome) {
                   for (std::size_t m = 0; m < evaluation.values.size(); ++m)
                     evaluation.values[m].push_back(outcome.measures[m]);
                   if (!outcome.failure.empty())
                     evaluation.failures.emplace_back(replication, outcome.failure);
                 });
  if (report.end == DeliveryEnd::stopped) {
    fmt::print(err, "interrupted\n");
    return interruption.exit_code();
  }
  out << answer_json(request, *study, evaluation);
  const auto failed = static_cast<std::int64_t>(evaluation.failures.size());
  if (failed == evaluation.replications) return ExitCode::internal_error;
  return failed > 0 ? ExitCode::partial : ExitCode::done;
}

void add_evaluate_command(CLI::App& app, ExitCode& exit_code) {
  struct Arguments {
    std::string scenario;
    std::size_t threads = 0;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "evaluate",
      "For other programs: a request in JSON on standard input, measures in JSON on standard output");
  command->add_option("SCENARIO", arguments->scenario, "Scenario or study file where the request names none");
  command->add_flag("--json", arguments->json, "Requests and answers in JSON, the only form there is")
      ->required();
  command->add_option("--threads", arguments->threads, "Threads; without it one for each processor")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  command->callback([arguments, &exit_code] {
    EvaluateOptions options;
    options.scenario = arguments->scenario;
    options.request.threads = arguments->threads;
    options.color = choose_color(Stream::error);
    exit_code = evaluate(options, std::cin, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
