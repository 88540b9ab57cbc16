#include "tests/models/peer_support/desk_bench.h"

#include <algorithm>
#include <bit>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/behavior/referral_pool.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap::peer_support::testing {
namespace {

enum class ScriptEvent : std::uint16_t { act = 1000 };

class ScriptedUnit final : public peercap::testing::Unsaved<LogicalProcess> {
 public:
  ScriptedUnit(std::uint32_t site, SimDuration delay, const std::vector<ScriptedMessage>& script,
               const std::map<std::uint16_t, DistressLevel>& levels, std::vector<HeardMessage>& heard)
      : site_{site}, delay_{delay}, script_{script}, levels_{levels}, heard_{heard} {}

  void start(Context& context) override {
    for (std::size_t i = 0; i < script_.size(); ++i)
      context.schedule(script_[i].arrives - delay_, ScriptEvent::act, {0, i, 0});
  }

  void handle(const Event& event, Context& context) override {
    if (event.kind_as<ScriptEvent>() == ScriptEvent::act) {
      context.send(0, delay_, script_[event.a].kind, script_[event.a].payload);
      return;
    }
    const auto kind = event.kind_as<Happening>();
    heard_.push_back({context.now(), kind, event.small, event.a, event.b});
    if (kind != Happening::case_opened) return;
    const auto level = levels_.find(event.small);
    if (level == levels_.end()) return;
    // The answer goes to the desk of the site that the message names: the own one first, then the others.
    const auto site = static_cast<std::uint32_t>(event.b);
    const std::uint32_t channel = site == site_ ? 0U : site < site_ ? site + 1U : site;
    context.send(channel, delay_, Happening::distress_view,
                 ViewMessage{event.small, 1, 0, level->second}.pack());
  }

  void finish(Context&) override {}
  [[nodiscard]] std::string name() const override { return "scripted unit"; }

 private:
  std::uint32_t site_;
  SimDuration delay_;
  const std::vector<ScriptedMessage>& script_;
  const std::map<std::uint16_t, DistressLevel>& levels_;
  std::vector<HeardMessage>& heard_;
};

}  // namespace

DeskBench::DeskBench(Scenario scenario)
    : rules_{std::make_unique<Rules>(scenario)},
      random_{scenario.run.seed, 0},
      organization_{build_organization(scenario, random_)},
      scripts_(organization_.units.size()),
      levels_(organization_.units.size()),
      heard_(organization_.units.size()) {
  organization_.supporters.clear();
}

Scenario DeskBench::quiet_scenario() {
  Scenario s = plain_scenario(2, 5, 0);
  s.run.horizon = weeks(8);
  s.access.meeting_hours = WeeklyWindows::always();
  s.access.release_from_shift = {1.0};
  s.access.withdrawal_first_week = {};
  s.access.withdrawal_later = {};
  s.organization.sites[0].departments[0].shift_pattern = ShiftPattern::office;
  s.program.coordinator_windows = WeeklyWindows::always();
  s.program.coordinator_hours = {168.0};
  s.program.triage_time = minutes(20);
  s.matching.same_profession = MatchRule::none;
  s.matching.same_career_stage = MatchRule::none;
  s.matching.different_unit = MatchRule::none;
  s.matching.outside_authority = MatchRule::none;
  s.case_rules.session_law = ServiceLaw::fixed;
  s.case_rules.continue_after_session = {0.0};
  s.case_rules.early_referral = {0.0};
  s.case_rules.unresolved_referral = {0.0};
  s.case_rules.effect_fast = {0.0};
  s.turnover.enabled = Switch::off;
  s.surveys.interval_weeks = 0;
  s.supporters.exit.role_rate = {};
  s.supporters.recruitment.enabled = Switch::off;
  s.supporters.training.refresher_interval_weeks = 0;
  s.supporters.training.skill_floor = 1.0;
  s.supporters.quality.exhaustion_loss = 0.0;
  s.supporters.debrief_groups.interval_weeks = 0;
  s.supporters.check_ins.interval_weeks = 0;
  s.supporters.leave.rate = {};
  return s;
}

void DeskBench::add_supporter(std::uint32_t clinician) {
  const SupporterEntry entry{ClinicianId{clinician}, UnitId{organization_.unit_of[clinician]}};
  const auto place =
      std::ranges::lower_bound(organization_.supporters, entry.clinician, {}, &SupporterEntry::clinician);
  organization_.supporters.insert(place, entry);
}

void DeskBench::add_candidate(std::uint32_t clinician, std::uint32_t rank) {
  add_supporter(clinician);
  const auto added = std::ranges::lower_bound(organization_.supporters, ClinicianId{clinician}, {},
                                              &SupporterEntry::clinician);
  added->initial = false;
  added->rank = rank;
}

