#include "models/peer_support/observation/invariants/fact_bounds.h"

#include <cstdlib>

#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/peer_fact.h"

namespace peercap::peer_support {
namespace {

constexpr std::int64_t climate_one = 1 << 20;           // awareness and trust of 1
constexpr std::int64_t exhaustion_one = 1 << 20;        // an SD of exhaustion
constexpr std::int64_t unbelievable_exhaustion = 1000;  // SD
constexpr int candidate_week_shift = 14;                // CandidateId

Party party_of(PeerFact kind) {
  switch (kind) {
    case PeerFact::clinical_event:
    case PeerFact::unit_week:
    case PeerFact::unit_census:
    case PeerFact::unit_reach:
    case PeerFact::unit_support:
    case PeerFact::unit_climate:
    case PeerFact::unit_survey:
    case PeerFact::group_debrief:
    case PeerFact::unit_scores:
      return Party::unit;
    case PeerFact::supporter_assigned:
    case PeerFact::session_held:
    case PeerFact::supporter_census:
    case PeerFact::supporter_exhaustion:
    case PeerFact::supporter_left:
    case PeerFact::handover:
    case PeerFact::supporter_role:
    case PeerFact::program_time:
    case PeerFact::turn_on_call:
    case PeerFact::supporter_survey:
    case PeerFact::supporter_challenge:
      return Party::supporter;
    case PeerFact::desk_week:
      return Party::site;
    case PeerFact::referral_made:
    case PeerFact::treatment_began:
    case PeerFact::referral_given_up:
    case PeerFact::referral_waiting:
    case PeerFact::referral_onward:
      return Party::destination;
    default:
      return Party::clinician;
  }
}

std::size_t party_size(const CheckedRun& run, Party party) {
  switch (party) {
    case Party::run:
      return 1;
    case Party::clinician:
      return run.organization.clinician_count();
    case Party::supporter:
      return run.organization.supporters.size();
    case Party::unit:
      return run.organization.units.size();
    case Party::site:
      return run.organization.site_names.size();
    case Party::destination:
      return run.rules.scenario.referrals.destinations.size();
  }
  return 0;
}

/// One fact under examination.
class Examination {
 public:
  Examination(const CheckedRun& run, const Fact& fact, ViolationList& broken)
      : run_{run},
        fact_{fact},
        kind_{static_cast<PeerFact>(fact.kind)},
        party_{party_of(kind_)},
        broken_{broken} {}

  bool pass() {
    if (!names_somebody()) return false;
    expect(fact_.time >= run_.rules.begin && fact_.time <= run_.rules.end,
           "something happens outside the run");
    examine();
    return true;
  }

 private:
  void expect(bool holds, const char* otherwise) {
    if (!holds) [[unlikely]]
      broken_.add(fact_.time, party_, fact_.subject, otherwise);
  }
  [[nodiscard]] bool is_past(std::int64_t ticks) const { return ticks <= fact_.time.ticks(); }
  [[nodiscard]] static bool is_index(std::int64_t value, std::size_t size) {
    return value >= 0 && static_cast<std::size_t>(value) < size;
  }
  [[nodiscard]] bool is_cause(std::int64_t cause, PeerFact kind) const {
    if (kind == PeerFact::first_contact) cause >>= contact_cause_shift - cause_shift;
    return is_index(cause,
                    static_cast<std::size_t>(Cause::listed) + run_.rules.scenario.environment.causes.size());
  }
  [[nodiscard]] std::int64_t unit_size() const { return run_.organization.units[fact_.subject].size; }

  bool names_somebody() {
    bool names = is_index(fact_.subject, party_size(run_, party_));
    const Organization& organization = run_.organization;
    const auto small = static_cast<std::int64_t>(fact_.small);
    switch (kind_) {
      case PeerFact::supporter_assigned:
      case PeerFact::handover:
        names = names && is_index(fact_.b, organization.clinician_count());
        break;
      case PeerFact::session_received:
        names = names && is_index(fact_.b, organization.supporters.size());
        break;
      case PeerFact::request_made:
      case PeerFact::request_accepted:
      case PeerFact::first_contact:
      case PeerFact::overflowed:
        names = names && is_index(small & 0xff, channel_count) && is_cause(small >> cause_shift, kind_);
        break;
      case PeerFact::episode_began:
        names = names && is_cause(small, kind_);
        break;
      case PeerFact::episode_ended:
      case PeerFact::episode_open:
        names = names && is_cause(small >> cause_shift, kind_);
        break;
      case PeerFact::request_transferred:
        names = names && is_index(small, channel_count) && is_index(fact_.b, organization.site_names.size());
        break;
      case PeerFact::request_ended:
        names = names && is_index(small & 0xff, channel_count) && is_index(small >> 8, request_end_count);
        break;
      case PeerFact::supporter_left:
        names = names && is_index(small, exit_reason_count);
        break;
      case PeerFact::supporter_role:
        names = names && is_index(small, static_cast<std::size_t>(SupporterRole::left) + 1) &&
                is_index(fact_.a, static_cast<std::size_t>(SupporterRole::left) + 1);
        break;
      case PeerFact::program_time:
        names = names && is_index(small, program_work_count);
        break;
      case PeerFact::supporter_challenge:
        names = names && is_index(small, challenge_count);
        break;
      case PeerFact::referral_onward:
        names = names && is_index(fact_.a, party_size(run_, Party::destination));
        break;
      default:
        break;
    }
    if (!names)
      broken_.add(fact_.time, Party::run, 0, "a fact names somebody or something that is not there");
    return names;
  }

