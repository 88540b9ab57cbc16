#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <boost/graph/adjacency_list.hpp>

#include "models/peer_support/scenario/supporter_spec.h"

namespace peercap::peer_support {

/// A way that a referred client may take, with its probability (> 0).
struct ReferralStep {
  double probability = 0.0;
};

/// The ways of referred clients: vertex 0 is the supporter, 1 ... n are the destinations in order, n + 1 is
/// `closed`, where everybody should end. Includes Boost.Graph, and is therefore used within `scenario` alone.
class ReferralGraph {
 public:
  using Graph =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, ReferralStep>;
  static constexpr std::size_t supporter = 0;

  /// Who is referred has been hit by a personal event with probability `personal_share`, else by a clinical
  /// one. A referral that is not taken up leads to `closed`. Names among `onward` that are no destination are
  /// left out. Clients who give up waiting are not followed, nor is the limit of hops.
  ReferralGraph(const Referrals& referrals, double personal_share);

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] static std::size_t vertex_of(std::size_t destination) { return destination + 1; }
  [[nodiscard]] std::size_t destination_count() const { return boost::num_vertices(graph_) - 2; }
  [[nodiscard]] std::size_t closed() const { return destination_count() + 1; }

  /// Destinations from which no way leads on to `closed`, though referred clients get there: groups between
  /// which they go round for ever, each in ascending order of indices.
  [[nodiscard]] std::vector<std::vector<std::size_t>> find_traps() const;

  /// Expected treatments at each destination for a case that is referred: the solution of the traffic
  /// equations visits = first + visits * onward. There must be no trap.
  [[nodiscard]] std::vector<double> expected_visits() const;

 private:
  Graph graph_;
};

/// Something wrong about the ways between destinations; paths as in check.h.
struct RoutingProblem {
  std::string path;
  std::string what;
  std::string suggestion;
};

/// Checks that `onward` names destinations, that its probabilities add up to at most 1, and that every way
/// ends.
[[nodiscard]] std::vector<RoutingProblem> check_routing(const Referrals& referrals, double personal_share);

}  // namespace peercap::peer_support
