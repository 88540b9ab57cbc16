#include "app/studies/comparison_report.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/studies/measure_names.h"
#include "app/studies/text_layout.h"
#include "sim/statistics/summary.h"

namespace peercap::app {
namespace {

std::string probability_text(double p) {
  if (std::isnan(p)) return "not defined";
  if (p > 0.999) return "above 0.999";
  if (p < 0.001) return "below 0.001";
  return fmt::format("{:.3f}", p);
}

std::string p_text(double p) {
  if (std::isnan(p)) return "not defined";
  return p < 0.001 ? "below 0.001" : fmt::format("= {:.3f}", p);
}

std::string ratio_text(double ratio) {
  if (std::isnan(ratio)) return "cannot be told";
  if (std::isinf(ratio)) return "without bound";
  return ratio >= 100.0 ? fmt::format("{:.0f} times", ratio) : fmt::format("{:.1f} times", ratio);
}

class Report {
 public:
  Report(const Study& study, const ComparisonOutcome& outcome, const std::optional<RankStability>& stability)
      : study_{study}, outcome_{outcome}, stability_{stability} {}

  std::string write() {
    text_ = wrapped(fmt::format("{}: {} policies, n = {} replications each, by the same chance ({})",
                                study_.spec.name, study_.policies.size(), outcome_.replications,
                                end_text(outcome_.end)));
    if (!study_.spec.description.empty()) text_ += wrapped(study_.spec.description);
    text_ += "\n";
    for (const StudyPolicy& policy : study_.policies)
      text_ += wrapped(
          policy.description.empty() ? policy.name : fmt::format("{}: {}", policy.name, policy.description),
          2);
    add_what_common_chance_saves();
    for (std::size_t m = 0; m < outcome_.measures.size(); ++m) add_measure(m);
    if (stability_) add_stability();
    add_remarks();
    return std::move(text_);
  }

 private:
  [[nodiscard]] const std::string& name(std::size_t policy) const { return study_.policies[policy].name; }

  /// Of the first measure: that of the first target, if there is one.
  void add_what_common_chance_saves() {
    const MeasureComparison& first = outcome_.measures.front();
    std::vector<double> ratios;
    for (const PolicyPair& pair : first.comparison.pairs) ratios.push_back(pair.difference.variance_ratio);
    if (std::ranges::any_of(ratios, [](double ratio) { return std::isnan(ratio); })) return;
    const auto [least, most] = std::ranges::minmax(ratios);
    const std::string end = ratio_text(most);
    std::string begin = ratio_text(least);
    begin = begin == end ? "" : fmt::format("{} to ", begin.substr(0, begin.find(' ')));
    text_ += "\n" + wrapped(fmt::format("Common random numbers cut the variance of differences in {} {}{}.",
                                        peer_support::info_of(first.measure).name, begin, end));
  }

  void add_measure(std::size_t m) {
    const MeasureComparison& measure = outcome_.measures[m];
    const auto& info = peer_support::info_of(measure.measure);
    text_ += "\n" + wrapped(fmt::format("{}{}", info.name,
                                        !measure.has_preference                    ? ""
                                        : measure.preference == Preference::larger ? " (larger is better)"
                                                                                   : " (smaller is better)"));
    std::vector<Summary> summaries;
    IntervalStrip strip;
    for (std::size_t p = 0; p < study_.policies.size(); ++p) {
      const Summary& s = summaries.emplace_back(summarize(outcome_.figures[m][p]));
      if (s.count > 0) strip.include(s.mean_interval.low, s.mean, s.mean_interval.high);
    }
    for (std::size_t p = 0; p < study_.policies.size(); ++p) {
      const Summary& s = summaries[p];
      const Interval& interval = s.mean_interval;
      text_ += row(name(p), s.count == 0 ? "not defined"
                                         : fmt::format("{}  {}",
                                                       interval_text(s.mean, interval.low, interval.high,
                                                                     shown_unit(measure.measure)),
                                                       strip.draw(interval.low, s.mean, interval.high)));
    }
    for (const PolicyPair& pair : measure.comparison.pairs) add_pair(measure, pair);
    if (measure.has_preference)
      text_ += wrapped(
          fmt::format("Best is {}; it is first in {:.3g} % of the sets of replications drawn "
                      "again.",
                      name(measure.best), 100.0 * measure.comparison.rank_shares[measure.best].front()),
          2);
  }

