#include "tests/models/peer_support/world.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "models/peer_support/network/nominations.h"
#include "sim/kernel/sequential_engine.h"

namespace peercap::peer_support::testing {
namespace {

template <class Counters>
bool equal_counters(const Counters& a, const Counters& b) {
  static_assert(std::is_trivially_copyable_v<Counters> && std::has_unique_object_representations_v<Counters>);
  return std::memcmp(&a, &b, sizeof a) == 0;
}

bool equal_supporters(const SupporterRow& a, const SupporterRow& b) {
  return a.cases == b.cases && a.sessions == b.sessions && a.protected_ticks == b.protected_ticks &&
         a.overload_ticks == b.overload_ticks && a.program_ticks == b.program_ticks &&
         a.program_beyond_ticks == b.program_beyond_ticks && a.joined == b.joined &&
         a.joined_ticks == b.joined_ticks && a.invited == b.invited &&
         a.joined_before_start == b.joined_before_start && a.left_before_start == b.left_before_start &&
         a.active_at_end == b.active_at_end && a.exit == b.exit && a.exit_ticks == b.exit_ticks &&
         a.trauma_millionths == b.trauma_millionths &&
         a.satisfaction_millionths == b.satisfaction_millionths &&
         a.exhaustion_millionths == b.exhaustion_millionths && a.open_cases == b.open_cases;
}

template <class Rows>
bool equal_multisets(Rows a, Rows b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

template <class Row, class Equal>
bool equal_rows(const std::vector<Row>& a, const std::vector<Row>& b, Equal equal) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), equal);
}

}  // namespace

void FactLog::absorb(const Observer& other) {
  const auto& facts = dynamic_cast<const FactLog&>(other).facts_;
  facts_.insert(facts_.end(), facts.begin(), facts.end());
}

std::vector<Fact> FactLog::of(PeerFact kind) const {
  std::vector<Fact> found;
  std::ranges::copy_if(facts_, std::back_inserter(found),
                       [kind](const Fact& f) { return kind_of(f) == kind; });
  return found;
}

Scenario plain_scenario(int units, int unit_size, int supporters) {
  Scenario s;
  s.name = "test";
  s.run.burn_in = SimDuration{};
  s.run.replications = 1;
  s.supporters.count = supporters;
  Department ward;
  ward.name = "ward";
  ward.units = units;
  ward.unit_size = unit_size;
  s.organization.sites = {{.name = "main", .departments = {ward}}};
  return s;
}

Scenario busy_scenario(int units, int unit_size, int supporters) {
  Scenario s = plain_scenario(units, unit_size, supporters);
  s.run.horizon = weeks(26);
  s.environment.exposure_rate = per_year(12.0);
  s.activation.self_referral.hazard = per_day(0.01);
  s.activation.outreach.report = {0.6};
  s.activation.outreach.flag = {0.3};
  s.access.withdrawal_first_week = per_week(0.3);
  s.access.withdrawal_later = per_week(0.1);
  s.case_rules.early_referral = {0.1};
  s.supporters.exit.role_rate = per_year(0.6);
  return s;
}

void simplify_people(Scenario& scenario) {
  scenario.surveys.interval_weeks = 0;
  scenario.turnover.enabled = Switch::off;
  scenario.organization.network.enabled = Switch::off;
  scenario.activation.manager.enabled = Switch::off;
  scenario.activation.peer.enabled = Switch::off;
  scenario.activation.awareness = {.initial = 1.0, .campaign = {}, .word_of_mouth = 0.0, .forgetting = {}};
  scenario.activation.trust = {.initial = 1.0, .learning = 0.0};
  scenario.activation.self_referral.stigma_mean = 0.0;
  scenario.activation.self_referral.stigma_sd = 0.0;
  scenario.activation.self_referral.workload_barrier = 0.0;
}

void cut_feedback(Scenario& scenario) {
  scenario.environment.exhaustion_error_gain = 0.0;
  scenario.exhaustion.distress_gain = 0.0;
  scenario.exhaustion.unit_gain = 0.0;
  scenario.exhaustion.overload_gain = 0.0;
  scenario.case_rules.effect_fast = {0.0};
  scenario.case_rules.effect_slow = {0.0};
  Loops& loops = scenario.loops;
  for (Switch* loop : {&loops.error, &loops.overload, &loops.visibility, &loops.contagion, &loops.meaning,
                       &loops.powerlessness, &loops.relief, &loops.delay, &loops.recovery, &loops.care,
                       &loops.recruitment, &loops.referral, &loops.upstream})
    *loop = Switch::off;
}

Organization organization_of(const Scenario& scenario, std::uint32_t replication) {
  const bool fixed = scenario.organization.draw == OrganizationDraw::fixed;
  return found_organization(scenario, RandomSource{scenario.run.seed, fixed ? 0 : replication});
}

ObservedRun run_observed(const Scenario& scenario, std::uint32_t replication) {
  ObservedRun run;
  run.rules = std::make_unique<Rules>(scenario);
  run.organization = organization_of(scenario, replication);
  SequentialEngine engine;
  run.outcome = run_replication_observed(*run.rules, replication, engine, run.log);
  return run;
}

bool equal_records(const RunRecord& a, const RunRecord& b) {
  return equal_counters(a.counts, b.counts) && equal_multisets(a.contact_waits, b.contact_waits) &&
         equal_multisets(a.episode_contacts, b.episode_contacts) &&
         equal_multisets(a.contacted_episodes, b.contacted_episodes) && a.uncontacted == b.uncontacted &&
         a.referral_waits == b.referral_waits && equal_rows(a.supporters, b.supporters, equal_supporters) &&
         equal_rows(a.units, b.units, equal_counters<UnitRow>) &&
         equal_rows(a.destinations, b.destinations, equal_counters<DestinationRow>) &&
         equal_rows(a.weeks, b.weeks, equal_counters<WeekRow>) &&
         std::equal(
             a.supporter_scores.begin(), a.supporter_scores.end(), b.supporter_scores.begin(),
             [](const auto& x, const auto& y) { return equal_rows(x, y, equal_counters<ScoreRow>); }) &&
         a.month_self_referrals == b.month_self_referrals && a.month_requests == b.month_requests &&
         std::equal(
             a.groups.begin(), a.groups.end(), b.groups.begin(),
             [](const auto& x, const auto& y) { return equal_rows(x, y, equal_counters<GroupRow>); }) &&
         equal_rows(a.waves, b.waves, equal_counters<WaveRow>) &&
         a.leavers_by_profession == b.leavers_by_profession && a.waits == b.waits &&
         a.recoveries == b.recoveries;
}

}  // namespace peercap::peer_support::testing
