#include "models/peer_support/observation/run_observer.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/observation/measure_sheet.h"
#include "sim/support/contract.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

// Facts are dealt out by a fixed pseudo-random sequence to observers of their own, and merged in several
// orders.
TEST(RunObserver, MergesToTheSameRecordHoweverFactsWereSplit) {
  Scenario s = testing::busy_scenario(6, 10, 8);
  s.run.burn_in = weeks(5);
  s.surveys.interval_weeks = 6;
  s.turnover.vacancy = days(10);
  for (Profession& profession : s.organization.professions) profession.turnover = per_year(1.0);
  s.supporters.recruitment = {.interval_weeks = 3, .invited = 4, .acceptance_logit = 3.0};
  s.supporters.training.duration = weeks(1);
  s.supporters.leave = {.rate = per_year(3), .length = weeks(2)};
  s.activation.group_debrief.policy = GroupDebriefPolicy::automatic;
  s.activation.group_debrief.least_affected = 1;
  const auto run = testing::run_observed(s);
  RunObserver whole{*run.rules, run.organization};
  whole.count_people();
  for (const Fact& f : run.log.facts()) whole.on_fact(f);
  EXPECT_TRUE(testing::equal_records(whole.record(), run.outcome.record));
  const RunRecord& all = whole.record();
  EXPECT_GT(all.counts.sessions, 40);
  // Nothing of what is compared below is empty.
  EXPECT_GT(all.counts.clinicians_left, 10);
  EXPECT_GT(all.counts.group_debriefs, 5);
  EXPECT_GT(total(all.counts.program_ticks), 0);
  EXPECT_GT(all.counts.supporters_joined, 3);
  EXPECT_GT(all.waves.at(1).clinicians * all.waves.at(1).supporters, 0);
  EXPECT_GT(all.leavers_by_profession.at(0), 0);
  EXPECT_GT(all.month_requests.at(2), 0);
  EXPECT_GT(all.waits.total(), 20);
  EXPECT_GT(all.recoveries.total(), 20);
  EXPECT_GT(all.groups.at(0).at(0).episodes_contacted, 0);
  EXPECT_GT(all.groups.at(0).at(0).judged_within_limit, 0);
  EXPECT_GT(all.groups.at(0).at(0).supporters, 0);
  EXPECT_GT(all.episode_contacts.size() * all.contacted_episodes.size(), 0U);
  EXPECT_GT(all.uncontacted.total(), 10);
  EXPECT_GT(all.counts.events_reported, 0);
  EXPECT_TRUE(std::ranges::any_of(all.referral_waits, [](const auto& waits) { return waits.total() > 0; }));
  EXPECT_TRUE(
      std::ranges::all_of(all.supporters, [](const auto& row) { return row.joined || !row.active_at_end; }));

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
  EXPECT_EQ(counts.events_reported,
            std::ranges::count(run.log.of(PeerFact::clinical_event), 1, &Fact::small));
  EXPECT_EQ(counts.exposures, static_cast<std::int64_t>(run.log.count(PeerFact::exposure)));
  EXPECT_EQ(counts.episodes, static_cast<std::int64_t>(run.log.count(PeerFact::episode_began)));
  EXPECT_EQ(counts.sessions, static_cast<std::int64_t>(run.log.count(PeerFact::session_held)));
  EXPECT_EQ(counts.assignments, static_cast<std::int64_t>(run.log.count(PeerFact::supporter_assigned)));
  EXPECT_EQ(counts.handovers, static_cast<std::int64_t>(run.log.count(PeerFact::handover)));
  EXPECT_EQ(counts.exits[1] + counts.exits[2],
            static_cast<std::int64_t>(run.log.count(PeerFact::supporter_left)));
  EXPECT_EQ(counts.weeks_observed, 26);
}

TEST(RunObserver, CountsByTheCauseThatBeganTheEpisode) {
  Scenario s = testing::busy_scenario(6, 10, 5);
  s.environment.causes = {{.name = "litigation", .rate = per_year(2), .severity = 3.0, .named = {0.5}}};
  const auto run = testing::run_observed(s);
  const RunRecord& record = run.outcome.record;
  ASSERT_EQ(record.causes.size(), 4U);
  CauseRow sum;
  for (const CauseRow& row : record.causes) {
    sum.exposures += row.exposures;
    sum.episodes += row.episodes;
    sum.episodes_contacted += row.episodes_contacted;
    sum.requests += row.requests;
    sum.first_contacts += row.first_contacts;
    sum.judged += row.judged;
    sum.judged_within_limit += row.judged_within_limit;
    EXPECT_LE(row.episodes_contacted, row.episodes);
    EXPECT_LE(row.judged_within_limit, row.judged);
  }
  const RunCounts& counts = record.counts;
  EXPECT_EQ(sum.exposures, counts.exposures);
  EXPECT_EQ(sum.episodes, counts.episodes);
  EXPECT_EQ(sum.episodes_contacted, counts.episodes_contacted);
  EXPECT_EQ(sum.requests, static_cast<std::int64_t>(run.log.count(PeerFact::request_made)));
  EXPECT_EQ(sum.first_contacts, static_cast<std::int64_t>(run.log.count(PeerFact::first_contact)));
  EXPECT_EQ(sum.judged, counts.judged);
  EXPECT_EQ(sum.judged_within_limit, counts.judged_within_limit);
  // Each request goes with the episode of its person that began last, and the message takes a quarter of an
  // hour.
  std::vector<std::uint16_t> cause_of(run.organization.clinician_count());
  std::vector<std::int64_t> requests(record.causes.size());
  for (const Fact& f : run.log.facts()) {
    if (testing::kind_of(f) == PeerFact::episode_began) cause_of[f.subject] = f.small;
    if (testing::kind_of(f) != PeerFact::request_made) continue;
    ++requests[cause_of[f.subject]];
  }
  for (std::size_t cause = 0; cause < requests.size(); ++cause)
    EXPECT_NEAR(static_cast<double>(record.causes[cause].requests), static_cast<double>(requests[cause]), 4.0)
        << cause;
  EXPECT_GT(record.causes[3].requests, 10);
  EXPECT_EQ(record.causes[2].exposures, 0);  // there was no incident
}

TEST(RunObserver, RequestsWithoutAnEpisodeHaveNoCause) {
  Scenario s = testing::busy_scenario(6, 10, 5);
  s.environment.exposure_rate = {};
  s.activation.direct_requests = per_day(1.0);
  const auto run = testing::run_observed(s);
  EXPECT_GT(run.outcome.record.counts.requests[static_cast<std::size_t>(Channel::direct)], 50);
  for (const CauseRow& row : run.outcome.record.causes) EXPECT_EQ(row.requests, 0);
}

}  // namespace
}  // namespace peercap::peer_support