void DeskBench::request(std::uint32_t client, SimDuration at_time, Channel channel, DistressLevel level,
                        std::uint32_t episode, Cause cause, double trust, double severity) {
  const std::uint32_t unit = organization_.unit_of[client];
  const auto position = static_cast<std::uint16_t>(client - organization_.units[unit].first_clinician);
  const RequestMessage message{position, episode, channel, cause, at(at_time), trust, severity};
  scripts_[unit].push_back({at(at_time), Happening::request, message.pack()});
  levels_[unit][position] = level;
}

void DeskBench::tell_distress(std::uint32_t client, SimDuration at_time, DistressLevel level,
                              std::uint16_t effects_applied) {
  const std::uint32_t unit = organization_.unit_of[client];
  const auto position = static_cast<std::uint16_t>(client - organization_.units[unit].first_clinician);
  scripts_[unit].push_back(
      {at(at_time), Happening::distress_view, ViewMessage{position, 1, effects_applied, level}.pack()});
}

void DeskBench::tell_exhaustion(std::uint32_t client, SimDuration at_time, double exhaustion) {
  const std::uint32_t unit = organization_.unit_of[client];
  const auto position = static_cast<std::uint16_t>(client - organization_.units[unit].first_clinician);
  scripts_[unit].push_back(
      {at(at_time), Happening::supporter_state, {position, 0, std::bit_cast<std::uint64_t>(exhaustion)}});
}

void DeskBench::end_employment(std::uint32_t clinician, SimDuration at_time) {
  const std::uint32_t unit = organization_.unit_of[clinician];
  const auto position = static_cast<std::uint16_t>(clinician - organization_.units[unit].first_clinician);
  scripts_[unit].push_back({at(at_time), Happening::employment_ended, {position, 0, 0}});
}

void DeskBench::tell_trust(std::uint32_t unit, SimDuration at_time, double trust) {
  scripts_[unit].push_back({at(at_time), Happening::climate, {0, std::bit_cast<std::uint64_t>(trust), 0}});
}

void DeskBench::tell(std::uint32_t unit, SimDuration at_time, Happening kind, Payload payload) {
  scripts_[unit].push_back({at(at_time), kind, payload});
}

std::vector<TrustSignal> DeskBench::trust_signals(std::uint32_t client) const {
  const std::uint32_t unit = organization_.unit_of[client];
  std::vector<TrustSignal> signals;
  for (const HeardMessage& heard : heard_[unit])
    if (heard.kind == Happening::case_closed &&
        organization_.units[unit].first_clinician + heard.position == client)
      signals.push_back(static_cast<TrustSignal>(heard.a));
  return signals;
}

const FactLog& DeskBench::run() {
  const Delays& delays = rules_->scenario.delays;
  const std::vector<Unit>& units = organization_.units;
  WeeklyBoard board{organization_.clinician_count(), units.size(), organization_.supporters.size()};
  Topology topology;
  for (std::size_t u = 0; u < units.size(); ++u)
    topology.add(std::make_unique<ScriptedUnit>(units[u].site.value(), delays.unit_to_desk, scripts_[u],
                                                levels_[u], heard_[u]));
  std::vector<ProcessId> desks;
  for (std::size_t s = 0; s < organization_.site_names.size(); ++s)
    desks.push_back(
        topology.add(std::make_unique<DeskProcess>(*rules_, organization_, random_, SiteId{s}, board)));
  const auto connect_units = [&](std::size_t site, bool of_site) {
    for (std::size_t u = 0; u < units.size(); ++u) {
      if ((units[u].site.index() == site) != of_site) continue;
      topology.connect(ProcessId{u}, desks[site], delays.unit_to_desk);
      topology.connect(desks[site], ProcessId{u}, delays.desk_to_unit);
    }
  };
  for (std::size_t s = 0; s < desks.size(); ++s) connect_units(s, true);
  for (std::uint32_t d = 0; d < rules_->scenario.referrals.destinations.size(); ++d) {
    const ProcessId pool = topology.add(std::make_unique<ReferralPool>(*rules_, organization_, d));
    for (const ProcessId desk : desks) {
      topology.connect(desk, pool, delays.desk_to_referral);
      topology.connect(pool, desk, delays.desk_to_referral);
    }
  }
  for (std::size_t s = 0; s < desks.size(); ++s) {
    for (std::size_t other = 0; other < desks.size(); ++other)
      if (other != s) topology.connect(desks[s], desks[other], delays.desk_to_desk);
    connect_units(s, false);
  }
  SequentialEngine engine;
  engine.run(topology, random_, {rules_->begin, rules_->end, nullptr}, &log_);
  return log_;
}

std::optional<Fact> DeskBench::end_of_request(const FactLog& log, std::uint32_t client) {
  std::optional<Fact> found;
  for (const Fact& fact : log.of(PeerFact::request_ended)) {
    if (fact.subject != client) continue;
    if (found) return std::nullopt;
    found = fact;
  }
  return found;
}

}  // namespace peercap::peer_support::testing
