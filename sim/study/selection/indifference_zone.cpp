#include "sim/study/selection/indifference_zone.h"

#include <algorithm>
#include <cmath>

#include "sim/random/exact_math.h"
#include "sim/study/inference/sample.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

/// The candidates in play and what is known of them.
class Elimination {
 public:
  Elimination(std::size_t candidates, const RunRequests& run, const IndifferenceZoneOptions& options)
      : options_{options}, run_{run}, samples_(candidates), first_stage_(candidates), answer_{} {
    for (std::size_t i = 0; i < candidates; ++i) in_play_.push_back(i);
    answer_.dropped_after.assign(candidates, 0);
  }

  [[nodiscard]] SelectionAnswer play() {
    for (std::int64_t r = 0; r < options_.first_stage; ++r) add_round();
    prepare();
    while (true) {
      drop();
      if (in_play_.size() == 1) break;
      if (static_cast<double>(round_) > longest_) break;  // all margins have reached 0
      if (round_ >= options_.most_rounds) {
        answer_.is_decided = false;
        break;
      }
      add_round();
    }
    answer_.best = *std::ranges::max_element(in_play_, {}, [&](std::size_t i) { return samples_[i].mean(); });
    for (const RunningSample& sample : samples_) {
      answer_.means.push_back(sign() * sample.mean());
      answer_.replications.push_back(sample.count());
    }
    return answer_;
  }

 private:
  [[nodiscard]] double sign() const { return options_.preference == Preference::larger ? 1.0 : -1.0; }

  void add_round() {
    std::vector<ReplicationRequest> requests;
    for (const std::size_t candidate : in_play_) requests.push_back({candidate, round_});
    const std::vector<double> measures = run_(requests);
    require(measures.size() == requests.size(), "select_best: a measure for each request");
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const double measure = sign() * measures[i];
      samples_[requests[i].candidate].add(measure);
      if (round_ < options_.first_stage) first_stage_[requests[i].candidate].push_back(measure);
    }
    ++round_;
  }

  /// a(i, l) = h^2 S^2(i, l) / delta^2, the rounds after which the margin between i and l is 0; the variances
  /// are those of the differences in the first stage.
  void prepare() {
    const std::size_t k = samples_.size();
    const auto n = static_cast<double>(options_.first_stage);
    const double base = 2.0 * (1.0 - options_.probability) / static_cast<double>(k - 1);
    const double eta = 0.5 * (exact::exp(-2.0 / (n - 1.0) * exact::log(base)) - 1.0);
    const double h_squared = 2.0 * eta * (n - 1.0);
    rounds_.assign(k * k, 0.0);
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t l = 0; l < i; ++l) {
        RunningSample differences;
        for (std::size_t r = 0; r < first_stage_[i].size(); ++r)
          differences.add(first_stage_[i][r] - first_stage_[l][r]);
        const double rounds =
            h_squared * differences.variance() / (options_.indifference * options_.indifference);
        rounds_[i * k + l] = rounds;
        rounds_[l * k + i] = rounds;
        longest_ = std::max(longest_, rounds);
      }
    }
  }

  /// Keeps i where its mean is at least that of every other, less the margin max(0, delta / (2 r) (a - r)).
  void drop() {
    const auto r = static_cast<double>(round_);
    std::vector<std::size_t> remaining;
    for (const std::size_t i : in_play_) {
      const bool is_behind = std::ranges::any_of(in_play_, [&](std::size_t l) {
        if (l == i) return false;
        const double margin =
            std::max(0.0, options_.indifference / (2.0 * r) * (rounds_[i * samples_.size() + l] - r));
        return samples_[i].mean() < samples_[l].mean() - margin;
      });
      if (is_behind)
        answer_.dropped_after[i] = round_;
      else
        remaining.push_back(i);
    }
    in_play_ = std::move(remaining);
  }

  IndifferenceZoneOptions options_;
  const RunRequests& run_;
  std::vector<RunningSample> samples_;
  std::vector<std::vector<double>> first_stage_;
  SelectionAnswer answer_;
  std::vector<std::size_t> in_play_;
  std::vector<double> rounds_;  ///< [candidates, candidates]
  double longest_ = 0.0;
  std::int64_t round_ = 0;
};

}  // namespace

SelectionAnswer select_best(std::size_t candidates, const RunRequests& run,
                            const IndifferenceZoneOptions& options) {
  require(candidates >= 2, "select_best: at least two candidates");
  require(options.probability > 1.0 / static_cast<double>(candidates) && options.probability < 1.0,
          "select_best: the probability lies in (1 / candidates, 1)");
  require(options.indifference > 0.0, "select_best: the indifference is positive");
  require(options.first_stage >= 2 && options.most_rounds >= options.first_stage,
          "select_best: a first stage of at least two, at most the most rounds");
  return Elimination{candidates, run, options}.play();
}

}  // namespace peercap