  void examine() {
    switch (kind_) {
      case PeerFact::clinical_event:
      case PeerFact::unit_week:
      case PeerFact::unit_census:
      case PeerFact::unit_reach:
      case PeerFact::unit_support:
      case PeerFact::unit_climate:
      case PeerFact::unit_survey:
      case PeerFact::group_debrief:
      case PeerFact::unit_scores:
        examine_unit();
        return;
      case PeerFact::exposure:
        expect(fact_.b >= 0, "an exposure lowers distress");
        return;
      case PeerFact::episode_began:
        expect(fact_.a >= 1, "an episode has no number");
        return;
      case PeerFact::episode_ended:
      case PeerFact::episode_open:
        expect(is_past(fact_.b), "an episode ends before it begins");
        return;
      case PeerFact::clinician_hired:
        expect(fact_.a >= 1, "somebody is hired whom nobody went before");
        return;
      case PeerFact::request_made:
      case PeerFact::request_accepted:
      case PeerFact::supporter_assigned:
      case PeerFact::handover:
      case PeerFact::request_transferred:
      case PeerFact::overflowed:
        expect(is_past(fact_.a), "something is done about a request before it is made");
        return;
      case PeerFact::first_contact:
        expect(is_past(fact_.a), "a first contact comes before its request");
        expect(fact_.b <= fact_.a, "a request comes before the event that it is about");
        return;
      case PeerFact::request_ended:
        expect(is_past(fact_.a), "a request ends before it is made");
        expect(fact_.b == -1 || (is_past(fact_.b) && fact_.b >= fact_.a),
               "a first contact lies outside the time of its request");
        return;
      case PeerFact::session_held:
        expect(fact_.a >= 0 && fact_.b >= 0, "a session takes negative time");
        expect(fact_.small >= 1, "a session has no number");
        return;
      case PeerFact::session_received:
        expect(fact_.a < fact_.time.ticks(), "a session ends before it begins");
        expect(fact_.a >= run_.rules.begin.ticks(), "a session begins before the run");
        return;
      case PeerFact::desk_week:
        expect(fact_.a >= 0 && fact_.a <= fact_.b, "more people wait for a first contact than have cases");
        return;
      case PeerFact::program_time:
        expect(fact_.a >= 0 && fact_.b >= 0, "the program takes negative time");
        return;
      case PeerFact::turn_on_call:
        expect(fact_.a > 0, "a turn on call takes no time");
        return;
      case PeerFact::treatment_began:
        expect(fact_.a >= 0 && is_past(run_.rules.begin.ticks() + fact_.a),
               "a treatment begins before its referral");
        expect(fact_.b >= 0, "a treatment takes negative time");
        return;
      case PeerFact::referral_given_up:
        expect(fact_.a >= 0 && is_past(run_.rules.begin.ticks() + fact_.a),
               "somebody gives up a referral before it is made");
        return;
      case PeerFact::referral_waiting:
        expect(fact_.a >= 0, "fewer than nobody wait for a treatment");
        return;
      default:
        return;
    }
  }

  void examine_unit() {
    const std::int64_t size = unit_size();
    const auto is_part = [size](std::int64_t people) { return people >= 0 && people <= size; };
    switch (kind_) {
      case PeerFact::clinical_event:
        expect(is_part(fact_.b), "an event hits more people than the unit has");
        expect(fact_.a >> candidate_week_shift == (fact_.time - SimTime{}) / weeks(1),
               "an event happens in another week than its candidate");
        return;
      case PeerFact::unit_week:
        expect(is_part(fact_.a), "more people are in an episode than the unit has");
        expect(fact_.small <= fact_.a, "more people are supported in an episode than have one");
        expect(std::abs(fact_.b / exhaustion_one) <= size * unbelievable_exhaustion,
               "exhaustion is beyond all bounds");
        return;
      case PeerFact::unit_census:
        expect(is_part(fact_.a), "more people score as concerning than the unit has");
        return;
      case PeerFact::unit_reach:
        expect(is_part(fact_.a) && fact_.b == size, "more people had an episode than the unit has");
        return;
      case PeerFact::unit_support:
        expect(fact_.a >= 0 && is_part(fact_.b), "more people hold a position than the unit has");
        return;
      case PeerFact::unit_climate:
        expect(fact_.a >= 0 && fact_.a <= climate_one, "awareness leaves [0, 1]");
        expect(fact_.b >= 0 && fact_.b <= climate_one, "trust leaves [0, 1]");
        return;
      case PeerFact::unit_survey:
        expect(is_part(fact_.a), "more people answer a survey than the unit has");
        expect(fact_.b >= 0 && fact_.b <= fact_.a, "more answers are concerning than there are");
        return;
      case PeerFact::group_debrief:
        expect(is_part(fact_.b), "more people come to a debrief than the unit has");
        return;
      case PeerFact::unit_scores: {
        // No sum of so many numbers is larger for these squares.
        const auto sum = static_cast<double>(fact_.a);
        expect(sum * sum <= static_cast<double>(fact_.b) * static_cast<double>(fact_.small),
               "scores and their squares do not belong together");
        return;
      }
      default:
        return;
    }
  }

  const CheckedRun& run_;
  const Fact& fact_;
  PeerFact kind_;
  Party party_;
  ViolationList& broken_;
};

}  // namespace

bool check_fact(const CheckedRun& run, const Fact& fact, ViolationList& broken) {
  return Examination{run, fact, broken}.pass();
}

}  // namespace peercap::peer_support
