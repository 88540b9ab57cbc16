#include "models/peer_support/network/trust_network.h"

#include <numeric>

#include "models/peer_support/network/tie_sampler.h"
#include "models/peer_support/network/trust_graph.h"

namespace peercap::peer_support {
namespace {

/// Moves the begin of each row, counted at its index + 1, to the index.
void add_up(std::vector<std::uint32_t>& first) {
  std::partial_sum(first.begin(), first.end(), first.begin());
}

/// Both directions of each tie, in ascending order: filled by source in any order, then by target in the
/// order of sources, which sorts without comparing.
std::vector<ClinicianPair> sorted_arcs(std::size_t clinicians, const std::vector<ClinicianPair>& ties) {
  std::vector<std::uint32_t> first(clinicians + 1);
  for (const auto& [a, b] : ties) {
    ++first[a + 1];
    ++first[b + 1];
  }
  add_up(first);
  std::vector<std::uint32_t> unsorted(2 * ties.size());
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (const auto& [a, b] : ties) {
    unsorted[next[a]++] = b;
    unsorted[next[b]++] = a;
  }
  std::vector<ClinicianPair> arcs(2 * ties.size());
  std::copy(first.begin(), first.end() - 1, next.begin());
  for (std::uint32_t a = 0; a < clinicians; ++a)
    for (std::uint32_t i = first[a]; i < first[a + 1]; ++i) {
      const std::uint32_t b = unsorted[i];
      arcs[next[b]++] = {b, a};
    }
  return arcs;
}

TrustArcs make_arcs(std::size_t clinicians, const std::vector<ClinicianPair>& ties) {
  const auto arcs = sorted_arcs(clinicians, ties);
  return {boost::edges_are_sorted, arcs.begin(), arcs.end(), static_cast<std::uint32_t>(clinicians),
          static_cast<std::uint32_t>(arcs.size())};
}

}  // namespace

TrustNetwork::TrustNetwork(std::size_t clinicians, const std::vector<ClinicianPair>& ties)
    : graph_{new TrustGraph{make_arcs(clinicians, ties)}},
      first_{graph_->arcs.m_forward.m_rowstart.data()},
      targets_{graph_->arcs.m_forward.m_column.data()} {}
TrustNetwork::~TrustNetwork() = default;
TrustNetwork::TrustNetwork(TrustNetwork&&) noexcept = default;
TrustNetwork& TrustNetwork::operator=(TrustNetwork&&) noexcept = default;

std::size_t TrustNetwork::clinician_count() const {
  return boost::num_vertices(graph_->arcs);
}

std::size_t TrustNetwork::tie_count() const {
  return boost::num_edges(graph_->arcs) / 2;
}

TrustNetwork build_trust_network(const Scenario& scenario, const Organization& organization,
                                 const RandomSource& random) {
  return {organization.clinician_count(), sample_ties(scenario.organization.network, organization, random)};
}

UnitTies count_unit_ties(const TrustNetwork& network, const Organization& organization) {
  struct Count {
    std::uint32_t unit;
    std::uint32_t arcs;
  };
  const std::size_t units = organization.units.size();
  std::vector<Count> unsorted;
  std::vector<std::size_t> row_ends;
  std::vector<std::uint32_t> arcs_to(units);
  UnitTies ties;
  ties.first.resize(units + 1);
  std::vector<std::uint32_t> touched;
  for (std::size_t u = 0; u < units; ++u) {
    const Unit& unit = organization.units[u];
    for (std::uint32_t a = unit.first_clinician; a < unit.first_clinician + unit.size; ++a)
      for (const std::uint32_t b : network.neighbors(a)) {
        const std::uint32_t target = organization.unit_of[b];
        if (arcs_to[target]++ == 0) touched.push_back(target);
      }
    for (const std::uint32_t target : touched) {
      unsorted.push_back({target, arcs_to[target]});
      arcs_to[target] = 0;
      ++ties.first[target + 1];
    }
    touched.clear();
    row_ends.push_back(unsorted.size());
  }
  add_up(ties.first);
  // As many arcs lead from u to v as from v to u: entered by column, in the order of rows, the rows are
  // sorted.
  ties.entries.resize(unsorted.size());
  std::vector<std::uint32_t> next(ties.first.begin(), ties.first.end() - 1);
  std::size_t i = 0;
  for (std::uint32_t u = 0; u < units; ++u)
    for (; i < row_ends[u]; ++i) {
      const auto [v, arcs] = unsorted[i];
      ties.entries[next[v]++] = {u, arcs};
    }
  return ties;
}

}  // namespace peercap::peer_support
