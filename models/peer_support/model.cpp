#include "models/peer_support/model.h"

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/behavior/referral_pool.h"
#include "models/peer_support/behavior/unit_process.h"
#include "models/peer_support/network/nominations.h"
#include "models/peer_support/network/trust_network.h"
#include "models/peer_support/observation/evaluation.h"
#include "models/peer_support/observation/invariants/figures.h"
#include "models/peer_support/observation/invariants/invariant_observer.h"
#include "models/peer_support/observation/outcomes.h"
#include "models/peer_support/observation/run_observer.h"
#include "sim/observe/tee.h"
#include "sim/support/state_archive.h"

namespace peercap::peer_support {
namespace {

/// What units share: who trusts whom, and the board on which they show themselves each week.
struct Commons {
  Commons(const Scenario& scenario, const Organization& organization, const RandomSource& random)
      : board{organization.clinician_count(), organization.units.size(), organization.supporters.size()} {
    if (scenario.organization.network.enabled == Switch::off) return;
    network.emplace(build_trust_network(scenario, organization, random));
    ties.emplace(count_unit_ties(*network, organization));
  }

  [[nodiscard]] Surroundings surroundings() {
    return {&board, network ? &*network : nullptr, ties ? &*ties : nullptr};
  }

  WeeklyBoard board;
  std::optional<TrustNetwork> network;
  std::optional<UnitTies> ties;
};

/// Whether requests can go from site to site at some time of the run.
bool sites_exchange_requests(const Rules& rules) {
  if (!rules.scenario.shocks.mergers.empty()) return true;
  for (const Rules* phase = &rules; phase != nullptr; phase = phase->next_phase)
    if (phase->scenario.case_rules.overflow.to_other_site == Switch::on ||
        phase->scenario.supporters.own_access == OwnAccess::other_site)
      return true;
  return false;
}

/// Every desk with every other one, and with every unit of another site, in the order that both expect.
void connect_sites(Topology& topology, const Organization& organization, const std::vector<ProcessId>& desks,
                   const Delays& delays) {
  for (std::size_t site = 0; site < desks.size(); ++site) {
    for (std::size_t other = 0; other < desks.size(); ++other)
      if (other != site) topology.connect(desks[site], desks[other], delays.desk_to_desk);
    for (std::size_t u = 0; u < organization.units.size(); ++u) {
      if (organization.units[u].site.index() == site) continue;
      topology.connect(desks[site], ProcessId{u}, delays.desk_to_unit);
      topology.connect(ProcessId{u}, desks[site], delays.unit_to_desk);
    }
  }
}

/// Processes in the order units, desks, pools: a unit's ProcessId is its UnitId.
Topology assemble(const Rules& rules, const Organization& organization, const RandomSource& random,
                  Commons& commons) {
  const Delays& delays = rules.scenario.delays;
  const std::size_t sites = organization.site_names.size();
  const std::size_t pools = rules.scenario.referrals.destinations.size();
  Topology topology;
  for (std::size_t u = 0; u < organization.units.size(); ++u)
    topology.add(std::make_unique<UnitProcess>(rules, organization, UnitId{u}, commons.surroundings()));
  std::vector<ProcessId> desks;
  for (std::size_t s = 0; s < sites; ++s)
    desks.push_back(
        topology.add(std::make_unique<DeskProcess>(rules, organization, random, SiteId{s}, commons.board)));
  std::vector<ProcessId> destinations;
  for (std::uint32_t d = 0; d < pools; ++d)
    destinations.push_back(topology.add(std::make_unique<ReferralPool>(rules, organization, d)));

  for (std::size_t u = 0; u < organization.units.size(); ++u) {
    const ProcessId desk = desks[organization.units[u].site.index()];
    topology.connect(ProcessId{u}, desk, delays.unit_to_desk);
    topology.connect(desk, ProcessId{u}, delays.desk_to_unit);
  }
  for (const ProcessId desk : desks)
    for (const ProcessId destination : destinations)
      topology.connect(desk, destination, delays.desk_to_referral);
  for (std::uint32_t d = 0; d < pools; ++d)
    for (const std::uint32_t next : ReferralPool::next_destinations(rules.scenario.referrals, d))
      topology.connect(destinations[d], destinations[next], delays.desk_to_referral);
  for (const ProcessId destination : destinations)
    for (const ProcessId desk : desks) topology.connect(destination, desk, delays.desk_to_referral);
  if (sites_exchange_requests(rules)) connect_sites(topology, organization, desks, delays);
  topology.share_states(weeks(1));  // the board is read a week after it was written
  return topology;
}

/// Chance of what the organization is: the same in all replications where the scenario fixes it.
RandomSource chance_of_organization(const Scenario& s, std::uint32_t replication) {
  return RandomSource{s.run.seed, s.organization.draw == OrganizationDraw::fixed ? 0 : replication};
}

/// A run of a replication that has come to its end: the scenario itself, or one of the twins it is compared
/// with.
struct FinishedRun {
  RunReport report;
  RunRecord record;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(report, record);
  }
};

/// Listens to one run of a replication. What it saves begins with the runs finished before, so that a
/// replication is one RunState, whichever of its runs is in progress. A run that is checked goes on from no
/// state of one that is not: of what happened before nothing would be known.
class ReplicationObserver final : public Observer {
 public:
  ReplicationObserver(Observer& present, const std::vector<FinishedRun>& finished, bool is_checked)
      : present_{present}, is_checked_{is_checked} {
    StateWriter state;
    state(finished);
    finished_ = state.take();
  }

