#include "sim/kernel/partitioning.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>

#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr SimDuration longest{std::numeric_limits<std::int64_t>::max()};

/// The processes in order of neighborhood.
std::vector<ProcessId> order_neighbors(const Topology& topology) {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
  const std::size_t count = topology.size();
  Graph graph{count};
  std::vector<std::size_t> first_neighbor(count);
  std::iota(first_neighbor.begin(), first_neighbor.end(), std::size_t{0});
  for (std::size_t i = 0; i < count; ++i)
    for (const Channel& channel : topology.channels(ProcessId{i})) {
      boost::add_edge(i, channel.target.index(), graph);
      first_neighbor[i] = std::min(first_neighbor[i], channel.target.index());
    }
  std::vector<std::size_t> component(count);
  if (count > 0) boost::connected_components(graph, component.data());

  std::vector<ProcessId> order;
  for (std::size_t i = 0; i < count; ++i) order.emplace_back(i);
  std::ranges::stable_sort(order, [&](ProcessId a, ProcessId b) {
    const auto key = [&](ProcessId id) {
      // One step only: an office goes to its units, a unit stays where it is.
      const bool sends_to_many = topology.channels(id).size() > 1;
      return std::pair{component[id.index()], sends_to_many ? first_neighbor[id.index()] : id.index()};
    };
    return key(a) < key(b);
  });
  return order;
}

/// The least delay that would cross a cut before each place of the order; of place 0 the longest duration.
std::vector<SimDuration> delays_across(const Topology& topology, const std::vector<ProcessId>& order) {
  const std::size_t count = order.size();
  std::vector<std::size_t> place(count);
  for (std::size_t i = 0; i < count; ++i) place[order[i].index()] = i;
  std::vector<std::vector<SimDuration>> begin_at(count + 1);
  std::vector<std::vector<SimDuration>> end_at(count + 1);
  for (std::size_t i = 0; i < count; ++i) {
    for (const Channel& channel : topology.channels(order[i])) {
      const auto [low, high] = std::minmax(i, place[channel.target.index()]);
      if (low == high) continue;
      begin_at[low + 1].push_back(channel.least_delay);
      end_at[high + 1].push_back(channel.least_delay);
    }
    if (const auto delay = topology.delay_to_all(order[i]); delay) {
      begin_at[1].push_back(*delay);
      end_at[count].push_back(*delay);
    }
  }
  std::multiset<SimDuration> crossing;
  std::vector<SimDuration> across(count, longest);
  for (std::size_t i = 0; i < count; ++i) {
    for (const SimDuration delay : end_at[i]) crossing.erase(crossing.find(delay));
    for (const SimDuration delay : begin_at[i]) crossing.insert(delay);
    if (!crossing.empty()) across[i] = *crossing.begin();
  }
  return across;
}

/// The places before which to cut so that parts have about equal load and only delays of at least `least`
/// cross. A cut comes where the load so far is nearest to the next equal share.
std::vector<std::size_t> choose_cuts(const std::vector<double>& load_before,
                                     const std::vector<SimDuration>& across, SimDuration least,
                                     std::size_t wanted) {
  std::vector<std::size_t> cuts;
  const double total = load_before.back();
  std::size_t from = 1;
  for (std::size_t part = 1; part < wanted; ++part) {
    const double aim = total * static_cast<double>(part) / static_cast<double>(wanted);
    std::size_t best = 0;
    for (std::size_t i = from; i < across.size(); ++i) {
      if (across[i] < least) continue;
      if (best != 0 && std::abs(load_before[i] - aim) >= std::abs(load_before[best] - aim)) break;
      best = i;
    }
    if (best == 0) break;
    cuts.push_back(best);
    from = best + 1;
  }
  return cuts;
}

/// Enough parts, none of which holds up the others.
bool is_good_enough(const std::vector<std::size_t>& cuts, const std::vector<double>& load_before,
                    std::size_t wanted) {
  if (3 * (cuts.size() + 1) < 2 * wanted) return false;
  double largest = 0.0;
  double before = 0.0;
  for (const std::size_t cut : cuts) {
    largest = std::max(largest, load_before[cut] - before);
    before = load_before[cut];
  }
  largest = std::max(largest, load_before.back() - before);
  return largest <= 2.0 * load_before.back() / static_cast<double>(wanted);
}

Partitioning assign(const Topology& topology, std::vector<std::uint32_t> partition_of, std::size_t count) {
  Partitioning result;
  result.partition_of = std::move(partition_of);
  result.processes.resize(count);
  result.loads.resize(count);
  result.lookahead = count > 1 ? topology.shared_delay() : longest;
  for (std::size_t i = 0; i < topology.size(); ++i) {
    const ProcessId id{i};
    const std::uint32_t own = result.partition_of[i];
    result.processes[own].push_back(id);
    result.loads[own] += topology.process(id).load();
    for (const Channel& channel : topology.channels(id)) {
      ++result.channels;
      if (result.partition_of[channel.target.index()] == own) continue;
      ++result.crossing_channels;
      result.lookahead = std::min(result.lookahead, channel.least_delay);
    }
    if (const auto delay = topology.delay_to_all(id); delay && count > 1)
      result.lookahead = std::min(result.lookahead, *delay);
  }
  return result;
}

}  // namespace

Partitioning partition_by_load(const Topology& topology, std::size_t wanted) {
  require(wanted >= 1, "a run needs a partition");
  const std::vector<ProcessId> order = order_neighbors(topology);
  std::vector<double> load_before(order.size() + 1);
  for (std::size_t i = 0; i < order.size(); ++i)
    load_before[i + 1] = load_before[i] + topology.process(order[i]).load();
  const std::vector<SimDuration> across = delays_across(topology, order);

  std::set<SimDuration, std::greater<>> delays{across.begin(), across.end()};
  std::vector<std::size_t> cuts;
  for (const SimDuration least : delays) {
    cuts = choose_cuts(load_before, across, least, wanted);
    if (is_good_enough(cuts, load_before, std::min(wanted, order.size()))) break;
  }
  std::vector<std::uint32_t> partition_of(order.size());
  std::uint32_t part = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (part < cuts.size() && cuts[part] == i) ++part;
    partition_of[order[i].index()] = part;
  }
  return assign(topology, std::move(partition_of), cuts.size() + 1);
}

std::size_t recommended_partitions(const Topology& topology, std::size_t threads) {
  constexpr double load_of_one = 6000.0;
  constexpr std::size_t least_per_thread = 8;
  double load = 0.0;
  for (std::size_t i = 0; i < topology.size(); ++i) load += topology.process(ProcessId{i}).load();
  const auto by_load = static_cast<std::size_t>(load / load_of_one) + 1;
  return threads > 1 ? std::max(by_load, least_per_thread * threads) : by_load;
}

Partitioning scatter(const Topology& topology, std::size_t wanted) {
  require(wanted >= 1, "a run needs a partition");
  const std::size_t count = std::max<std::size_t>(1, std::min(wanted, topology.size()));
  std::vector<std::uint32_t> partition_of(topology.size());
  for (std::size_t i = 0; i < topology.size(); ++i) partition_of[i] = static_cast<std::uint32_t>(i % count);
  return assign(topology, std::move(partition_of), count);
}

}  // namespace peercap
