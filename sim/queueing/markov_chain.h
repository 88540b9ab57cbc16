#pragma once

#include <cstddef>
#include <vector>

namespace peercap::queueing {

/// A finite Markov chain in continuous time, given by its rates.
class MarkovChain {
 public:
  explicit MarkovChain(std::size_t states) : states_{states}, rates_(states * states, 0.0) {}

  /// Adds to the rate from one state to another; throws ContractViolation for a negative rate, a state that
  /// is none, or from a state to itself.
  void add_rate(std::size_t from, std::size_t to, double rate);

  /// The stationary distribution of an irreducible chain, by the state reduction of Grassmann, Taksar and
  /// Heyman, which subtracts nothing and hence loses no digits: W. K. Grassmann, M. I. Taksar and D. P.
  /// Heyman, Regenerative analysis and steady state distributions for Markov chains, Operations Research 33
  /// (1985), doi:10.1287/opre.33.5.1107. Zero rates are skipped, so that chains whose rates stay near the
  /// diagonal cost little. Throws ContractViolation where a state cannot be left downward.
  [[nodiscard]] std::vector<double> stationary() const;

 private:
  std::size_t states_;
  std::vector<double> rates_;  ///< [from, to]
};

}  // namespace peercap::queueing