  [[nodiscard]] static std::vector<FinishedRun> finished_in(const RunState& saved) {
    StateReader state{saved.observer};
    std::vector<std::byte> bytes;
    state(bytes);
    StateReader finished{bytes};
    std::vector<FinishedRun> runs;
    finished(runs);
    finished.expect_end();
    return runs;
  }

  void on_fact(const Fact& fact) override { present_.on_fact(fact); }
  [[nodiscard]] std::unique_ptr<Observer> fork() const override { return present_.fork(); }
  void absorb(const Observer& other) override { present_.absorb(other); }
  void save(StateWriter& state) const override {
    state(finished_, is_checked_);
    present_.save(state);
  }
  void restore(StateReader& state) override {
    bool was_checked = false;
    state(finished_, was_checked);
    if (was_checked != is_checked_)
      state.fail(was_checked ? "is of a run that is checked for broken invariants"
                             : "is of a run that is not checked for broken invariants");
    present_.restore(state);
  }

 private:
  Observer& present_;
  bool is_checked_;
  std::vector<std::byte> finished_;
};

/// All runs of one replication, one after the other.
class Replication {
 public:
  Replication(std::uint32_t number, Engine& engine, const std::atomic<bool>* stop, RunControl* control,
              const RunState* resume_from)
      : number_{number}, engine_{engine}, stop_{stop}, control_{control}, resume_from_{resume_from} {
    if (resume_from != nullptr) finished_ = ReplicationObserver::finished_in(*resume_from);
  }

  [[nodiscard]] ReplicationOutcome run(const Rules& rules, Observer* listener) {
    is_checked_ = rules.check_invariants;
    const std::size_t runs = rules.twin == nullptr ? 1 : rules.without_effect == nullptr ? 2 : 3;
    if (resume_from_ != nullptr && finished_.size() >= runs)
      throw StateFormatError{"saved state is of another scenario: " + std::to_string(finished_.size()) +
                             " of its runs are finished, a replication has " + std::to_string(runs)};
    ReplicationOutcome outcome = run_one(rules, listener);
    if (rules.twin == nullptr) return outcome;
    const auto twin = run_one(*rules.twin, nullptr).measures;
    const auto without_effect =
        rules.without_effect == nullptr ? outcome.measures : run_one(*rules.without_effect, nullptr).measures;
    compare_with_twin(outcome.measures, twin, without_effect, static_cast<double>(clinicians_));
    return outcome;
  }

