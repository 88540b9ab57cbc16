// More capacity never lengthens waits, on common random numbers.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/relations/relation.h"
#include "tests/models/peer_support/told_facts.h"

namespace peercap::peer_support {
namespace {

using testing::change_throughout;
using testing::measure;
using testing::number_of_models;
using testing::ObservedRun;
using testing::run_observed;
using testing::small_model;

struct Capacity {
  std::string name;
  std::function<void(Scenario&)> more;
};
void PrintTo(const Capacity& capacity, std::ostream* out) {
  *out << capacity.name;
}

std::vector<Capacity> capacities() {
  return {
      {"Supporters", [](Scenario& s) { s.supporters.count += 4; }},
      {"CasesAtATime", [](Scenario& s) { s.case_rules.max_cases += 2; }},
      {"CoordinatorHours", [](Scenario& s) { s.program.coordinator_hours.hours_per_week *= 3.0; }},
      {"MeetingHours", [](Scenario& s) { s.access.meeting_hours = WeeklyWindows::always(); }},
      {"ReleaseFromShifts", [](Scenario& s) { s.access.release_from_shift = {1.0}; }},
  };
}

class MoreCapacity : public ::testing::TestWithParam<Capacity> {};

// Requests come as a stream, whatever becomes of them, and nobody gives up: what differs is the wait alone.
// It is no order that holds request by request (a free supporter may be taken by somebody else, sooner), so
// it is one of means over 16 replications. The tolerance is three standard errors of the paired differences:
// were the two the same, it would be passed in 0.5 % of all seeds (t with 15 degrees of freedom); that waits
// get shorter is seen as well.
TEST_P(MoreCapacity, NeverLengthensWaits) {
  Scenario s = testing::plain_scenario(4, 12, 3);
  testing::simplify_people(s);
  testing::cut_feedback(s);
  s.run.horizon = weeks(20);
  s.environment.exposure_rate = {};
  s.activation.direct_requests = per_day(0.45);
  s.case_rules.max_cases = 2;
  s.case_rules.max_sessions = 2;
  s.program.coordinator_hours = {1.5};
  s.access.meeting_hours = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
  s.access.release_from_shift = {0.2};
  s.supporters.exit.role_rate = {};
  s.supporters.leave.rate = {};
  const auto run_all = [](const Scenario& scenario) {
    const Rules rules{scenario};
    SequentialEngine engine;
    std::vector<ReplicationOutcome> outcomes;
    for (std::uint32_t r = 0; r < 16; ++r) outcomes.push_back(run_replication(rules, r, engine));
    return outcomes;
  };
  const auto less = run_all(s);
  GetParam().more(s);
  const auto more = run_all(s);
  for (const Measure which : {Measure::waiting_mean, Measure::hours_to_contact_incidence_median}) {
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t r = 0; r < less.size(); ++r) {
      const double difference = measure(more[r], which) - measure(less[r], which);
      sum += difference;
      squares += difference * difference;
    }
    const auto n = static_cast<double>(less.size());
    const double mean = sum / n;
    const double error = std::sqrt(std::max(0.0, squares / n - mean * mean) / (n - 1.0));
    EXPECT_LT(mean, 3.0 * error) << info_of(which).name;
    EXPECT_LT(mean, 0.0) << info_of(which).name;
    EXPECT_GT(error, 0.0) << "nobody has to wait";
    EXPECT_EQ(measure(less[0], Measure::requests_per_year), measure(more[0], Measure::requests_per_year));
  }
}

INSTANTIATE_TEST_SUITE_P(Of, MoreCapacity, ::testing::ValuesIn(capacities()),
                         [](const auto& test) { return test.param.name; });

// A destination is a queue with places, first come first served, and each client brings the length of the
// treatment along: with more places everybody's treatment begins no later (Kiefer and Wolfowitz, On the
// theory of queues with many servers, Transactions of the AMS 78 (1955)), tick by tick. Nobody gives up and
// nobody comes back here.
TEST(MorePlaces, DelayNobodysTreatment) {
  std::size_t treated = 0;
  std::size_t sooner = 0;
  for (int i = 0; i < number_of_models(); ++i) {
    SCOPED_TRACE(i);
    Scenario s = small_model(400'000 + static_cast<std::uint64_t>(i));
    change_throughout(s, [](Scenario& phase) {
      phase.loops.referral = Switch::on;
      phase.case_rules.early_referral = {0.6};
      phase.activation.direct_requests = per_day(1.0);
      phase.referrals.return_after_loss = {0.0};
      for (ReferralDestination& destination : phase.referrals.destinations) {
        destination.places = 1;
        destination.patience = days(36'500);
        destination.acceptance = {1.0};
        destination.onward = {};
        destination.opening_hours = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
      }
    });
    const ObservedRun few = run_observed(s);
    change_throughout(s, [](Scenario& phase) {
      for (ReferralDestination& destination : phase.referrals.destinations) ++destination.places;
    });
    const ObservedRun many = run_observed(s);
    // In order of arrival treatments begin in order of arrival: the k-th is of the same client in both
    // worlds.
    for (std::uint32_t destination = 0; destination < s.referrals.destinations.size(); ++destination) {
      const auto begins = [destination](const ObservedRun& run) {
        std::vector<SimTime> times;
        for (const Fact& f : run.log.of(PeerFact::treatment_began))
          if (f.subject == destination) times.push_back(f.time);
        return times;
      };
      const auto late = begins(few);
      const auto early = begins(many);
      ASSERT_GE(early.size(), late.size());
      for (std::size_t k = 0; k < late.size(); ++k) {
        EXPECT_LE(early[k], late[k]);
        sooner += early[k] < late[k] ? 1U : 0U;
      }
      treated += late.size();
    }
  }
  EXPECT_GT(treated, 50U);
  EXPECT_GT(sooner, 10U);
}

}  // namespace
}  // namespace peercap::peer_support
