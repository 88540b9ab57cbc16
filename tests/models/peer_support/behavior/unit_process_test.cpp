#include "models/peer_support/behavior/unit_process.h"

#include <cmath>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/world.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap::peer_support {
namespace {

using testing::FactLog;

struct HeardView {
  SimTime sent;
  ViewMessage view;
};

enum class ProbeEvent : std::uint16_t { hold_session = 1000 };

/// A desk that has a case of the unit's first person open from the begin, and holds one session.
class ProbeDesk final : public peercap::testing::Unsaved<LogicalProcess> {
 public:
  ProbeDesk(SimDuration session_at, EffectMessage effect, std::uint64_t flag, std::vector<HeardView>& heard)
      : session_at_{session_at}, effect_{effect}, flag_{flag}, heard_{heard} {}

  void start(Context& context) override {
    context.send(0, minutes(15), Happening::case_opened, {0, flag_, 0});
    context.schedule(context.now() + session_at_, ProbeEvent::hold_session);
  }
  void handle(const Event& event, Context& context) override {
    if (event.kind_as<ProbeEvent>() == ProbeEvent::hold_session)
      context.send(0, minutes(15), Happening::session_effect, effect_.pack());
    else if (event.kind_as<Happening>() == Happening::distress_view)
      heard_.push_back({context.now() - minutes(15), ViewMessage::unpack(event)});
  }
  void finish(Context&) override {}
  [[nodiscard]] std::string name() const override { return "probe"; }

 private:
  SimDuration session_at_;
  EffectMessage effect_;
  std::uint64_t flag_;
  std::vector<HeardView>& heard_;
};

struct ProbedUnit {
  std::vector<HeardView> views;
  FactLog log;
  SimTime begin;
};

/// A year of a unit of four people whose jumps rarely exceed the threshold of an episode.
ProbedUnit run_unit(SimDuration session_at, EffectMessage effect, std::uint64_t flag = 0) {
  Scenario s = testing::plain_scenario(1, 4, 0);
  testing::simplify_people(s);
  s.environment.exposure_rate = per_year(20.0);
  s.distress.jump_mean = 0.2;
  s.distress.fast_decay = days(20);
  const Rules rules{s};
  const RandomSource random{s.run.seed, 0};
  const Organization organization = build_organization(s, random);
  ProbedUnit result;
  result.begin = rules.begin;
  Topology topology;
  WeeklyBoard board{organization.clinician_count(), organization.units.size(),
                    organization.supporters.size()};
  const Surroundings surroundings{.board = &board};
  const ProcessId unit =
      topology.add(std::make_unique<UnitProcess>(rules, organization, UnitId{0U}, surroundings));
  const ProcessId desk = topology.add(std::make_unique<ProbeDesk>(session_at, effect, flag, result.views));
  topology.connect(unit, desk, minutes(15));
  topology.connect(desk, unit, minutes(15));
  SequentialEngine engine;
  engine.run(topology, random, {rules.begin, rules.end, nullptr}, &result.log);
  return result;
}

// Also of those that leave the person below the threshold, or begin a new episode: the desk's view must not
// fall behind.
TEST(Unit, TellsTheDeskOfEveryHitWhileACaseIsOpen) {
  const ProbedUnit run = run_unit(days(1000), {});
  std::vector<SimTime> expected{run.begin + minutes(15)};
  for (const Fact& f : run.log.of(PeerFact::exposure))
    if (f.subject == 0 && f.time > run.begin + minutes(15)) expected.push_back(f.time);
  std::vector<SimTime> told;
  for (const HeardView& heard : run.views) told.push_back(heard.sent);
  EXPECT_GT(told.size(), 5U);
  EXPECT_EQ(told, expected);
  EXPECT_GT(run.log.count(PeerFact::episode_began), 0U);
}

TEST(Unit, TellsNothingOfACaseThatBelongsToNoEpisode) {
  EXPECT_TRUE(run_unit(days(1000), {}, 1).views.empty());
}

TEST(Unit, ViewsAreFiniteAndFollowTheDecay) {
  const ProbedUnit run = run_unit(days(1000), {});
  const DistressLaw law{days(20), days(1600)};
  for (std::size_t i = 1; i < run.views.size(); ++i) {
    const DistressLevel& level = run.views[i].view.level;
    ASSERT_TRUE(std::isfinite(level.fast) && std::isfinite(level.slow));
    const double passed = (run.views[i].sent - run.views[i - 1].sent).in_days();
    // What has been there has decayed; the rest is the jump.
    EXPECT_GT(level.total(), law.after(run.views[i - 1].view.level, passed).total() - 1e-6);
  }
}

TEST(Unit, ASessionTakesItsPartOffThePersonsDistress) {
  const ProbedUnit without = run_unit(days(1000), {});
  const SimDuration session_at = (without.views.at(3).sent - without.begin) + hours(1);
  const ProbedUnit with = run_unit(session_at, {0, 1, 0.5F, 0.5F});
  const DistressLaw law{days(20), days(1600)};
  const auto& before = without.views.at(3);
  const double passed = (without.views.at(4).sent - before.sent).in_days();
  const double kept = law.after(before.view.level, passed).total();
  EXPECT_EQ(with.views.at(3).view.level.total(), before.view.level.total());
  EXPECT_NEAR(without.views.at(4).view.level.total() - with.views.at(4).view.level.total(), 0.5 * kept, 1e-5);
  EXPECT_EQ(with.views.at(4).view.effects_applied, 1);
  EXPECT_EQ(without.views.at(4).view.effects_applied, 0);
}

}  // namespace
}  // namespace peercap::peer_support
