#include "app/studies/comparison_report.h"
#include "sim/io/yaml/json_writer.h"
#include "sim/statistics/summary.h"

namespace peercap::app {
namespace {

void write_pair(yaml::JsonWriter& json, const Study& study, const PolicyPair& pair) {
  const PairedDifference& d = pair.difference;
  json.begin_object();
  json.key("first").value(study.policies[pair.first].name);
  json.key("second").value(study.policies[pair.second].name);
  json.key("n").value(d.count);
  json.key("missing").value(d.missing);
  json.key("difference").value(d.mean);
  json.key("ci_low").value(d.interval.low);
  json.key("ci_high").value(d.interval.high);
  json.key("simultaneous_ci_low").value(pair.simultaneous_interval.low);
  json.key("simultaneous_ci_high").value(pair.simultaneous_interval.high);
  json.key("p_value").value(d.p_value);
  json.key("p_value_holm").value(pair.adjusted_p_value);
  json.key("first_larger_mean_probability").value(d.larger_mean_probability);
  json.key("first_larger_share").value(d.larger_share);
  json.key("correlation").value(d.correlation);
  json.key("variance_ratio").value(d.variance_ratio);
  json.end_object();
}

void write_measure(yaml::JsonWriter& json, const Study& study, const ComparisonOutcome& outcome,
                   std::size_t m) {
  const MeasureComparison& measure = outcome.measures[m];
  const auto& info = peer_support::info_of(measure.measure);
  json.begin_object();
  json.key("measure").value(info.name);
  json.key("unit").value(info.unit);
  json.key("better");
  if (measure.has_preference)
    json.value(measure.preference == Preference::larger ? "larger" : "smaller");
  else
    json.null();
  json.key("policies").begin_array();
  for (std::size_t p = 0; p < study.policies.size(); ++p) {
    const Summary s = summarize(outcome.figures[m][p]);
    json.begin_object();
    json.key("policy").value(study.policies[p].name);
    json.key("n").value(s.count);
    json.key("mean").value(s.mean);
    json.key("ci_low").value(s.mean_interval.low);
    json.key("ci_high").value(s.mean_interval.high);
    json.key("sd").value(s.standard_deviation);
    json.key("rank_shares").begin_array();
    for (const double share : measure.comparison.rank_shares[p]) json.value(share);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  if (measure.has_preference) json.key("best").value(study.policies[measure.best].name);
  json.key("pairs").begin_array();
  for (const PolicyPair& pair : measure.comparison.pairs) write_pair(json, study, pair);
  json.end_array();
  json.end_object();
}

void write_stability(yaml::JsonWriter& json, const Study& study, const RankStability& stability) {
  json.key("rank_stability").begin_object();
  json.key("draws").value(static_cast<std::int64_t>(stability.draws));
  json.key("replications").value(stability.replications);
  json.key("failed_replications").value(stability.failures);
  json.key("first_shares").begin_object();
  for (std::size_t m = 0; m < study.measures.size(); ++m) {
    json.key(peer_support::info_of(study.measures[m]).name).begin_object();
    for (std::size_t p = 0; p < study.policies.size(); ++p)
      json.key(study.policies[p].name).value(stability.first_shares[m][p]);
    json.end_object();
  }
  json.end_object();
  json.end_object();
}

}  // namespace

std::string comparison_json(const Study& study, const ComparisonOutcome& outcome,
                            const std::optional<RankStability>& stability) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-comparison/1");
  json.key("study").value(study.spec.name);
  json.key("end").value(end_text(outcome.end));
  json.key("replications").value(outcome.replications);
  json.key("failed_replications").value(outcome.failures);
  json.key("confidence").value(0.95);
  json.key("correction").value("Holm over the pairs of a measure; simultaneous intervals by Bonferroni");
  json.key("measures").begin_array();
  for (std::size_t m = 0; m < outcome.measures.size(); ++m) write_measure(json, study, outcome, m);
  json.end_array();
  if (stability) write_stability(json, study, *stability);
  json.key("seconds").value(outcome.seconds);
  json.end_object();
  return json.take();
}

}  // namespace peercap::app
