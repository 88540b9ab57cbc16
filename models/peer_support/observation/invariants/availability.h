#pragma once

#include <cstdint>

#include "models/peer_support/observation/invariants/checked_run.h"

namespace peercap::peer_support {

/// Whoever gives the session is released from any shift in protected windows.
enum class MeetingPart : std::uint8_t { gives, receives };

/// Why nobody can meet the clinician in [begin, end) by these rules; nullptr where they can. Worked out day
/// by day from meeting hours, the rota, the sleep after nights and the draws of release, apart from the
/// calendar that books (behavior/meeting_calendar.h).
[[nodiscard]] const char* obstacle_to_meeting(const CheckedRun& run, const Rules& rules,
                                              std::uint32_t clinician, MeetingPart part, SimTime begin,
                                              SimTime end);

}  // namespace peercap::peer_support
