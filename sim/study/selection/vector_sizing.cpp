#include "sim/study/selection/vector_sizing.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "sim/support/contract.h"

namespace peercap {
namespace {

using Candidate = std::vector<std::int64_t>;

std::vector<Candidate> combinations(const std::vector<ComponentRange>& ranges) {
  constexpr double most = 1e6;
  require(!ranges.empty(), "find_cheapest_size: at least one component");
  double count = 1.0;
  for (const ComponentRange& range : ranges) {
    require(range.low <= range.high, "find_cheapest_size: low is not above high");
    count *= static_cast<double>(range.high - range.low) + 1.0;
  }
  require(count <= most, "find_cheapest_size: more than a million combinations");
  std::vector<Candidate> all;
  Candidate candidate;
  for (const ComponentRange& range : ranges) candidate.push_back(range.low);
  while (true) {
    all.push_back(candidate);
    std::size_t i = candidate.size();
    while (i > 0 && candidate[i - 1] == ranges[i - 1].high) {
      candidate[i - 1] = ranges[i - 1].low;
      --i;
    }
    if (i == 0) return all;
    ++candidate[i - 1];
  }
}

bool is_nowhere_larger(const Candidate& a, const Candidate& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] > b[i]) return false;
  return true;
}

class CheapestSearch {
 public:
  CheapestSearch(const SimulateCandidate& simulate, const std::vector<Target>& targets,
                 const VectorSizingOptions& options)
      : options_{options},
        assessor_{simulate, targets, options.assessment},
        errors_{1.0 - options.probability} {
    for (const ComponentRange& range : options.ranges) largest_.push_back(range.high);
  }

  [[nodiscard]] VectorSizingAnswer run() {
    const bool is_monotone = options_.monotonicity == Monotonicity::every_component;
    VectorSizingAnswer answer;
    if (is_monotone && !meets(largest_)) return finish(std::move(answer));
    std::vector<Candidate> order = combinations(options_.ranges);
    std::vector<std::pair<double, std::size_t>> costs;
    for (std::size_t i = 0; i < order.size(); ++i) costs.emplace_back(options_.cost(order[i]), i);
    std::ranges::sort(costs);
    for (const auto& [cost, index] : costs) {
      const Candidate& candidate = order[index];
      if (is_ruled_out(candidate)) continue;
      if (!meets(candidate)) {
        if (is_monotone) climb(candidate);
        continue;
      }
      CandidateAssessment confirmation = assessor_.confirm(candidate, errors_.next());
      if (confirmation.verdict == Verdict::missed) {
        failing_.push_back(candidate);
        continue;
      }
      answer.end = SizingEnd::found;
      answer.candidate = candidate;
      answer.cost = cost;
      answer.confirmation = std::move(confirmation);
      break;
    }
    return finish(std::move(answer));
  }

 private:
  [[nodiscard]] bool meets(const Candidate& candidate) {
    for (const CandidateAssessment& earlier : history_)
      if (earlier.candidate == candidate) return counts_as_met(earlier, options_.undecided);
    history_.push_back(assessor_.assess(candidate, errors_.next()));
    const bool is_met = counts_as_met(history_.back(), options_.undecided);
    if (!is_met) failing_.push_back(candidate);
    return is_met;
  }

  [[nodiscard]] bool is_ruled_out(const Candidate& candidate) const {
    if (options_.monotonicity == Monotonicity::none) return false;
    return std::ranges::any_of(
        failing_, [&](const Candidate& failing) { return is_nowhere_larger(candidate, failing); });
  }

  /// Bisects the way from a failing candidate to the largest: the last failing one rules out the most.
  void climb(const Candidate& from) {
    std::int64_t longest = 0;
    for (std::size_t i = 0; i < from.size(); ++i) longest = std::max(longest, largest_[i] - from[i]);
    std::int64_t failing = 0;
    std::int64_t meeting = longest;
    while (meeting - failing > 1) {
      const std::int64_t middle = failing + (meeting - failing) / 2;
      Candidate candidate = from;
      for (std::size_t i = 0; i < from.size(); ++i)
        candidate[i] += (largest_[i] - from[i]) * middle / longest;
      (meets(candidate) ? meeting : failing) = middle;
    }
  }

  [[nodiscard]] VectorSizingAnswer finish(VectorSizingAnswer answer) {
    if (answer.end == SizingEnd::infeasible)
      answer.nearest =
          options_.monotonicity == Monotonicity::every_component ? history_.front() : history_.back();
    answer.history = std::move(history_);
    answer.replications = assessor_.replications_made();
    return answer;
  }

  VectorSizingOptions options_;
  CandidateAssessor assessor_;
  Candidate largest_;
  std::vector<Candidate> failing_;
  std::vector<CandidateAssessment> history_;
  ErrorBudget errors_;
};

}  // namespace

VectorSizingAnswer find_cheapest_size(const SimulateCandidate& simulate, const std::vector<Target>& targets,
                                      const VectorSizingOptions& options) {
  require(options.probability > 0.5 && options.probability < 1.0,
          "find_cheapest_size: the probability lies in (0.5, 1)");
  require(static_cast<bool>(options.cost), "find_cheapest_size: a cost");
  return CheapestSearch{simulate, targets, options}.run();
}

}  // namespace peercap