 private:
  [[nodiscard]] ReplicationOutcome run_one(const Rules& rules, Observer* listener) {
    const RandomSource random{rules.scenario.run.seed, number_};
    const RandomSource drawing = chance_of_organization(rules.scenario, number_);
    const Organization organization = found_organization(rules.scenario, drawing);
    FinishedRun finished = begun_ < finished_.size()
                               ? finished_[begun_]
                               : simulate(rules, organization, random, drawing, listener);
    if (begun_ == finished_.size() && control_ != nullptr) finished_.push_back(finished);
    if (begun_++ == 0) clinicians_ = organization.clinician_count();

    ReplicationOutcome outcome;
    outcome.replication = number_;
    outcome.report = finished.report;
    outcome.is_checked = is_checked_;
    outcome.record = std::move(finished.record);
    outcome.measures = evaluate_measures(rules, organization, random, outcome.record);
    outcome.series = evaluate_series(organization, outcome.record);
    if (is_checked_) {
      ViolationList broken;
      judge_measures({rules, organization, random}, outcome.measures, outcome.series, broken);
      expect_none(broken, organization);
    }
    for (std::size_t i = 0; i < outcome.record.supporters.size(); ++i) {
      constexpr double none = std::numeric_limits<double>::quiet_NaN();
      if (!outcome.record.supporters[i].active_at_end) {
        outcome.surveys.push_back({none, none, none});
        continue;
      }
      const SupporterSurvey survey = survey_supporter(rules, organization, random, outcome.record, i);
      outcome.surveys.push_back({survey.trauma, survey.satisfaction, survey.exhaustion});
    }
    return outcome;
  }

  [[nodiscard]] FinishedRun simulate(const Rules& rules, const Organization& organization,
                                     const RandomSource& random, const RandomSource& drawing,
                                     Observer* listener) {
    Commons commons{rules.scenario, organization, drawing};
    const Topology topology = assemble(rules, organization, random, commons);
    RunObserver own{rules, organization};
    own.count_people();
    std::optional<InvariantObserver> invariants;
    std::optional<Tee> own_and_invariants;
    std::optional<Tee> all;
    Observer* present = &own;
    if (is_checked_) {
      invariants.emplace(CheckedRun{rules, organization, random});
      present = &own_and_invariants.emplace(*present, *invariants);
    }
    if (listener != nullptr) present = &all.emplace(*present, *listener);
    ReplicationObserver saved{*present, finished_, is_checked_};
    const RunSpan span{rules.begin, rules.end, stop_, control_, std::exchange(resume_from_, nullptr)};
    const bool is_saved = span.control != nullptr || span.resume_from != nullptr;
    const RunReport report = engine_.run(topology, random, span, is_saved ? &saved : present);
    FinishedRun finished{report, own.take_record()};
    require_balance(finished.record.counts);
    sort_lists(finished.record);
    if (invariants) {
      ViolationList broken = invariants->judge();
      judge_record({rules, organization, random}, finished.record, broken);
      expect_none(broken, organization);
    }
    return finished;
  }

  static void expect_none(const ViolationList& broken, const Organization& organization) {
    if (!broken.empty()) throw InvariantViolation{broken, organization};
  }

  std::uint32_t number_;
  Engine& engine_;
  const std::atomic<bool>* stop_;
  RunControl* control_;
  const RunState* resume_from_;  ///< of the first run that is not finished; null afterwards
  std::vector<FinishedRun> finished_;
  std::size_t begun_ = 0;  ///< runs
  std::size_t clinicians_ = 0;
  bool is_checked_ = false;
};

}  // namespace

ReplicationOutcome run_replication(const Rules& rules, std::uint32_t replication, Engine& engine,
                                   const std::atomic<bool>* stop, RunControl* control,
                                   const RunState* resume_from) {
  return Replication{replication, engine, stop, control, resume_from}.run(rules, nullptr);
}

ReplicationOutcome run_replication_observed(const Rules& rules, std::uint32_t replication, Engine& engine,
                                            Observer& listener) {
  return Replication{replication, engine, nullptr, nullptr, nullptr}.run(rules, &listener);
}

Division divide_replication(const Rules& rules, std::uint32_t replication, std::size_t partitions,
                            std::size_t threads) {
  const RandomSource random{rules.scenario.run.seed, replication};
  const RandomSource drawing = chance_of_organization(rules.scenario, replication);
  const Organization organization = found_organization(rules.scenario, drawing);
  Commons commons{rules.scenario, organization, drawing};
  const Topology topology = assemble(rules, organization, random, commons);
  const std::size_t wanted = partitions > 0 ? partitions : recommended_partitions(topology, threads);
  return {.units = organization.units.size(),
          .desks = organization.site_names.size(),
          .destinations = rules.scenario.referrals.destinations.size(),
          .least_delay = topology.lookahead(),
          .partitioning = partition_by_load(topology, wanted)};
}

}  // namespace peercap::peer_support
