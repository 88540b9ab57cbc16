#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/progress.h"
#include "app/studies/measure_names.h"
#include "app/studies/selection_study.h"
#include "app/studies/text_layout.h"
#include "sim/io/yaml/json_writer.h"
#include "sim/statistics/summary.h"

namespace peercap::app {
namespace {

std::string choice_sentence(const Study& study, const SelectionOutcome& outcome) {
  const PolicySelection& selection = *study.selection;
  const std::string& best = study.policies[outcome.answer.best].name;
  const std::string measure{peer_support::info_of(selection.measure).name};
  const double percent = 100.0 * study.spec.probability.value;
  if (!outcome.answer.is_decided)
    return fmt::format(
        "{} has the best mean of {}, but {} replications do not tell it from the others with a probability "
        "of {:.6g} %.",
        best, measure, count_text(static_cast<double>(outcome.replications)), percent);
  if (selection.budget > 0)
    return fmt::format(
        "{} is the best in {} with a probability of at least {:.6g} % (optimal computing budget "
        "allocation, a bound by Bonferroni).",
        best, measure, percent);
  return fmt::format(
      "{} is the best in {}, or within {} of it, with a probability of at least {:.6g} % (procedure KN).",
      best, measure, measure_value_text(selection.measure, selection.indifference), percent);
}

}  // namespace

std::string selection_report(const Study& study, const SelectionOutcome& outcome) {
  const PolicySelection& selection = *study.selection;
  std::string text = wrapped(
      fmt::format("{}: the best of {} policies, by the same chance", study.spec.name, study.policies.size()));
  if (!study.spec.description.empty()) text += wrapped(study.spec.description);
  text += "\n" + wrapped(choice_sentence(study, outcome)) + "\n";
  text += wrapped(fmt::format("{} ({} is better)", peer_support::info_of(selection.measure).name,
                              selection.preference == Preference::larger ? "larger" : "smaller"));
  for (std::size_t p = 0; p < study.policies.size(); ++p) {
    const Summary s = summarize(outcome.values[p]);
    text += row(study.policies[p].name,
                fmt::format("{}  (n = {}{})",
                            interval_text(s.mean, s.mean_interval.low, s.mean_interval.high,
                                          shown_unit(selection.measure)),
                            s.count, outcome.answer.dropped_after[p] > 0 ? ", dropped" : ""));
  }
  return text + "\n" +
         wrapped(fmt::format(
             "{} replications in {}. Intervals are 95 % over replications; they tell chance, not whether "
             "the assumptions hold.",
             count_text(static_cast<double>(outcome.replications)), duration_text(outcome.seconds)));
}

std::string selection_json(const Study& study, const SelectionOutcome& outcome) {
  const PolicySelection& selection = *study.selection;
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-selection/1");
  json.key("study").value(study.spec.name);
  json.key("measure").value(peer_support::info_of(selection.measure).name);
  json.key("unit").value(peer_support::info_of(selection.measure).unit);
  json.key("better").value(selection.preference == Preference::larger ? "larger" : "smaller");
  json.key("procedure").value(selection.budget > 0 ? "ocba" : "kn");
  if (selection.budget > 0)
    json.key("budget").value(selection.budget);
  else
    json.key("indifference").value(selection.indifference);
  json.key("probability").value(study.spec.probability.value);
  json.key("decided").boolean(outcome.answer.is_decided);
  json.key("best").value(study.policies[outcome.answer.best].name);
  json.key("policies").begin_array();
  for (std::size_t p = 0; p < study.policies.size(); ++p) {
    const Summary s = summarize(outcome.values[p]);
    json.begin_object();
    json.key("policy").value(study.policies[p].name);
    json.key("n").value(s.count);
    json.key("mean").value(s.mean);
    json.key("ci_low").value(s.mean_interval.low);
    json.key("ci_high").value(s.mean_interval.high);
    json.key("dropped_after").value(outcome.answer.dropped_after[p]);
    json.end_object();
  }
  json.end_array();
  json.key("replications").value(outcome.replications);
  json.key("seconds").value(outcome.seconds);
  json.end_object();
  return json.take();
}

}  // namespace peercap::app
