#include "models/peer_support/observation/run_observer.h"

#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

// Facts are dealt out by a fixed pseudo-random sequence to observers of their own, and merged in several
// orders.
TEST(RunObserver, MergesToTheSameRecordHoweverFactsWereSplit) {
  Scenario s = testing::busy_scenario(6, 10, 8);
  s.run.burn_in = weeks(5);
  const auto run = testing::run_observed(s);
  RunObserver whole{*run.rules, run.organization};
  whole.count_people();
  for (const Fact& f : run.log.facts()) whole.on_fact(f);
  EXPECT_TRUE(testing::equal_records(whole.record(), run.outcome.record));
  EXPECT_GT(whole.record().counts.sessions, 50);

  std::uint64_t state = 12345;
  for (int trial = 0; trial < 5; ++trial) {
    std::vector<std::unique_ptr<Observer>> parts;
    for (int i = 0; i < 4; ++i) parts.push_back(whole.fork());
    for (const Fact& f : run.log.facts()) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      parts[state >> 62]->on_fact(f);
    }
    RunObserver merged{*run.rules, run.organization};
    merged.count_people();
    for (int i = 0; i < 4; ++i) merged.absorb(*parts[static_cast<std::size_t>((i + trial) % 4)]);
    EXPECT_TRUE(testing::equal_records(merged.record(), run.outcome.record)) << trial;
  }
}

TEST(RunObserver, AForkIsEmpty) {
  const auto run = testing::run_observed(testing::busy_scenario(2, 10, 2));
  RunObserver observer{*run.rules, run.organization};
  const RunRecord before = observer.record();
  for (const Fact& f : run.log.facts()) observer.on_fact(f);
  EXPECT_FALSE(testing::equal_records(observer.record(), before));
  EXPECT_TRUE(testing::equal_records(dynamic_cast<const RunObserver&>(*observer.fork()).record(), before));
}

TEST(RunRecord, OfDifferentRunsCannotBeMerged) {
  const auto run = testing::run_observed(testing::busy_scenario(2, 10, 2));
  RunRecord other = run.outcome.record;
  other.units.pop_back();
  RunRecord record = run.outcome.record;
  EXPECT_THROW(merge_into(record, other), ContractViolation);
}

TEST(RunObserver, CountsWhatTheFactsSay) {
  const auto run =
      testing::run_observed(testing::busy_scenario(4, 10, 5));  // no burn-in: everything is measured
  const RunCounts& counts = run.outcome.record.counts;
  EXPECT_EQ(counts.clinical_events, static_cast<std::int64_t>(run.log.count(PeerFact::clinical_event)));
  EXPECT_EQ(counts.exposures, static_cast<std::int64_t>(run.log.count(PeerFact::exposure)));
  EXPECT_EQ(counts.episodes, static_cast<std::int64_t>(run.log.count(PeerFact::episode_began)));
  EXPECT_EQ(counts.sessions, static_cast<std::int64_t>(run.log.count(PeerFact::session_held)));
  EXPECT_EQ(counts.assignments, static_cast<std::int64_t>(run.log.count(PeerFact::supporter_assigned)));
  EXPECT_EQ(counts.handovers, static_cast<std::int64_t>(run.log.count(PeerFact::handover)));
  EXPECT_EQ(counts.exits[1] + counts.exits[2],
            static_cast<std::int64_t>(run.log.count(PeerFact::supporter_left)));
  EXPECT_EQ(counts.weeks_observed, 26);
}

}  // namespace
}  // namespace peercap::peer_support
