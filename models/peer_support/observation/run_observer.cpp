#include "models/peer_support/observation/run_observer.h"

#include <algorithm>
#include <utility>

#include "sim/support/state_archive.h"

namespace peercap::peer_support {
namespace {

constexpr double days_per_month = 365.25 / 12.0;

SimTime monday_at_or_after(SimTime t) {
  const std::int64_t week = weeks(1).ticks();
  const std::int64_t rest = ((t.ticks() % week) + week) % week;
  return rest == 0 ? t : SimTime{t.ticks() + week - rest};
}

Channel channel_of(const Fact& fact) {
  return static_cast<Channel>(fact.small & 0xff);
}

}  // namespace

RunObserver::RunObserver(const Rules& rules, const Organization& organization)
    : rules_{rules}, organization_{organization}, first_monday_{monday_at_or_after(rules.start)} {
  record_.supporters.resize(organization.supporters.size());
  for (std::size_t i = 0; i < record_.supporters.size(); ++i)
    record_.supporters[i].joined_before_start = organization.supporters[i].initial;
  record_.units.resize(organization.units.size());
  record_.destinations.resize(rules.scenario.referrals.destinations.size());
  record_.referral_waits.assign(record_.destinations.size(), empty_referral_waits());
  if (first_monday_ < rules.end)
    record_.weeks.resize(
        static_cast<std::size_t>((rules.end - first_monday_ - microseconds(1)) / weeks(1) + 1));
  if (record_.supporters.size() * record_.weeks.size() <= most_supporter_weeks)
    record_.supporter_weeks.resize(record_.supporters.size() * record_.weeks.size());
  const SimDuration horizon = rules.end - rules.start;
  record_.month_requests.resize(static_cast<std::size_t>(horizon.in_days() / days_per_month));
  record_.month_self_referrals.resize(record_.month_requests.size());
  if (rules.scenario.surveys.interval_weeks > 0)
    record_.waves.resize(static_cast<std::size_t>(
        (horizon - microseconds(1)) / weeks(rules.scenario.surveys.interval_weeks) + 1));
  record_.causes.resize(static_cast<std::size_t>(Cause::listed) + rules.scenario.environment.causes.size());
  record_.leavers_by_profession.resize(organization.profession_names.size());
  const auto resize = [this](Grouping grouping, std::size_t size) {
    record_.groups[static_cast<std::size_t>(grouping)].resize(size);
    record_.supporter_scores[static_cast<std::size_t>(grouping)].resize(size);
  };
  resize(Grouping::profession, organization.profession_names.size());
  resize(Grouping::career_stage, organization.stage_names.size());
  resize(Grouping::shift_pattern, level_names(ShiftPattern{}).size());
  resize(Grouping::site, organization.site_names.size());
}

/// The number of people in each group does not belong to a share of the facts: only the first observer counts
/// it.
void RunObserver::count_people() {
  for (std::uint32_t i = 0; i < organization_.clinician_count(); ++i)
    for_groups_of(i, [](GroupRow& row) { ++row.people; });
}

WeekRow* RunObserver::week_of(SimTime t) {
  if (t < first_monday_) return nullptr;
  const auto index = static_cast<std::size_t>((t - first_monday_) / weeks(1));
  return index < record_.weeks.size() ? &record_.weeks[index] : nullptr;
}

UnitRow& RunObserver::unit_of_clinician(std::uint32_t clinician) {
  return record_.units[organization_.unit_of[clinician]];
}

CauseRow& RunObserver::cause_of(const Fact& fact, unsigned shift) {
  constexpr unsigned six_bits = 63;
  return record_.causes.at(fact.small >> shift & six_bits);
}

CauseRow* RunObserver::cause_of_request(const Fact& fact, unsigned shift) {
  const Channel channel = channel_of(fact);
  if (channel == Channel::direct || channel == Channel::inherited) return nullptr;
  return &cause_of(fact, shift);
}

void RunObserver::on_fact(const Fact& fact) {
  const auto kind = static_cast<PeerFact>(fact.kind);
  RunCounts& counts = record_.counts;
  switch (kind) {
    case PeerFact::clinical_event:
      if (!measured(fact.time)) return;
      ++counts.clinical_events;
      counts.events_reported += fact.small;
      ++record_.units[fact.subject].clinical_events;
      return;
    case PeerFact::exposure:
      if (!measured(fact.time)) return;
      ++counts.exposures;
      ++unit_of_clinician(fact.subject).exposures;
      ++record_.causes.at(fact.small & 0xff).exposures;
      return;
    case PeerFact::episode_began:
      if (!measured(fact.time)) return;
      ++counts.episodes;
      ++unit_of_clinician(fact.subject).episodes;
      ++cause_of(fact, 0).episodes;
      for_groups_of(fact.subject, [](GroupRow& row) { ++row.episodes; });
      return;
    case PeerFact::episode_ended:
      on_episode_end(fact, true);
      return;
    case PeerFact::episode_open:
      on_episode_end(fact, false);
      return;
    case PeerFact::unit_week:
      if (WeekRow* week = week_of(fact.time)) {
        week->distressed += fact.a;
        week->supported += fact.small;
        week->exhaustion += fact.b;
        counts.distressed_people_weeks += fact.a;
      }
      return;
    case PeerFact::unit_census:
      counts.concerning_clinicians += fact.a;
      counts.distressed_ticks += fact.b;
      return;
    case PeerFact::unit_reach:
      counts.reached_people += fact.a;
      return;
    case PeerFact::request_made:
      on_request(fact);
      return;
    case PeerFact::request_accepted:
      if (!measured(SimTime{fact.a})) return;
      ++counts.accepted[static_cast<std::size_t>(channel_of(fact))];
      if (SimTime{fact.a} + rules_.scenario.access.contact_limit <= rules_.end) {
        ++counts.judged;
        ++unit_of_clinician(fact.subject).judged;
        if (CauseRow* cause = cause_of_request(fact)) ++cause->judged;
        for_groups_of(fact.subject, [](GroupRow& row) { ++row.judged; });
        if (WeekRow* week = week_of(SimTime{fact.a})) ++week->judged;
      }
      return;
    case PeerFact::first_contact:
      on_first_contact(fact);
      return;
    case PeerFact::request_ended:
      on_request_end(fact);
      return;
    case PeerFact::desk_week:
      if (WeekRow* week = week_of(fact.time)) {
        week->waiting += fact.a;
        week->open_cases += fact.b;
        week->active_supporters += fact.small;
        ++counts.weeks_observed;
        counts.waiting_weeks += fact.a;
        counts.open_case_weeks += fact.b;
        counts.active_supporter_weeks += fact.small;
      }
      return;
    case PeerFact::supporter_assigned:
    case PeerFact::session_held:
    case PeerFact::supporter_census:
    case PeerFact::supporter_exhaustion:
    case PeerFact::supporter_left:
    case PeerFact::handover:
    case PeerFact::supporter_role:
    case PeerFact::program_time:
    case PeerFact::turn_on_call:
      on_supporter_fact(fact);
      return;
    case PeerFact::unit_support:
    case PeerFact::unit_scores:
    case PeerFact::unit_climate:
    case PeerFact::clinician_left:
    case PeerFact::clinician_hired:
    case PeerFact::group_debrief:
      on_unit_fact(fact);
      return;
    case PeerFact::unit_survey:
    case PeerFact::supporter_survey:
    case PeerFact::supporter_challenge:
      on_survey_fact(fact);
      return;
    case PeerFact::session_received:
    case PeerFact::referral_onward:
      return;
    case PeerFact::request_transferred:
      if (measured(SimTime{fact.a})) ++counts.transferred;
      return;
    case PeerFact::overflowed:
      if (measured(SimTime{fact.a})) ++counts.overflowed;
      return;
    case PeerFact::turned_elsewhere:
      if (measured(fact.time)) ++counts.turned_elsewhere;
      return;
    case PeerFact::referral_made:
    case PeerFact::treatment_began:
    case PeerFact::referral_given_up:
    case PeerFact::referral_waiting:
      on_referral_fact(fact);
      return;
  }
}

void RunObserver::on_request(const Fact& fact) {
  if (!measured(SimTime{fact.a})) return;
  const Channel channel = channel_of(fact);
  ++record_.counts.requests[static_cast<std::size_t>(channel)];
  if (channel == Channel::inherited) return;  // made at an unknown time before the start: no new demand
  ++unit_of_clinician(fact.subject).requests;
  if (CauseRow* cause = cause_of_request(fact)) ++cause->requests;
  for_groups_of(fact.subject, [](GroupRow& row) { ++row.requests; });
  if (const auto month = static_cast<std::size_t>((fact.time - rules_.start).in_days() / days_per_month);
      month < record_.month_requests.size()) {
    ++record_.month_requests[month];
    if (channel == Channel::self_referral) ++record_.month_self_referrals[month];
  }
  if (WeekRow* week = week_of(fact.time)) ++week->requests;
}

void RunObserver::on_episode_end(const Fact& fact, bool recovered) {
  if (!measured(SimTime{fact.b})) return;
  RunCounts& counts = record_.counts;
  const bool left = (fact.small & static_cast<unsigned>(EpisodeFlag::left)) != 0;
  ++(!recovered ? counts.episodes_open : left ? counts.episodes_left : counts.episodes_recovered);
  const std::int64_t length = (fact.time - SimTime{fact.b}).ticks();
  record_.recoveries.add({length, recovered && !left ? 0 : peercap::FollowUp::censored});
  if ((fact.small & static_cast<unsigned>(EpisodeFlag::asked)) != 0) ++counts.episodes_asked;
  if ((fact.small & static_cast<unsigned>(EpisodeFlag::contacted)) != 0) {
    ++counts.episodes_contacted;
    ++unit_of_clinician(fact.subject).episodes_contacted;
    ++cause_of(fact, cause_shift).episodes_contacted;
    for_groups_of(fact.subject, [](GroupRow& row) { ++row.episodes_contacted; });
    record_.contacted_episodes.push_back({fact.subject, fact.b, fact.time.ticks()});
  } else {
    const WaitEnd end = left ? WaitEnd::other : WaitEnd::recovered;
    record_.uncontacted.add({length, recovered ? static_cast<int>(end) : peercap::FollowUp::censored});
  }
}

void RunObserver::on_first_contact(const Fact& fact) {
  const SimTime requested{fact.a};
  if (!measured(fact.time)) return;
  RunCounts& counts = record_.counts;
  ++counts.first_contacts[static_cast<std::size_t>(channel_of(fact))];
  const SimDuration wait = fact.time - requested;
  if (channel_of(fact) == Channel::direct) counts.direct_wait_ticks += wait.ticks();
  record_.contact_waits.push_back(wait.ticks());
  if ((fact.small >> 8 & 1) != 0)
    record_.episode_contacts.push_back(
        {fact.subject, fact.time.ticks(), fact.b, static_cast<std::int64_t>(channel_of(fact))});
  CauseRow* const cause = cause_of_request(fact, contact_cause_shift);
  if (cause != nullptr) {
    ++cause->first_contacts;
    cause->wait_ticks += wait.ticks();
  }
  UnitRow& unit = unit_of_clinician(fact.subject);
  ++unit.first_contacts;
  unit.wait_ticks += wait.ticks();
  for_groups_of(fact.subject, [&](GroupRow& row) {
    ++row.first_contacts;
    row.wait_ticks += wait.ticks();
  });
  if (WeekRow* week = week_of(fact.time)) ++week->first_contacts;
  const Access& access = rules_.scenario.access;
  if (!measured(requested) || requested + access.contact_limit > rules_.end) return;
  if (wait <= access.contact_target) ++counts.judged_within_target;
  if (wait > access.contact_limit) return;
  ++counts.judged_within_limit;
  ++unit.judged_within_limit;
  if (cause != nullptr) ++cause->judged_within_limit;
  for_groups_of(fact.subject, [](GroupRow& row) { ++row.judged_within_limit; });
  if (WeekRow* week = week_of(requested)) ++week->judged_within_limit;
}

void RunObserver::on_request_end(const Fact& fact) {
  if (!measured(SimTime{fact.a})) return;
  const auto channel = static_cast<std::size_t>(channel_of(fact));
  ++record_.counts.ended[channel][fact.small >> 8];
  const auto end = static_cast<RequestEnd>(fact.small >> 8);
  const bool helped = end == RequestEnd::resolved || end == RequestEnd::referred;
  if (fact.b >= 0) {
    ++record_.counts.ended_contacted[channel];
    record_.counts.ended_helped[channel] += helped ? 1 : 0;
  } else if (end == RequestEnd::referred || end == RequestEnd::referral_declined) {
    ++record_.counts.referred_uncontacted;
  }
  on_wait_end(fact, end);
}

void RunObserver::on_wait_end(const Fact& fact, RequestEnd end) {
  const SimTime requested{fact.a};
  if (end == RequestEnd::merged || end == RequestEnd::declined || end == RequestEnd::lapsed ||
      end == RequestEnd::open_unanswered || end == RequestEnd::dropped)
    return;  // never wanted support, or not known to
  if (fact.b >= 0) {
    add_wait(SimTime{fact.b} - requested, static_cast<int>(WaitEnd::contacted));
    return;
  }
  int cause = static_cast<int>(WaitEnd::other);
  if (end == RequestEnd::withdrew) cause = static_cast<int>(WaitEnd::gave_up);
  if (end == RequestEnd::recovered) cause = static_cast<int>(WaitEnd::recovered);
  if (end == RequestEnd::open_waiting) cause = peercap::FollowUp::censored;
  add_wait(fact.time - requested, cause);
}

void RunObserver::add_wait(SimDuration wait, int cause) {
  record_.waits.add({wait.ticks(), cause});
  RunCounts& counts = record_.counts;
  if (cause == peercap::FollowUp::censored) {
    counts.open_wait_ticks += wait.ticks();
    return;
  }
  ++counts.waits_ended;
  counts.ended_wait_ticks += wait.ticks();
}

void RunObserver::absorb(const Observer& other) {
  merge_into(record_, dynamic_cast<const RunObserver&>(other).record_);
}

void RunObserver::save(StateWriter& state) const {
  RunRecord record = record_;
  sort_lists(record);
  state(record);
}

void RunObserver::restore(StateReader& state) {
  RunRecord record;
  state(record);
  if (!have_equal_shapes(record, record_)) state.fail("is of another organization or span");
  record_ = std::move(record);
}

std::unique_ptr<Observer> RunObserver::fork() const {
  return std::make_unique<RunObserver>(rules_, organization_);
}

}  // namespace peercap::peer_support
