// Limits of the model in which the answer is known without a simulation.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/relations/relation.h"

namespace peercap::peer_support {
namespace {

using testing::change_throughout;
using testing::end_of;
using testing::measure;
using testing::number_of_models;
using testing::ObservedRun;
using testing::run_observed;
using testing::small_model;

/// Runs models of their own for each limit, prepared, and hands over what came of them.
void for_models(std::uint64_t first, const std::function<void(Scenario&)>& prepare,
                const std::function<void(const Scenario&, const ObservedRun&)>& judge) {
  for (int i = 0; i < number_of_models(); ++i) {
    const std::uint64_t number = first + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("small_model(" + std::to_string(number) + ")");
    Scenario s = small_model(number);
    change_throughout(s, prepare);
    judge(s, run_observed(s));
  }
}

// Without exposure there is no distress, neither later nor from before, and nothing to ask for.
TEST(NoExposure, MeansNoDistressAndNoRequests) {
  for_models(
      500'000,
      [](Scenario& s) {
        s.environment.exposure_rate = {};
        s.activation.direct_requests = {};
        s.today.given = Switch::off;
      },
      [](const Scenario&, const ObservedRun& run) {
        for (const PeerFact kind : {PeerFact::clinical_event, PeerFact::exposure, PeerFact::episode_began,
                                    PeerFact::episode_open, PeerFact::request_made, PeerFact::session_held,
                                    PeerFact::referral_made, PeerFact::group_debrief})
          EXPECT_EQ(run.log.count(kind), 0U) << static_cast<int>(kind);
        EXPECT_EQ(measure(run.outcome, Measure::distress_point_prevalence), 0.0);
        EXPECT_GT(run.log.count(PeerFact::unit_week), 0U);
      });
}

// Without supporters nobody is ever contacted, whoever asks.
TEST(NoSupporters, MeanNoContacts) {
  std::size_t requests = 0;
  for_models(
      510'000,
      [](Scenario& s) {
        s.supporters.count = 0;
        s.supporters.recruitment.enabled = Switch::off;
        s.today.given = Switch::off;  // of whose cases some have been contacted before
      },
      [&requests](const Scenario&, const ObservedRun& run) {
        requests += run.log.count(PeerFact::request_accepted);
        for (const PeerFact kind :
             {PeerFact::first_contact, PeerFact::session_held, PeerFact::supporter_assigned,
              PeerFact::program_time, PeerFact::supporter_role, PeerFact::group_debrief})
          EXPECT_EQ(run.log.count(kind), 0U) << static_cast<int>(kind);
        for (const Fact& f : run.log.of(PeerFact::request_ended)) {
          EXPECT_EQ(f.b, -1);
          EXPECT_NE(end_of(f), RequestEnd::resolved);
          EXPECT_NE(end_of(f), RequestEnd::open_in_case);
        }
      });
  EXPECT_GT(requests, 20U);
}

// With more supporters than clients at every hour, and an office that takes no time, the wait is what rules
// and calendars make of it: the lead time, then the next multiple of the booking grid.
TEST(SupportersForEverybody, LeaveTheLeadTimeToWait) {
  std::size_t contacts = 0;
  for_models(
      520'000,
      [](Scenario& s) {
        s.organization.sites.resize(1);
        Department& ward = s.organization.sites[0].departments[0];
        ward.units = 6;
        ward.unit_size = 14;
        ward.shift_pattern = ShiftPattern::office;  // nobody sleeps by day
        s.supporters.count = 50;
        s.supporters.unprotected_work = UnprotectedWork::allowed;
        s.supporters.own_access = OwnAccess::program;
        s.supporters.leave.rate = {};
        s.supporters.terms.weeks = 0;  // else they end for most at the same time, and too few are left
        s.supporters.check_ins.interval_weeks = 0;
        s.case_rules.max_cases = 1000;
        s.program.triage_time = {};
        s.program.coordinator_hours = {168.0};
        s.program.coordinator_windows = WeeklyWindows::always();
        s.access.meeting_hours = WeeklyWindows::always();
        s.access.release_from_shift = {1.0};
        s.access.lead_time = minutes(37);
        s.access.on_call = {};
        s.access.in_person = Switch::on;
        s.access.booking_grid = minutes(15);
        // The soonest meeting is the best.
        s.matching = {.same_profession = MatchRule::none,
                      .same_career_stage = MatchRule::none,
                      .different_unit = MatchRule::none,
                      .outside_authority = MatchRule::none,
                      .profession_weight = 0.0,
                      .career_stage_weight = 0.0,
                      .different_unit_weight = 0.0,
                      .wait_weight = 100.0,
                      .load_weight = 0.0,
                      .strain_weight = 0.0};
        s.activation.group_debrief.policy = GroupDebriefPolicy::off;
        s.today.given = Switch::off;
      },
      [&contacts](const Scenario& s, const ObservedRun& run) {
        std::set<std::uint32_t> supporters;  // who have appointments of other clients
        for (const SupporterEntry& entry : run.organization.supporters)
          supporters.insert(entry.clinician.value());
        std::set<std::pair<std::int64_t, std::int64_t>> again;  // whose supporter left before the meeting
        for (const Fact& f : run.log.of(PeerFact::handover)) again.emplace(f.b, f.a);
        for (const Fact& f : run.log.of(PeerFact::first_contact)) {
          if (supporters.contains(f.subject) || again.contains({f.subject, f.a})) continue;
          const SimTime earliest = SimTime{f.a} + s.access.lead_time;
          const std::int64_t grid = s.access.booking_grid.ticks();
          EXPECT_EQ(f.time, SimTime{(earliest.ticks() + grid - 1) / grid * grid});
          ++contacts;
        }
      });
  EXPECT_GT(contacts, 20U);
}

// Whoever certainly goes on, is never referred, does not give up and does not recover has as many sessions as
// the cap allows.
TEST(SessionsWithoutChance, AreAsManyAsTheCap) {
  std::size_t cases = 0;
  for_models(
      530'000,
      [](Scenario& s) {
        s.case_rules.closing_rule = ClosingRule::probability;
        s.case_rules.continue_after_session = {1.0};
        s.case_rules.early_referral = {0.0};
        s.case_rules.severe_referral = Switch::off;
        s.case_rules.max_sessions = 3;
        s.case_rules.session_gap = days(1);
        s.loops.recovery = Switch::off;
        s.loops.delay = Switch::off;
        s.turnover.enabled = Switch::off;
        s.today.given = Switch::off;
      },
      [&cases](const Scenario&, const ObservedRun& run) {
        std::map<std::uint32_t, std::vector<std::int64_t>> sessions;  // when those of each client ended
        for (const Fact& f : run.log.of(PeerFact::session_received))
          sessions[f.subject].push_back(f.time.ticks());
        for (const Fact& f : run.log.of(PeerFact::request_ended)) {
          const RequestEnd end = end_of(f);
          if (end != RequestEnd::resolved && end != RequestEnd::closed_unresolved &&
              end != RequestEnd::referred && end != RequestEnd::referral_declined)
            continue;
          if (f.b < 0) continue;
          ++cases;
          const auto held = std::ranges::count_if(
              sessions[f.subject], [&f](std::int64_t time) { return time >= f.b && time <= f.time.ticks(); });
          EXPECT_EQ(held, 3);
        }
      });
  EXPECT_GT(cases, 20U);
}

// Where distress hardly fades, whoever is in an episode stays in it: nobody recovers but those who were
// barely over the threshold. In ten weeks fast distress of ten years' decay falls by 1.9 %.
TEST(NoRecovery, KeepsEverybodyInDistress) {
  std::size_t episodes = 0;
  std::size_t recovered = 0;
  for_models(
      540'000,
      [](Scenario& s) {
        s.distress.fast_decay = days(3650);
        s.distress.slow_decay = days(36'500);
        s.program.enabled = Switch::off;
        s.turnover.enabled = Switch::off;
      },
      [&](const Scenario&, const ObservedRun& run) {
        episodes += run.log.count(PeerFact::episode_began);
        recovered += run.log.count(PeerFact::episode_ended);
        // Never fewer in distress than the week before, but for those few.
        EXPECT_EQ(run.log.count(PeerFact::episode_began),
                  run.log.count(PeerFact::episode_ended) + run.log.count(PeerFact::episode_open));
      });
  EXPECT_GT(episodes, 200U);
  EXPECT_LT(recovered, episodes / 20);
}

// With a stigma beyond measure nobody asks. Without any, everybody asks in every episode, at a rate of at
// least 1000 a day: the chance not to have asked after an hour is exp(-1000/24), and shorter episodes are
// rare. Without supporters a request is over when the episode is, so that the next one is asked for again.
TEST(Stigma, KeepsEverybodyOrNobodyFromAsking) {
  const auto prepare = [](double stigma) {
    return [stigma](Scenario& s) {
      s.activation = {};
      s.activation.self_referral = {.hazard = per_day(1000.0),
                                    .seek_window = days(36'500),
                                    .stigma_mean = stigma,
                                    .stigma_sd = 0.0,
                                    .workload_barrier = 0.0};
      for (Profession& profession : s.organization.professions) profession.stigma_shift = 0.0;
      s.activation.awareness = {.initial = 1.0, .campaign = {}, .forgetting = {}};
      s.activation.trust = {.initial = 1.0, .learning = 0.0};
      s.activation.outreach.enabled = Switch::off;
      s.activation.manager.enabled = Switch::off;
      s.activation.peer.enabled = Switch::off;
      s.case_rules.overflow = {};
      s.supporters.count = 0;
      s.supporters.recruitment.enabled = Switch::off;
      s.loops.delay = Switch::off;
      s.loops.recovery = Switch::on;
      s.turnover.enabled = Switch::off;
      s.today.given = Switch::off;
    };
  };
  std::size_t episodes = 0;
  std::size_t asked = 0;
  std::size_t silent = 0;
  for_models(550'000, prepare(0.0), [&](const Scenario&, const ObservedRun& run) {
    episodes += run.log.count(PeerFact::episode_began);
    asked += run.log.count(PeerFact::request_made);
  });
  EXPECT_GT(episodes, 100U);
  EXPECT_LE(asked, episodes);
  EXPECT_GE(asked, episodes - episodes / 50);
  for_models(550'000, prepare(1e4), [&](const Scenario&, const ObservedRun& run) {
    silent += run.log.count(PeerFact::episode_began);
    EXPECT_EQ(run.log.count(PeerFact::request_made), 0U);
  });
  EXPECT_EQ(silent, episodes);
}

}  // namespace
}  // namespace peercap::peer_support
