#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/observation/measures.h"
#include "sim/statistics/incidence.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// Counts and exact sums of one replication's measured horizon. All integers, so that they add up in any
/// order.
struct RunCounts {
  std::int64_t clinical_events = 0;
  std::int64_t events_reported = 0;
  std::int64_t exposures = 0;
  // episodes that began in the horizon, by how they ended
  std::int64_t episodes = 0;
  std::int64_t episodes_recovered = 0;
  std::int64_t episodes_left = 0;  ///< ended because the person left the organization
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
  std::array<std::int64_t, channel_count> ended_helped{};  ///< of those, resolved or gone on to a destination
  std::int64_t referred_uncontacted = 0;  ///< supporters' own requests that went straight to a professional
  std::int64_t assignments = 0;
  std::int64_t assignments_against_wish = 0;
  std::array<std::int64_t, channel_count> first_contacts{};  ///< in the horizon, whenever requested
  std::int64_t judged = 0;  ///< accepted early enough for the time limit to pass within the horizon
  std::int64_t judged_within_target = 0;
  std::int64_t judged_within_limit = 0;
  // waits of requests made in the horizon
  std::int64_t waits_ended = 0;
  std::int64_t ended_wait_ticks = 0;
  std::int64_t open_wait_ticks = 0;    ///< of those who still wait at the end of the run
  std::int64_t direct_wait_ticks = 0;  ///< sum over first contacts of direct requests
  std::int64_t sessions = 0;
  std::array<std::int64_t, 10>
      sessions_by_number{};          ///< first, second, ... of their case; the last holds the rest
  std::int64_t protected_ticks = 0;  ///< of sessions, covered by protected time
  std::int64_t overload_ticks = 0;   ///< of sessions, beyond it
  std::int64_t handovers = 0;
  std::array<std::int64_t, exit_reason_count> exits{};  ///< by ExitReason
  std::int64_t weeks_observed = 0;                      ///< desk weeks, summed over sites
  std::int64_t waiting_weeks = 0;
  std::int64_t open_case_weeks = 0;
  std::int64_t active_supporter_weeks = 0;
  std::int64_t supporters_joined = 0;  ///< completed their training
  std::int64_t supported_ticks = 0;    ///< person-time in an episode and in support
  std::int64_t clinicians_left = 0;
  std::int64_t clinicians_left_concerning = 0;  ///< of them, with concerning exhaustion
  std::int64_t clinicians_hired = 0;
  std::int64_t present_at_end = 0;
  std::int64_t group_debriefs = 0;
  std::int64_t group_debrief_people = 0;
  std::int64_t transferred = 0;
  std::int64_t overflowed = 0;
  std::int64_t turned_elsewhere = 0;  ///< people who sought support outside the program
  std::int64_t turns_on_call = 0;     ///< of supporters
  std::array<std::int64_t, program_work_count> program_ticks{};         ///< hours beside sessions, all
  std::array<std::int64_t, program_work_count> program_beyond_ticks{};  ///< of them, beyond protected time

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// One supporter's year in one replication.
struct SupporterRow {
  std::int64_t cases = 0;
  std::int64_t sessions = 0;
  std::int64_t protected_ticks = 0;       ///< of sessions, covered by protected time
  std::int64_t overload_ticks = 0;        ///< of sessions, beyond it
  std::int64_t program_ticks = 0;         ///< hours beside sessions, all
  std::int64_t program_beyond_ticks = 0;  ///< of them, beyond protected time
  bool invited = false;                   ///< was ever more than a candidate
  bool joined_before_start = false;       ///< in the role at some time before the start of the horizon
  bool left_before_start = false;
  bool active_at_end = false;
  bool joined = false;            ///< became active for the first time, or was from the begin of the run
  std::int64_t joined_ticks = 0;  ///< when, from the start of the horizon
  ExitReason exit = ExitReason::none;
  std::int64_t exit_ticks = -1;        ///< from the start of the horizon
  std::int64_t trauma_millionths = 0;  ///< latent points, at the end, of those active then
  std::int64_t satisfaction_millionths = 0;
  std::int64_t exhaustion_millionths = 0;
  std::int64_t open_cases = 0;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(cases, sessions, protected_ticks, overload_ticks, program_ticks, program_beyond_ticks, invited,
            joined_before_start, left_before_start, active_at_end, joined, joined_ticks, exit, exit_ticks,
            trauma_millionths, satisfaction_millionths, exhaustion_millionths, open_cases);
  }
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
  std::int64_t judged = 0;      ///< requests that could be judged by the limit
  std::int64_t judged_within_limit = 0;
  // surveyed, rounded exhaustion of everybody present at the end
  std::int64_t surveyed = 0;
  std::int64_t exhaustion_points = 0;
  std::int64_t exhaustion_squares = 0;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// What one cause of distress has led to; by Cause. Requests without an episode have none.
struct CauseRow {
  std::int64_t exposures = 0;
  std::int64_t episodes = 0;  ///< that it began, in the horizon
  std::int64_t episodes_contacted = 0;
  std::int64_t requests = 0;
  std::int64_t first_contacts = 0;
  std::int64_t wait_ticks = 0;  ///< sum over first contacts
  std::int64_t judged = 0;      ///< requests that could be judged by the limit
  std::int64_t judged_within_limit = 0;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// By what people are told apart for equity.
enum class Grouping : std::uint8_t { profession, career_stage, shift_pattern, site };
inline constexpr std::size_t grouping_count = 4;

/// What people of one kind got.
struct GroupRow {
  std::int64_t people = 0;  ///< at the begin of the run
  std::int64_t episodes = 0;
  std::int64_t episodes_contacted = 0;
  std::int64_t requests = 0;
  std::int64_t first_contacts = 0;
  std::int64_t wait_ticks = 0;  ///< sum over first contacts
  std::int64_t judged = 0;      ///< requests that could be judged by the limit
  std::int64_t judged_within_limit = 0;
  std::int64_t supporters = 0;  ///< active at the end

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// One survey wave, as the organization sees it: those who answered.
struct WaveRow {
  std::int64_t clinicians = 0;
  std::int64_t clinicians_concerning = 0;
  std::int64_t supporters = 0;
  std::int64_t trauma_low = 0;
  std::int64_t trauma_high = 0;
  std::int64_t satisfied = 0;  ///< moderate or high satisfaction
  std::int64_t satisfaction_high = 0;
  std::int64_t supporters_concerning = 0;
  std::array<std::int64_t, challenge_count> challenges{};  ///< of all active supporters

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// Survey answers of supporters of one kind, all waves together.
struct ScoreRow {
  std::int64_t answers = 0;
  std::int64_t trauma = 0;  ///< sums of rounded points
  std::int64_t satisfaction = 0;
  std::int64_t exhaustion = 0;
  std::int64_t trauma_low = 0;  ///< answers that count as low

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

struct DestinationRow {
  std::int64_t referrals = 0;  ///< made in the horizon
  std::int64_t taken_up = 0;
  std::int64_t begun = 0;
  std::int64_t begun_wait_ticks = 0;
  std::int64_t begun_treatment_ticks = 0;  ///< of the treatments that began in the horizon, whenever they end
  std::int64_t given_up = 0;
  std::int64_t waiting_at_end = 0;
  std::int64_t in_treatment_at_end = 0;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// Sums over one week of the horizon.
struct WeekRow {
  std::int64_t distressed = 0;
  std::int64_t supported = 0;   ///< of the distressed, from the first contact to the end of a case
  std::int64_t exhaustion = 0;  ///< 2^-20 SD
  std::int64_t requests = 0;    ///< new ones
  std::int64_t first_contacts = 0;
  std::int64_t waiting = 0;
  std::int64_t open_cases = 0;
  std::int64_t active_supporters = 0;
  std::int64_t protected_ticks = 0;       ///< of sessions, covered by protected time
  std::int64_t overload_ticks = 0;        ///< of sessions, beyond it
  std::int64_t program_ticks = 0;         ///< hours beside sessions, all
  std::int64_t program_beyond_ticks = 0;  ///< of them, beyond protected time
  std::int64_t awareness = 0;             ///< 2^-20, summed over clinicians
  std::int64_t trust = 0;                 ///< likewise
  std::int64_t judged = 0;                ///< requests of the week that could be judged by the limit
  std::int64_t judged_within_limit = 0;
  std::int64_t clinicians_left = 0;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// Hours of one supporter in one week of the horizon, sessions and all other work of the program.
struct SupporterWeek {
  std::int64_t protected_ticks = 0;
  std::int64_t beyond_ticks = 0;  ///< beyond protected time

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};
/// Week by week supporters are recorded where that is a table of at most so many cells: of larger
/// organizations it would be a tenth of a run's memory, and no picture shows it.
inline constexpr std::size_t most_supporter_weeks = 65'536;

/// What ends the wait of somebody who wants support.
enum class WaitEnd : std::uint8_t { contacted, gave_up, recovered, other };
inline constexpr int wait_end_count = 4;

/// The first contact of an episode. Times are ticks.
struct EpisodeContact {
  std::int64_t clinician = 0;
  std::int64_t time = 0;
  std::int64_t exposure = 0;  ///< the last one before the request
  std::int64_t channel = 0;

