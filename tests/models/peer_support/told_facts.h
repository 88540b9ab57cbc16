#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

/// A fact in words that do not depend on dense indices: people and units by key. Time in ticks, kind,
/// subject, a, b, small.
using Told = std::tuple<std::int64_t, PeerFact, std::uint64_t, std::int64_t, std::int64_t, std::uint16_t>;

[[nodiscard]] Told tell(const Organization& organization, const Fact& fact);

/// The key of a supporter, given by index.
[[nodiscard]] std::uint64_t supporter_key(const Organization& organization, std::size_t supporter);

/// Facts of the given kinds (all, if none is given) before `end`, sorted; that `newcomer`, a supporter, has a
/// role and answers surveys is left out.
[[nodiscard]] std::vector<Told> tell_all(const ObservedRun& run, const std::set<PeerFact>& kinds = {},
                                         SimTime end = SimTime::never(),
                                         std::optional<std::uint32_t> newcomer = {});

/// The units and people of an organization, by key.
[[nodiscard]] std::set<std::uint64_t> subjects_of(const Organization& organization);

}  // namespace peercap::peer_support::testing
