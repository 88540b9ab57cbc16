#include "app/studies/comparison_content.h"

#include <array>
#include <numeric>

#include "app/studies/comparison_report.h"
#include "app/studies/table_builder.h"
#include "models/peer_support/scenario_yaml/resolved_text.h"
#include "sim/statistics/summary.h"

namespace peercap::app {
namespace {

using Integers = std::vector<std::int64_t>;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

ResultGroup policies_group(const Study& study) {
  Texts names;
  Texts descriptions;
  for (const StudyPolicy& policy : study.policies) {
    names.push_back(policy.name);
    descriptions.push_back(policy.description);
  }
  TableGroup table{"/policies", "what is compared", names.size()};
  table.add("name", "", "name of the policy", std::move(names))
      .add("description", "", "its description", std::move(descriptions));
  return table.take();
}

ResultGroup replications_group(const Study& study, const ComparisonOutcome& outcome) {
  ResultGroup group{"/replications",
                    "each measure of each replication of each policy, by common random numbers",
                    GroupShape::arrays,
                    {},
                    {}};
  Texts policies;
  for (const StudyPolicy& policy : study.policies) policies.push_back(policy.name);
  Integers replications(static_cast<std::size_t>(outcome.replications));
  std::iota(replications.begin(), replications.end(), std::int64_t{0});
  group.dimensions.push_back({"policy", "", "policy", std::move(policies)});
  group.dimensions.push_back({"replication", "1", "replication", std::move(replications)});
  for (std::size_t m = 0; m < outcome.measures.size(); ++m) {
    const auto& info = peer_support::info_of(outcome.measures[m].measure);
    Numbers values;
    for (const std::vector<double>& figures : outcome.figures[m])
      values.insert(values.end(), figures.begin(), figures.end());
    group.variables.push_back({std::string{info.name},
                               std::string{info.unit},
                               std::string{info.long_name},
                               std::string{info.description},
                               {"policy", "replication"},
                               std::move(values)});
  }
  return group;
}

ResultGroup summary_group(const Study& study, const ComparisonOutcome& outcome) {
  Texts measures;
  Texts units;
  Texts long_names;
  Texts policies;
  Texts better;
  std::array<Numbers, 4> numbers;
  Integers ns;
  Integers is_best;
  for (std::size_t m = 0; m < outcome.measures.size(); ++m)
    for (std::size_t p = 0; p < study.policies.size(); ++p) {
      const MeasureComparison& measure = outcome.measures[m];
      const auto& info = peer_support::info_of(measure.measure);
      const Summary s = summarize(outcome.figures[m][p]);
      measures.emplace_back(info.name);
      units.emplace_back(info.unit);
      long_names.emplace_back(info.long_name);
      policies.push_back(study.policies[p].name);
      better.emplace_back(!measure.has_preference                    ? ""
                          : measure.preference == Preference::larger ? "larger"
                                                                     : "smaller");
      numbers[0].push_back(s.mean);
      numbers[1].push_back(s.mean_interval.low);
      numbers[2].push_back(s.mean_interval.high);
      numbers[3].push_back(s.standard_deviation);
      ns.push_back(static_cast<std::int64_t>(s.count));
      is_best.push_back(measure.has_preference && measure.best == p ? 1 : 0);
    }
  TableGroup table{"/summary", "mean of each measure for each policy, with its 95 % t interval",
                   measures.size()};
  table.add("measure", "", "name of the measure", std::move(measures))
      .add("long_name", "", "the measure in words", std::move(long_names))
      .add("unit", "", "its unit", std::move(units))
      .add("policy", "", "name of the policy", std::move(policies))
      .add("mean", "1", "mean over replications, in the unit of the measure", std::move(numbers[0]))
      .add("ci_low", "1", "low end of its 95 % interval", std::move(numbers[1]))
      .add("ci_high", "1", "high end of its 95 % interval", std::move(numbers[2]))
      .add("sd", "1", "standard deviation over replications", std::move(numbers[3]))
      .add("n", "1", "replications in which the measure is defined", std::move(ns))
      .add("better", "", "which end a target asks for: larger, smaller, or empty", std::move(better))
      .add("best", "1", "1 for the policy with the best mean", std::move(is_best));
  return table.take();
}

ResultGroup pairs_group(const Study& study, const ComparisonOutcome& outcome) {
  Texts measures;
  Texts firsts;
  Texts seconds;
  std::array<Numbers, 10> numbers;
  Integers ns;
  Integers missing;
  for (const MeasureComparison& measure : outcome.measures)
    for (const PolicyPair& pair : measure.comparison.pairs) {
      const PairedDifference& d = pair.difference;
      measures.emplace_back(peer_support::info_of(measure.measure).name);
      firsts.push_back(study.policies[pair.first].name);
      seconds.push_back(study.policies[pair.second].name);
      const std::array<double, 10> all{d.mean,
                                       d.interval.low,
                                       d.interval.high,
                                       pair.simultaneous_interval.low,
                                       pair.simultaneous_interval.high,
                                       d.p_value,
                                       pair.adjusted_p_value,
                                       d.larger_mean_probability,
                                       d.larger_share,
                                       d.variance_ratio};
      for (std::size_t i = 0; i < all.size(); ++i) numbers[i].push_back(all[i]);
      ns.push_back(static_cast<std::int64_t>(d.count));
      missing.push_back(static_cast<std::int64_t>(d.missing));
    }
  TableGroup table{"/pairs", "paired differences, first less second, replication by replication",
                   measures.size()};
  table.add("measure", "", "name of the measure", std::move(measures))
      .add("first", "", "policy", std::move(firsts))
      .add("second", "", "policy that is taken off", std::move(seconds))
      .add("difference", "1", "mean difference, in the unit of the measure", std::move(numbers[0]))
      .add("ci_low", "1", "low end of its 95 % interval", std::move(numbers[1]))
      .add("ci_high", "1", "high end of its 95 % interval", std::move(numbers[2]))
      .add("simultaneous_ci_low", "1",
           "low end of the interval that holds for all pairs of the measure at once (Bonferroni)",
           std::move(numbers[3]))
      .add("simultaneous_ci_high", "1", "high end of that interval", std::move(numbers[4]))
      .add("p_value", "1", "of no difference", std::move(numbers[5]))
      .add("p_value_holm", "1", "the same, adjusted over the pairs of the measure (Holm)",
           std::move(numbers[6]))
      .add("first_larger_mean_probability", "1", "probability that the first mean is larger",
           std::move(numbers[7]))
      .add("first_larger_share", "1", "share of replications in which the first is larger",
           std::move(numbers[8]))
      .add("variance_ratio", "1",
           "variance of the difference without common random numbers over that with them",
           std::move(numbers[9]))
      .add("n", "1", "replications in which both are defined", std::move(ns))
      .add("missing", "1", "replications in which one is not", std::move(missing));
  return table.take();
}

ResultGroup stability_group(const Study& study, const RankStability& stability) {
  Texts measures;
  Texts policies;
  Numbers shares;
  for (std::size_t m = 0; m < study.measures.size(); ++m)
    for (std::size_t p = 0; p < study.policies.size(); ++p) {
      measures.emplace_back(peer_support::info_of(study.measures[m]).name);
      policies.push_back(study.policies[p].name);
      shares.push_back(stability.first_shares[m][p]);
    }
  TableGroup table{"/rank_stability",
                   "how often each policy is first where the varied parameters are drawn anew",
                   measures.size()};
  table.add("measure", "", "name of the measure", std::move(measures))
      .add("policy", "", "name of the policy", std::move(policies))
      .add("first_share", "1", "share of the draws in which its mean is the best", std::move(shares));
  return table.take();
}

}  // namespace

std::vector<ResultGroup> comparison_groups(const Study& study, const ComparisonOutcome& outcome,
                                           const std::optional<RankStability>& stability,
                                           const std::string& source) {
  TextGroup of_study{"/study", "what was run"};
  of_study.add("name", "name of the study", study.spec.name)
      .add("description", "its description", study.spec.description)
      .add("source", "study file as given", source)
      .add("scenario", "every parameter of the scenario as it is", peer_support::resolved_text(study.base))
      .add("end", "why there are no more replications", std::string{end_text(outcome.end)});
  std::vector<ResultGroup> groups;
  groups.push_back(of_study.take());
  groups.push_back(policies_group(study));
  groups.push_back(replications_group(study, outcome));
  groups.push_back(summary_group(study, outcome));
  groups.push_back(pairs_group(study, outcome));
  if (stability) groups.push_back(stability_group(study, *stability));
  return groups;
}

}  // namespace peercap::app
