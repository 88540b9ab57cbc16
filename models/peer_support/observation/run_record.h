#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/observation/measures.h"

namespace peercap::peer_support {

/// Counts and exact sums of one replication's measured horizon. All integers, so that they add up in any
/// order.
struct RunCounts {
  std::int64_t clinical_events = 0;
  std::int64_t exposures = 0;
  // episodes that began in the horizon, by how they ended
  std::int64_t episodes = 0;
  std::int64_t episodes_recovered = 0;
  std::int64_t episodes_open = 0;
  std::int64_t episodes_asked = 0;  ///< asked or named, ended and open ones
  std::int64_t episodes_contacted = 0;
  std::int64_t reached_people = 0;
  std::int64_t distressed_ticks = 0;
  std::int64_t concerning_clinicians = 0;
  std::int64_t distressed_people_weeks = 0;
  // requests made in the horizon
  std::array<std::int64_t, channel_count> requests{};
  std::array<std::int64_t, channel_count> accepted{};
  std::array<std::array<std::int64_t, request_end_count>, channel_count> ended{};
  std::array<std::int64_t, channel_count> ended_contacted{};  ///< of them, those with a first contact
  std::int64_t referred_uncontacted = 0;  ///< supporters' own requests that went straight to a professional
  std::int64_t assignments = 0;
  std::int64_t assignments_against_wish = 0;
  std::array<std::int64_t, channel_count> first_contacts{};  ///< in the horizon, whenever requested
  std::int64_t judged = 0;  ///< accepted early enough for the time limit to pass within the horizon
  std::int64_t judged_within_target = 0;
  std::int64_t judged_within_limit = 0;
  std::int64_t sessions = 0;
  std::int64_t protected_ticks = 0;
  std::int64_t overload_ticks = 0;
  std::int64_t handovers = 0;
  std::array<std::int64_t, exit_reason_count> exits{};  ///< by ExitReason
  std::int64_t weeks_observed = 0;                      ///< desk weeks, summed over sites
  std::int64_t waiting_weeks = 0;
  std::int64_t open_case_weeks = 0;
  std::int64_t active_supporter_weeks = 0;
  std::int64_t supporters_at_start = 0;
};

/// One supporter's year in one replication.
struct SupporterRow {
  std::int64_t cases = 0;
  std::int64_t sessions = 0;
  std::int64_t protected_ticks = 0;
  std::int64_t overload_ticks = 0;
  bool joined_before_start = false;  ///< in the role at some time before the start of the horizon
  bool left_before_start = false;
  bool active_at_end = false;
  ExitReason exit = ExitReason::none;
  std::int64_t exit_ticks = -1;        ///< from the start of the horizon
  std::int64_t trauma_millionths = 0;  ///< latent points, at the end, of those active then
  std::int64_t satisfaction_millionths = 0;
  std::int64_t exhaustion_millionths = 0;
  std::int64_t open_cases = 0;
};

/// One unit's year.
struct UnitRow {
  std::int64_t clinical_events = 0;
  std::int64_t exposures = 0;
  std::int64_t episodes = 0;
  std::int64_t episodes_contacted = 0;
  std::int64_t requests = 0;
  std::int64_t first_contacts = 0;
  std::int64_t wait_ticks = 0;  ///< sum over first contacts
};

struct DestinationRow {
  std::int64_t referrals = 0;  ///< made in the horizon
  std::int64_t taken_up = 0;
  std::int64_t begun = 0;
  std::int64_t begun_wait_ticks = 0;
  std::int64_t given_up = 0;
  std::int64_t waiting_at_end = 0;
  std::int64_t in_treatment_at_end = 0;
};

/// Sums over one week of the horizon.
struct WeekRow {
  std::int64_t distressed = 0;
  std::int64_t exhaustion = 0;  ///< 2^-20 SD
  std::int64_t requests = 0;
  std::int64_t first_contacts = 0;
  std::int64_t waiting = 0;
  std::int64_t open_cases = 0;
  std::int64_t active_supporters = 0;
  std::int64_t protected_ticks = 0;
  std::int64_t overload_ticks = 0;
};

/// Everything that one replication's observer has gathered.
struct RunRecord {
  RunCounts counts;
  std::vector<std::int64_t>
      contact_waits;  ///< ticks from request to first contact, of contacts in the horizon; unsorted
  std::vector<SupporterRow> supporters;  ///< by Organization::supporters
  std::vector<UnitRow> units;
  std::vector<DestinationRow> destinations;
  std::vector<WeekRow> weeks;  ///< Mondays in the horizon
};

/// Adds what another observer of the same run has gathered. The result does not depend on how facts were
/// split.
void merge_into(RunRecord& record, const RunRecord& other);

}  // namespace peercap::peer_support
