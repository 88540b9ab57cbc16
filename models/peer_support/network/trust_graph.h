#pragma once

#include <cstdint>

#include <boost/graph/compressed_sparse_row_graph.hpp>

namespace peercap::peer_support {

/// Ties as arcs in both directions; a vertex is the index of a clinician, and the arcs of a vertex are in
/// ascending order of their targets. The strong components of it are the connected parts of the network.
using TrustArcs = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                     boost::no_property, std::uint32_t, std::uint32_t>;

/// What TrustNetwork holds, for those who want to run an algorithm of Boost.Graph on it. In a header of its
/// own so that the users of TrustNetwork need not know Boost.Graph.
struct TrustGraph {
  TrustArcs arcs;
};

}  // namespace peercap::peer_support
