#include "models/peer_support/observation/episode_reach.h"

#include <cmath>
#include <memory>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/models/peer_support/observation/hand_made.h"

namespace peercap::peer_support {
namespace {

using testing::HandMade;

/// Episodes and contacts as their processes state them; times since the start of the horizon.
struct Episodes : HandMade {
  using HandMade::HandMade;

  void episode(std::uint32_t person, SimDuration begin, SimDuration end, bool contacted, unsigned flags = 0) {
    state(begin, PeerFact::episode_began, person, 1);
    state(end, PeerFact::episode_ended, person, 1, ticks(begin),
          flags | (contacted ? static_cast<unsigned>(EpisodeFlag::contacted) : 0U));
  }
  void first_contact(std::uint32_t person, SimDuration at, SimDuration exposure, Channel channel,
                     bool of_episode = true) {
    state(at, PeerFact::first_contact, person, ticks(exposure + hours(1)), ticks(exposure),
          static_cast<unsigned>(channel) | (of_episode ? 1U << 8 : 0U));
  }
};

// Of five episodes two are contacted, 20 h and 60 h after the event that began them, the second after another
// exposure in between; one recovers and one person leaves before anybody comes, one is still in it at the
// end.
TEST(EpisodeReach, CountsFromTheEventThatBeganTheEpisode) {
  Episodes world;
  world.episode(0, days(1), days(9), true);
  world.first_contact(0, days(1) + hours(20), days(1), Channel::outreach);
  world.episode(1, days(2), days(9), true);
  world.first_contact(1, days(2) + hours(60), days(3), Channel::self_referral);
  world.episode(2, days(3), days(3) + hours(30), false);
  world.episode(3, days(3), days(3) + hours(40), false, static_cast<unsigned>(EpisodeFlag::left));
  world.state(days(3), PeerFact::episode_began, 4, 1);
  world.state(weeks(4), PeerFact::episode_open, 4, 1, world.ticks(days(3)));
  EXPECT_NEAR(world[Measure::episodes_contacted_24h_share], 0.2, 1e-12);
  EXPECT_NEAR(world[Measure::episodes_contacted_72h_share], 0.4, 1e-12);
  const EpisodeReach reach = reach_of_episodes(world.observer.record());
  EXPECT_EQ(reach.waits.total(), 5);
  const IncidenceCurve curve = reach.waits.estimate();
  const auto by = [&](WaitEnd end, int hour) {
    return curve.incidence_at(static_cast<int>(end), hours(hour).ticks());
  };
  EXPECT_NEAR(by(WaitEnd::contacted, 19), 0.0, 1e-12);
  EXPECT_NEAR(by(WaitEnd::contacted, 20), 0.2, 1e-12);
  EXPECT_NEAR(by(WaitEnd::recovered, 30), 0.2, 1e-12);
  EXPECT_NEAR(by(WaitEnd::other, 40), 0.2, 1e-12);
  EXPECT_NEAR(by(WaitEnd::gave_up, 600), 0.0, 1e-12);
  EXPECT_EQ(reach.contacted[static_cast<std::size_t>(Channel::outreach)], 1);
  EXPECT_EQ(reach.contacted[static_cast<std::size_t>(Channel::self_referral)], 1);
  EXPECT_EQ(std::accumulate(reach.contacted.begin(), reach.contacted.end(), std::int64_t{0}), 2);
}

// A case of the first episode brings a first contact when the second one has begun; the second has its own
// contact later.
TEST(EpisodeReach, ContactsBelongToTheEpisodeOfTheirRequest) {
  Episodes world;
  world.episode(0, days(1), days(2), false);
  world.episode(0, days(4), days(12), true);
  world.first_contact(0, days(5), days(1), Channel::outreach);
  world.first_contact(0, days(7), days(4), Channel::self_referral);
  const EpisodeReach reach = reach_of_episodes(world.observer.record());
  EXPECT_EQ(reach.contacted[static_cast<std::size_t>(Channel::self_referral)], 1);
  EXPECT_EQ(reach.contacted[static_cast<std::size_t>(Channel::outreach)], 0);
  EXPECT_EQ(reach.waits.count(static_cast<int>(WaitEnd::contacted), 71), 1);  // 72 h after the second event
}

TEST(EpisodeReach, LaterContactsAndOtherPeopleDoNotCount) {
  Episodes world;
  world.episode(0, days(1), days(20), true);
  world.first_contact(1, days(1) + hours(2), days(1), Channel::outreach);
  world.first_contact(0, days(1) + hours(9), days(1), Channel::manager);
  world.first_contact(0, days(9), days(8), Channel::follow_up, false);
  world.episode(2, -1 * days(2), days(3), true);  // began before the horizon
  world.first_contact(2, days(1), -1 * days(2), Channel::peer);
  const EpisodeReach reach = reach_of_episodes(world.observer.record());
  EXPECT_EQ(reach.waits.total(), 1);
  EXPECT_EQ(reach.waits.count(static_cast<int>(WaitEnd::contacted), 8), 1);
  EXPECT_EQ(reach.contacted[static_cast<std::size_t>(Channel::manager)], 1);
}

// An episode of the begin of the run goes back to an event before it.
TEST(EpisodeReach, EpisodesOfTheBeginHaveAnOlderExposure) {
  Scenario s = HandMade::small_world();
  s.run.burn_in = SimDuration{};
  Episodes world{s};
  world.episode(0, {}, days(9), true);
  world.first_contact(0, hours(30), -1 * days(4), Channel::self_referral);
  EXPECT_EQ(reach_of_episodes(world.observer.record()).waits.count(0, 29), 1);
}

// In a whole run every contacted episode finds its contact.
TEST(EpisodeReach, FindsTheContactOfEveryEpisode) {
  for (const int seed : {1, 2, 3}) {
    Scenario s = testing::busy_scenario(20, 15, 30);
    s.activation.self_referral.hazard = per_day(0.1);
    s.run.burn_in = weeks(8);
    s.run.seed = static_cast<std::uint64_t>(seed);
    const auto run = testing::run_observed(s);
    const RunRecord& record = run.outcome.record;
    const EpisodeReach reach = reach_of_episodes(record);
    EXPECT_GT(record.counts.episodes_contacted, 20);
    EXPECT_EQ(std::accumulate(reach.contacted.begin(), reach.contacted.end(), std::int64_t{0}),
              record.counts.episodes_contacted);
    EXPECT_EQ(reach.waits.total(), record.counts.episodes);
    for (const EpisodeContact& contact : record.episode_contacts) EXPECT_LE(contact.exposure, contact.time);
  }
}

}  // namespace
}  // namespace peercap::peer_support