  friend auto operator<=>(const EpisodeContact&, const EpisodeContact&) = default;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// An episode that began in the horizon and met a supporter. Times are ticks.
struct ContactedEpisode {
  std::int64_t clinician = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;  ///< of the episode, or of the run

  friend auto operator<=>(const ContactedEpisode&, const ContactedEpisode&) = default;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// What ends the wait of somebody who was referred on.
enum class ReferralEnd : std::uint8_t { begun, gave_up };
inline constexpr int referral_end_count = 2;

/// The grid of waits for a supporter: bins of an hour, four weeks.
[[nodiscard]] inline IncidenceCounts empty_waits() {
  return {wait_end_count, hours(1).ticks(), 28 * 24};
}
/// The grid of waits at a referral destination: bins of a day, five years.
inline constexpr int referral_wait_days = 5 * 366;
[[nodiscard]] inline IncidenceCounts empty_referral_waits() {
  return {referral_end_count, days(1).ticks(), referral_wait_days};
}

/// Everything that one replication's observer has gathered.
struct RunRecord {
  RunCounts counts;
  std::vector<std::int64_t>
      contact_waits;  ///< ticks from request to first contact, of contacts in the horizon; unsorted
  std::vector<SupporterRow> supporters;  ///< by Organization::supporters
  std::vector<UnitRow> units;
  std::vector<DestinationRow> destinations;
  std::vector<WeekRow> weeks;                  ///< Mondays in the horizon
  std::vector<SupporterWeek> supporter_weeks;  ///< [supporter][week]; empty above most_supporter_weeks
  std::array<std::vector<GroupRow>, grouping_count> groups;
  std::vector<CauseRow> causes;  ///< by Cause
  std::vector<WaveRow> waves;
  std::array<std::vector<ScoreRow>, grouping_count> supporter_scores;
  std::vector<std::int64_t> leavers_by_profession;
  std::vector<std::int64_t> month_requests;        ///< new ones, by twelfth of a year since the start
  std::vector<std::int64_t> month_self_referrals;  ///< likewise
  /// Time from wanting support to what ended the wait (WaitEnd), of requests made in the horizon.
  IncidenceCounts waits = empty_waits();
  // Episodes and their contacts are told of by different processes: they are joined by episode_reach.h.
  std::vector<EpisodeContact> episode_contacts;      ///< in the horizon; unsorted
  std::vector<ContactedEpisode> contacted_episodes;  ///< unsorted
  /// Time from the begin of an episode to its end, of those that began in the horizon and met no supporter.
  IncidenceCounts uncontacted = empty_waits();
  std::vector<IncidenceCounts> referral_waits;  ///< [destination] of those who took the referral up
  /// Time from the begin of an episode to recovery (the one cause), of episodes that began in the horizon;
  /// bins of a day. Those who left the organization are censored.
  IncidenceCounts recoveries{1, days(1).ticks(), 3 * 366};

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(counts, contact_waits, supporters, units, destinations, weeks, groups, waves, supporter_scores,
            leavers_by_profession, month_requests, month_self_referrals, waits, episode_contacts,
            contacted_episodes, uncontacted, recoveries, supporter_weeks, causes);
    if constexpr (Archive::reads) referral_waits.assign(destinations.size(), empty_referral_waits());
    archive.in_place("destinations", referral_waits);
  }
};

/// Of a run at its end, in every build: each request of the horizon has exactly one end, each episode too.
/// Throws ContractViolation with the counts that contradict each other.
void require_balance(const RunCounts& counts);

/// Puts into order what is in none, so that equal records have equal bytes.
void sort_lists(RunRecord& record);

/// Whether both have as many rows of each kind: those of one run do.
[[nodiscard]] bool have_equal_shapes(const RunRecord& a, const RunRecord& b);

/// Adds what another observer of the same run has gathered. The result does not depend on how facts were
/// split.
void merge_into(RunRecord& record, const RunRecord& other);

}  // namespace peercap::peer_support
