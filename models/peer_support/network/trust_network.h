#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "models/peer_support/organization/organization.h"
#include "models/peer_support/scenario/scenario.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

struct TrustGraph;  // trust_graph.h

/// Two clinicians, by index; an arc of the network, or a tie.
using ClinicianPair = std::pair<std::uint32_t, std::uint32_t>;

/// Who trusts whom among the clinicians of one replication: mutual ties, immutable.
class TrustNetwork {
 public:
  /// `ties` holds each tie once, in any order and direction; no ties of a person to themselves.
  TrustNetwork(std::size_t clinicians, const std::vector<ClinicianPair>& ties);
  ~TrustNetwork();
  TrustNetwork(TrustNetwork&&) noexcept;
  TrustNetwork& operator=(TrustNetwork&&) noexcept;

  /// Indices of those whom the clinician trusts and who trust the clinician, ascending.
  [[nodiscard]] std::span<const std::uint32_t> neighbors(std::uint32_t clinician) const {
    return {targets_ + first_[clinician], targets_ + first_[clinician + 1]};
  }
  [[nodiscard]] std::size_t clinician_count() const;
  /// Ties, each counted once.
  [[nodiscard]] std::size_t tie_count() const;
  [[nodiscard]] const TrustGraph& graph() const { return *graph_; }

 private:
  std::unique_ptr<const TrustGraph> graph_;
  const std::uint32_t* first_;    ///< [clinicians + 1] of the graph's rows
  const std::uint32_t* targets_;  ///< [arcs] of the graph
};

/// Draws the ties that the scenario's `organization.network` describes. Whether two people have a tie depends
/// on the seed, the replication, and the two people alone: their keys, professions, and places (team, unit
/// and its key, position in the unit, department, site), never on how many others there are. One more person
/// at the end of a unit, one more unit, department or site leaves every tie among the others as it was. Time:
/// linear in people, ties, and pairs of units within the widest level that has ties.
[[nodiscard]] TrustNetwork build_trust_network(const Scenario& scenario, const Organization& organization,
                                               const RandomSource& random);

/// Where the ties of a unit's members lead, unit by unit, in compressed rows.
struct UnitTies {
  struct Entry {
    std::uint32_t unit = 0;
    std::uint32_t ties = 0;  ///< of the row's members; those with both ends within the unit counted twice
  };
  std::vector<std::uint32_t>
      first;                   ///< [units + 1]: row u is entries[first[u]] ... entries[first[u + 1] - 1]
  std::vector<Entry> entries;  ///< in ascending order of `unit` within each row

  /// The units that the members' ties lead to, their own among them.
  [[nodiscard]] std::span<const Entry> row(std::uint32_t unit) const {
    return std::span{entries}.subspan(first[unit], first[unit + 1] - first[unit]);
  }
};

[[nodiscard]] UnitTies count_unit_ties(const TrustNetwork& network, const Organization& organization);

}  // namespace peercap::peer_support
