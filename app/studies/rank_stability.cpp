#include "app/studies/rank_stability.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "app/studies/point_runner.h"
#include "app/studies/study_design.h"

namespace peercap::app {
namespace {

/// Gathers the means of one draw, and counts who is first.
class RankCounter {
 public:
  RankCounter(const Study& study, RankStability& result)
      : study_{study},
        result_{result},
        counted_(study.measures.size(), 0.0),
        sums_(study.measures.size(), std::vector<double>(study.policies.size(), 0.0)) {
    result_.first_shares = sums_;
  }

  void add(std::size_t policy, const std::vector<double>& measures) {
    for (std::size_t m = 0; m < measures.size(); ++m) sums_[m][policy] += measures[m];
  }

  void end_draw() {
    for (std::size_t m = 0; m < sums_.size(); ++m) {
      std::vector<double>& sums = sums_[m];
      if (std::ranges::none_of(sums, [](double sum) { return std::isnan(sum); })) {
        const double best = preference_for(study_, study_.measures[m]) == Preference::larger
                                ? *std::ranges::max_element(sums)
                                : *std::ranges::min_element(sums);
        const auto winners = static_cast<double>(std::ranges::count(sums, best));
        for (std::size_t p = 0; p < sums.size(); ++p)
          if (sums[p] == best) result_.first_shares[m][p] += 1.0 / winners;
        counted_[m] += 1.0;
      }
      std::ranges::fill(sums, 0.0);
    }
  }

  void finish() {
    for (std::size_t m = 0; m < counted_.size(); ++m)
      for (double& share : result_.first_shares[m])
        share = counted_[m] > 0.0 ? share / counted_[m] : std::numeric_limits<double>::quiet_NaN();
  }

 private:
  const Study& study_;
  RankStability& result_;
  std::vector<double> counted_;            ///< [measures] draws
  std::vector<std::vector<double>> sums_;  ///< [measures][policies] of the present draw
};

}  // namespace

Preference preference_for(const Study& study, peer_support::Measure measure) {
  Preference preference = Preference::larger;
  for (const StudyTarget& target : study.targets)
    if (target.measure == measure)
      preference = target.target.bound == TargetBound::at_least ? Preference::larger : Preference::smaller;
  return preference;
}

std::optional<RankStability> run_rank_stability(const Study& study, const ComparisonStudyOptions& options) {
  const StudyDesign design{study};
  const std::size_t policies = study.policies.size();
  RankStability result;
  result.draws = design.size();
  result.replications = replications_per_draw;
  Progress progress{options.progress, "draw of parameters, replication"};
  PointRunner runner{
      study.measures,
      {.request = options.request,
       .stop = options.stop,
       .progress = [&](std::size_t done, std::size_t total) { progress.update(done, total); }}};
  RankCounter counter{study, result};
  const PointSource points{static_cast<std::size_t>(design.size()) * policies, [&](std::size_t index) {
                             return StudyPoint{.base = &study.policies[index % policies].scenario,
                                               .settings = design.settings(index / policies)};
                           }};
  const DeliveryReport report = runner.run(
      points, 0, result.replications,
      [&](std::size_t index, std::int64_t replication, const PointOutcome& outcome) {
        const std::size_t policy = index % policies;
        counter.add(policy, outcome.measures);
        if (!outcome.failure.empty()) {
          ++result.failures;
          progress.clear();
          if (options.tell)
            options.tell(fmt::format("{}, draw {}: replication {} failed: {}", study.policies[policy].name,
                                     index / policies, replication, outcome.failure));
        }
        if (policy + 1 == policies && replication + 1 == result.replications) counter.end_draw();
      });
  progress.clear();
  if (report.end == DeliveryEnd::stopped) return std::nullopt;
  counter.finish();
  return result;
}

}  // namespace peercap::app
