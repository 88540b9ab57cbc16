#include "app/studies/sizing_content.h"

#include <limits>

#include "app/studies/closed_form.h"
#include "app/studies/sizing_report.h"
#include "app/studies/table_builder.h"
#include "app/studies/text_layout.h"
#include "models/peer_support/scenario_yaml/resolved_text.h"

namespace peercap::app {
namespace {

using Integers = std::vector<std::int64_t>;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

/// A look at a candidate, and what it is to the answer.
struct Look {
  std::string part;
  const CandidateAssessment* assessment;
};

std::vector<Look> looks(const SizingOutcome& outcome) {
  std::vector<Look> all;
  all.push_back({outcome.is_found ? "answer" : "nearest", &outcome.at_candidate});
  if (outcome.confirmation) all.push_back({"confirmation", &*outcome.confirmation});
  for (const FewerAssessment& fewer : outcome.fewer) all.push_back({"one_fewer", &fewer.assessment});
  all.push_back({"today", &outcome.today});
  for (const CandidateAssessment& candidate : outcome.history) all.push_back({"looked_at", &candidate});
  return all;
}

ResultGroup assessments_group(const Study& study, const SizingOutcome& outcome,
                              const peer_support::StaffingLaw& law) {
  Texts parts;
  Texts candidates;
  std::vector<Numbers> values(study.search.size());
  Numbers costs;
  Texts targets;
  Texts measures;
  Numbers levels;
  Numbers estimates;
  Numbers lows;
  Numbers highs;
  Numbers margins;
  Texts verdicts;
  Integers ns;
  for (const Look& look : looks(outcome))
    for (std::size_t t = 0; t < study.targets.size(); ++t) {
      const std::vector<std::int64_t>& candidate = look.assessment->candidate;
      const TargetAssessment& target = look.assessment->targets.at(t);
      parts.push_back(look.part);
      candidates.push_back(sizing_words(study, outcome, law, candidate));
      for (std::size_t c = 0; c < study.search.size(); ++c)
        values[c].push_back(study.search[c].number(candidate.empty() ? study.search[c].today : candidate[c]));
      costs.push_back(candidate.empty() ? std::numeric_limits<double>::quiet_NaN()
                                        : candidate_cost(study, candidate));
      targets.push_back(study.targets[t].text);
      measures.emplace_back(peer_support::info_of(study.targets[t].measure).name);
      const Target& asked = study.targets[t].target;
      levels.push_back(asked.statistic == TargetStatistic::probability ? asked.level : asked.value);
      estimates.push_back(target.estimate);
      lows.push_back(target.interval.low);
      highs.push_back(target.interval.high);
      margins.push_back(target.margin);
      verdicts.emplace_back(verdict_text(target.verdict));
      ns.push_back(look.assessment->replications);
    }
  TableGroup table{"/assessments", "each look at a candidate, by each target", targets.size()};
  table.add("part", "",
            "what the look is to the answer: answer or nearest, confirmation on fresh replications, "
            "one_fewer, today, looked_at",
            std::move(parts));
  table.add("candidate", "", "the candidate in words", std::move(candidates));
  for (std::size_t c = 0; c < study.search.size(); ++c) {
    std::string name = study.search[c].path;
    for (char& letter : name)
      if (letter == '/') letter = '|';
    table.add(name, "1", "the parameter's number, in the unit in which the search counts it",
              std::move(values[c]));
  }
  table.add("cost", "1", "cost of the candidate in the study's weights; NaN for the scenario as it is",
            std::move(costs));
  table.add("target", "", "the target as written", std::move(targets));
  table.add("measure", "", "its measure", std::move(measures));
  table.add("threshold", "1", "what the estimate is held against: a value of the measure, or a probability",
            std::move(levels));
  table.add("estimate", "1", "what the replications tell: a mean, a quantile or a probability",
            std::move(estimates));
  table.add("ci_low", "1", "low end of its 95 % interval", std::move(lows));
  table.add("ci_high", "1", "high end of its 95 % interval", std::move(highs));
  table.add("margin", "1", "by how much the target is kept; below 0 missed", std::move(margins));
  table.add("verdict", "", "met, missed, or not shown", std::move(verdicts));
  table.add("n", "1", "replications", std::move(ns));
  return table.take();
}

}  // namespace

std::vector<ResultGroup> sizing_groups(const Study& study, const SizingOutcome& outcome,
                                       const peer_support::StaffingLaw& law, const std::string& source) {
  TextGroup of_study{"/study", "what was run, and what it gave"};
  of_study.add("name", "name of the study", study.spec.name)
      .add("description", "its description", study.spec.description)
      .add("source", "study file as given", source)
      .add("scenario", "every parameter of the scenario as it is", peer_support::resolved_text(study.base))
      .add("answer", "the answer in words", sizing_answer(study, outcome, law))
      .add("found", "whether a candidate meets every target", outcome.is_found ? "yes" : "no");
  Texts paths;
  Texts lows;
  Texts highs;
  Texts today;
  for (const SearchComponent& component : study.search) {
    paths.push_back(component.path);
    lows.push_back(setting_of(component, study.base, component.low).second);
    highs.push_back(setting_of(component, study.base, component.high).second);
    today.push_back(setting_of(component, study.base, component.today).second);
  }
  TableGroup search{"/search", "what was looked for", study.search.size()};
  search.add("path", "", "path of the parameter", std::move(paths))
      .add("low", "", "least value looked at", std::move(lows))
      .add("high", "", "largest value looked at", std::move(highs))
      .add("today", "", "value in the scenario as it is", std::move(today));
  Texts targets;
  Numbers supporters;
  Texts remarks;
  for (const StudyTarget& target : study.targets) {
    const ClosedFormAnswer closed = closed_form_answer(law, study.base, target);
    targets.push_back(target.text);
    supporters.push_back(closed.supporters ? static_cast<double>(*closed.supporters)
                                           : std::numeric_limits<double>::quiet_NaN());
    remarks.push_back(closed.remark);
  }
  TableGroup closed{"/closed_form", "what closed forms give for the number of supporters", targets.size()};
  closed.add("target", "", "the target as written", std::move(targets))
      .add("supporters", "1", "least number by the closed form; NaN where there is none",
           std::move(supporters))
      .add("remark", "", "what it leaves out, or why there is none", std::move(remarks));
  std::vector<ResultGroup> groups;
  groups.push_back(of_study.take());
  groups.push_back(search.take());
  groups.push_back(assessments_group(study, outcome, law));
  groups.push_back(closed.take());
  return groups;
}

}  // namespace peercap::app
