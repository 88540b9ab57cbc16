#include "sim/queueing/markov_chain.h"

#include "sim/support/contract.h"

namespace peercap::queueing {

void MarkovChain::add_rate(std::size_t from, std::size_t to, double rate) {
  require(from < states_ && to < states_ && from != to, "MarkovChain: two different states");
  require(rate >= 0.0, "MarkovChain: rates are not negative");
  rates_[from * states_ + to] += rate;
}

std::vector<double> MarkovChain::stationary() const {
  require(states_ > 0, "MarkovChain: no state");
  std::vector<double> rates = rates_;
  const auto rate = [&](std::size_t from, std::size_t to) -> double& { return rates[from * states_ + to]; };
  std::vector<std::size_t> targets;
  for (std::size_t last = states_ - 1; last > 0; --last) {
    double out = 0.0;
    targets.clear();
    for (std::size_t to = 0; to < last; ++to) {
      if (rate(last, to) <= 0.0) continue;
      out += rate(last, to);
      targets.push_back(to);
    }
    require(out > 0.0, "MarkovChain: a state cannot be left");
    for (std::size_t from = 0; from < last; ++from) {
      if (rate(from, last) <= 0.0) continue;
      rate(from, last) /= out;
      for (const std::size_t to : targets)
        if (to != from) rate(from, to) += rate(from, last) * rate(last, to);
    }
  }
  std::vector<double> shares(states_, 0.0);
  shares[0] = 1.0;
  double total = 1.0;
  for (std::size_t state = 1; state < states_; ++state) {
    for (std::size_t from = 0; from < state; ++from) shares[state] += shares[from] * rate(from, state);
    total += shares[state];
  }
  for (double& share : shares) share /= total;
  return shares;
}

}  // namespace peercap::queueing
