#include "models/peer_support/scenario_yaml/parameter_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario/demand_estimate.h"
#include "models/peer_support/scenario_yaml/set_value.h"

namespace peercap::peer_support {
namespace {

using ::testing::ElementsAre;

TEST(ParameterNumber, KnowsWhatAParameterCanTake) {
  const Scenario scenario;
  EXPECT_EQ(find_factor(scenario, "supporters.count")->kind, FactorKind::whole);
  EXPECT_EQ(find_factor(scenario, "supporters.protected_time")->kind, FactorKind::number);
  EXPECT_EQ(find_factor(scenario, "access.lead_time")->kind, FactorKind::number);
  const auto levels = find_factor(scenario, "matching.same_profession");
  EXPECT_EQ(levels->kind, FactorKind::categorical);
  EXPECT_THAT(levels->levels, ElementsAre("none", "preferred", "required"));
  EXPECT_EQ(find_factor(scenario, "access.meeting_hours")->kind, FactorKind::categorical);
  EXPECT_FALSE(find_factor(scenario, "supporters").has_value());
  EXPECT_FALSE(find_factor(scenario, "supporters.cuont").has_value());
  EXPECT_FALSE(find_factor(scenario, "run.holidays").has_value());
  EXPECT_FALSE(find_factor(scenario, "[").has_value());
}

TEST(ParameterNumber, OfSeveralItemsItIsTheFirst) {
  Scenario scenario;
  scenario.referrals.destinations[0].places = 7;
  EXPECT_EQ(find_factor(scenario, "referrals.destinations[*].places")->number, 7.0);
}

TEST(ParameterNumber, TextsAndNumbersAreInverse) {
  const Scenario scenario;
  for (const auto& [path, text] :
       std::map<std::string, std::string>{{"supporters.count", "80"},
                                          {"supporters.protected_time", "0.75 h/week"},
                                          {"access.lead_time", "90 min"},
                                          {"activation.outreach.report", "0.3"},
                                          {"environment.exposure_rate", "1.56 per year"},
                                          {"exhaustion.workload_gain", "0.2 per SD"}}) {
    const auto number = number_of_text(scenario, path, text);
    ASSERT_TRUE(number.has_value()) << path;
    const std::string again = text_of_number(scenario, path, *number);
    EXPECT_EQ(number_of_text(scenario, path, again), number) << path << ": " << again;
  }
  EXPECT_FALSE(number_of_text(scenario, "supporters.count", "many").has_value());
  EXPECT_FALSE(number_of_text(scenario, "matching.same_profession", "none").has_value());
  EXPECT_EQ(text_of_number(scenario, "supporters.count", 6.4), "6");
}

TEST(DemandMemory, GivesTheSameBitsAndComputesOncePerLaw) {
  DemandMemory memory;
  Scenario scenario;
  for (const double factor : {0.5, 1.0, 1.0, 0.5}) {
    const DemandEstimate plain = estimate_demand(scenario, factor);
    const DemandEstimate remembered = estimate_demand(scenario, factor, &memory);
    EXPECT_EQ(remembered.episodes, plain.episodes);
    EXPECT_EQ(remembered.requests, plain.requests);
    EXPECT_EQ(remembered.triaged, plain.triaged);
    EXPECT_EQ(remembered.mean_distress, plain.mean_distress);
  }
  EXPECT_EQ(memory.computed(), 2U);
  // What is asked of the program is no part of the law; everything in it is.
  scenario.activation.outreach.report = {0.9};
  scenario.supporters.count = 3;
  EXPECT_EQ(estimate_demand(scenario, 1, &memory).requests, estimate_demand(scenario, 1).requests);
  EXPECT_EQ(memory.computed(), 2U);
  const auto differs = [&](auto change) {
    Scenario other = scenario;
    change(other);
    const std::size_t before = memory.computed();
    EXPECT_EQ(estimate_demand(other, 1, &memory).requests, estimate_demand(other, 1).requests);
    EXPECT_EQ(memory.computed(), before + 1);
  };
  differs([](Scenario& s) { s.environment.exposure_rate = per_year(2); });
  differs([](Scenario& s) {
    s.environment.personal_share = {0.9};
    s.environment.exposure_rate = per_year(3);
  });
  differs([](Scenario& s) { s.distress.jump_mean = 0.7; });
  differs([](Scenario& s) { s.distress.susceptibility_log_sd = 0.1; });
  differs([](Scenario& s) { s.distress.severe_threshold = 1.5; });
  differs([](Scenario& s) { s.distress.slow_share = {0.1}; });
  differs([](Scenario& s) { s.distress.fast_decay = days(30); });
  differs([](Scenario& s) { s.distress.slow_decay = days(900); });
  differs([](Scenario& s) { s.activation.self_referral.seek_window = days(30); });
  differs([](Scenario& s) { s.turnover.enabled = Switch::off; });
}

}  // namespace
}  // namespace peercap::peer_support
