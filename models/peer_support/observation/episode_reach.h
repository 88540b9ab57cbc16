#pragma once

#include <array>
#include <cstdint>

#include "models/peer_support/observation/run_record.h"

namespace peercap::peer_support {

/// What became of the distress episodes that began in the horizon, as seen from the event that began each.
struct EpisodeReach {
  /// Time from the event to the first contact (WaitEnd::contacted), to recovery without one, or to leaving
  /// the organization (other). Nobody gives up: who withdraws a request stays in the episode.
  IncidenceCounts waits = empty_waits();
  /// Episodes with a contact, by the channel through which the first one came.
  std::array<std::int64_t, channel_count> contacted{};
};

/// Joins the episodes of a replication with their first contacts.
[[nodiscard]] EpisodeReach reach_of_episodes(const RunRecord& record);

}  // namespace peercap::peer_support
