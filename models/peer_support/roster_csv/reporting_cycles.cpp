#include "models/peer_support/roster_csv/reporting_cycles.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/depth_first_search.hpp>

#include "models/peer_support/scenario/roster.h"

namespace peercap::peer_support {
namespace {

using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;

/// Notes the person to whom each edge that closes a circle leads. Everybody reports to one person at most, so
/// that each circle has one such edge.
class CycleVisitor : public boost::default_dfs_visitor {
 public:
  explicit CycleVisitor(std::vector<std::uint32_t>& found) : found_{&found} {}
  template <class Edge>
  void back_edge(Edge edge, const Graph& graph) {
    found_->push_back(boost::target(edge, graph));
  }

 private:
  std::vector<std::uint32_t>* found_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> find_reporting_cycles(const std::vector<std::uint32_t>& manager_of) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;  // sorted by the person
  for (std::uint32_t i = 0; i < manager_of.size(); ++i)
    if (manager_of[i] != nobody) edges.emplace_back(i, manager_of[i]);
  const Graph graph{boost::edges_are_sorted, edges.begin(), edges.end(),
                    static_cast<std::uint32_t>(manager_of.size())};
  std::vector<std::uint32_t> members;
  boost::depth_first_search(graph, boost::visitor(CycleVisitor{members}));

  std::vector<std::vector<std::uint32_t>> cycles;
  for (const std::uint32_t member : members) {
    auto& cycle = cycles.emplace_back();
    std::uint32_t person = member;
    do {
      cycle.push_back(person);
      person = manager_of[person];
    } while (person != member);
    std::rotate(cycle.begin(), std::ranges::min_element(cycle), cycle.end());
  }
  std::ranges::sort(cycles);
  return cycles;
}

}  // namespace peercap::peer_support