  void add_pair(const MeasureComparison& measure, const PolicyPair& pair) {
    const PairedDifference& d = pair.difference;
    text_ += row(fmt::format("{} less {}", name(pair.first), name(pair.second)),
                 difference_text(measure.measure, d.mean, d.interval));
    const bool smaller = measure.has_preference && measure.preference == Preference::smaller;
    const double mean_probability = smaller ? 1.0 - d.larger_mean_probability : d.larger_mean_probability;
    const double share = smaller ? 1.0 - d.larger_share : d.larger_share;
    text_ += wrapped(
        fmt::format("probability that {} {}: of the mean {}, of a single year {}; p {} (Holm); common random "
                    "numbers cut the variance {}",
                    name(pair.first), measure.has_preference ? "beats it" : "is larger",
                    probability_text(mean_probability), probability_text(share),
                    p_text(pair.adjusted_p_value), ratio_text(d.variance_ratio)),
        4);
  }

  void add_stability() {
    std::string names;
    for (const VariedParameter& parameter : study_.vary)
      names += fmt::format("{}{}", names.empty() ? "" : ", ", parameter.path);
    text_ += "\n" + wrapped(fmt::format("BEST IN SO MANY OF {} DRAWS OF {} (n = {} replications each)",
                                        stability_->draws, names, stability_->replications));
    for (std::size_t m = 0; m < outcome_.measures.size(); ++m) {
      if (!outcome_.measures[m].has_preference) continue;
      text_ += fmt::format("  {}\n", peer_support::info_of(outcome_.measures[m].measure).name);
      for (std::size_t p = 0; p < study_.policies.size(); ++p) {
        const double share = stability_->first_shares[m][p];
        text_ +=
            row("  " + name(p), std::isnan(share) ? "not defined" : fmt::format("{:.3g} %", 100.0 * share));
      }
    }
  }

  void add_remarks() {
    const std::size_t pairs = study_.policies.size() * (study_.policies.size() - 1) / 2;
    text_ += "\n" + wrapped(fmt::format(
                        "Intervals are 95 %, paired by replication, and hold one by one. p-values are of no "
                        "difference and adjusted by Holm's method over the {} pair{} of a measure, not over "
                        "measures. \"Cut the variance 10 times\" means that independent seeds would need 10 "
                        "times as many replications for the same interval. All of it tells chance, not "
                        "whether the assumptions hold.{}",
                        pairs, pairs == 1 ? "" : "s",
                        outcome_.failures > 0
                            ? fmt::format(" {} replications failed and are left out.", outcome_.failures)
                            : ""));
    text_ += wrapped(fmt::format("{} replications in {}.",
                                 outcome_.replications * static_cast<std::int64_t>(study_.policies.size()),
                                 duration_text(outcome_.seconds)));
  }

  const Study& study_;
  const ComparisonOutcome& outcome_;
  const std::optional<RankStability>& stability_;
  std::string text_;
};

}  // namespace

std::string comparison_report(const Study& study, const ComparisonOutcome& outcome,
                              const std::optional<RankStability>& stability) {
  return Report{study, outcome, stability}.write();
}

std::string_view end_text(ComparisonEnd end) {
  switch (end) {
    case ComparisonEnd::complete:
      return "complete";
    case ComparisonEnd::precise:
      return "as precise as asked";
    case ComparisonEnd::not_precise:
      return "not as precise as asked with the most replications";
    case ComparisonEnd::out_of_time:
      return "the time budget is spent";
    case ComparisonEnd::interrupted:
      break;
  }
  return "interrupted";
}

}  // namespace peercap::app
