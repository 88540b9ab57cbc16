#include "models/peer_support/observation/invariants/invariant_observer.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/state_archive.h"
#include "tests/models/peer_support/observation/invariants/fact_stream.h"

namespace peercap::peer_support {
namespace {

using testing::FactStream;

TEST(Invariants, FindNothingWhereNothingIsBroken) {
  EXPECT_EQ(FactStream{}.broken(), "");
  FactStream with_case;
  with_case.add_whole_case();
  EXPECT_EQ(with_case.broken(), "");
  FactStream with_referral;
  with_referral.add_referral();
  EXPECT_EQ(with_referral.broken(), "");
}

/// A whole case with several things broken, so that there is something to compare.
std::vector<Fact> thoroughly_broken(FactStream& stream) {
  stream.add_whole_case();
  stream.add_episode(stream.client() + 1, stream.at(hours(8)), stream.at(hours(7)));
  for (int hour = 9; hour < 19; ++hour)
    stream.state(stream.at(hours(hour)), PeerFact::clinician_left, stream.client() + 1);
  return stream.all();
}

// Observers of threads see parts of the facts: which part, and the order in which the parts are put together,
// is not seen in what is found or saved.
TEST(Invariants, AreTheSameHoweverFactsWereSplit) {
  FactStream stream;
  const std::vector<Fact> facts = thoroughly_broken(stream);
  const CheckedRun run{stream.rules, stream.organization, stream.random};
  InvariantObserver whole{run};
  for (const Fact& fact : facts) whole.on_fact(fact);
  StateWriter saved;
  whole.save(saved);
  const std::vector<std::byte> state = saved.take();
  const ViolationList expected = whole.judge();
  EXPECT_GT(expected.count(), expected.first().size());
  for (const std::size_t parts : {2U, 3U, 5U}) {
    std::vector<std::unique_ptr<Observer>> observers;
    for (std::size_t i = 0; i < parts; ++i) observers.push_back(whole.fork());
    // Facts of one time stay together, as those of one handler do.
    std::size_t part = 0;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (i > 0 && facts[i].time != facts[i - 1].time) part = (part + 1) % parts;
      observers[part]->on_fact(facts[i]);
    }
    InvariantObserver merged{run};
    for (std::size_t i = parts; i-- > 0;) merged.absorb(*observers[i]);
    StateWriter again;
    merged.save(again);
    EXPECT_EQ(again.take(), state);
    const ViolationList found = merged.judge();
    EXPECT_EQ(found.count(), expected.count());
    EXPECT_EQ(found.first(), expected.first());
  }
}

TEST(Invariants, GoOnFromWhatWasSaved) {
  FactStream stream;
  const std::vector<Fact> facts = thoroughly_broken(stream);
  const CheckedRun run{stream.rules, stream.organization, stream.random};
  InvariantObserver whole{run};
  InvariantObserver first{run};
  InvariantObserver second{run};
  const SimTime cut = stream.at(hours(10)) + minutes(30);
  const auto middle = std::ranges::lower_bound(facts, cut, {}, &Fact::time);
  for (const Fact& fact : facts) whole.on_fact(fact);
  std::for_each(facts.begin(), middle, [&](const Fact& fact) { first.on_fact(fact); });
  StateWriter writer;
  first.save(writer);
  const std::vector<std::byte> state = writer.take();
  StateReader reader{state};
  second.restore(reader);
  reader.expect_end();
  std::for_each(middle, facts.end(), [&](const Fact& fact) { second.on_fact(fact); });
  const ViolationList expected = whole.judge();
  const ViolationList found = second.judge();
  EXPECT_EQ(found.count(), expected.count());
  EXPECT_EQ(found.first(), expected.first());
}

}  // namespace
}  // namespace peercap::peer_support
