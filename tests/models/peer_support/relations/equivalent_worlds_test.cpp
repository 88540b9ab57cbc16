// Two descriptions of one world, and worlds of which one is a multiple or a part of the other.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/scenario_yaml/leaf_visitor.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/relations/relation.h"
#include "tests/models/peer_support/told_facts.h"

namespace peercap::peer_support {
namespace {

using testing::change_throughout;
using testing::measure;
using testing::number_of_models;
using testing::ObservedRun;
using testing::Relation;
using testing::run_observed;
using testing::Same;
using testing::small_model;
using testing::tell_all;
using testing::Told;

std::vector<Relation> equivalent_worlds() {
  return {
      // Only differences of scores count, in steps: twice all weights and twice the step is the same order.
      // Doubling is
      // exact in floating point.
      {"MatchingWeightsDoubled", [](Scenario&) {},
       [](Scenario& s) {
         for (double* weight : {&s.matching.profession_weight, &s.matching.career_stage_weight,
                                &s.matching.different_unit_weight, &s.matching.wait_weight,
                                &s.matching.load_weight, &s.matching.strain_weight, &s.matching.score_step})
           *weight *= 2.0;
       },
       Same::everything},
      // A stigma of ln 2 halves the rate of asking.
      {"StigmaOrHalfTheHazard",
       [](Scenario& s) {
         s.activation.self_referral.stigma_sd = 0.0;
         s.activation.self_referral.stigma_mean = 0.0;
         s.activation.self_referral.hazard = per_day(0.03);
       },
       [](Scenario& s) {
         s.activation.self_referral.stigma_mean =
             s.activation.self_referral.hazard.per_day > 0.04 ? 0.0 : std::log(2.0);
         s.activation.self_referral.hazard = per_day(0.06);
       },
       Same::everything,
       [](Scenario& s) {
         s.activation.self_referral.stigma_sd = 0.0;
         s.activation.self_referral.stigma_mean = 0.0;
         s.activation.self_referral.hazard = per_day(0.05);
       }},
      // Clinical events come at the product of the organization's rate and the department's factor. What is
      // drawn of
      // the past has personal events too, and exhaustion starts from the mean distress of the rate alone.
      {"ExposureRateOrEventFactor",
       [](Scenario& s) {
         s.environment.personal_share = {0.0};
         s.exhaustion.distress_gain = 0.0;
         s.activation.rounding.policy = RoundingPolicy::none;
       },
       [](Scenario& s) {
         s.environment.exposure_rate.per_day *= 0.5;
         for (Site& site : s.organization.sites)
           for (Department& department : site.departments) department.event_factor *= 2.0;
       },
       Same::everything,
       [](Scenario& s) {
         s.environment.personal_share = {0.5};
         s.activation.rounding.policy = RoundingPolicy::none;
       }},
      // The past of the same weeks, of which one more belongs to the burn-in.
      {"LaterStartOfTheSameWeeks",
       [](Scenario& s) {
         s.surveys.interval_weeks = 0;
         s.today.given = Switch::off;
       },
       [](Scenario& s) {
         s.run.start = CivilDate{s.run.start.day_number() + 7};
         s.run.burn_in += weeks(1);
         s.run.horizon -= weeks(1);
       },
       Same::events,
       [](Scenario& s) {
         s.today.given = Switch::on;
         s.today.waiting = 5;
       }},
      // A profession and a career stage that nobody has.
      {"GroupsNobodyBelongsTo", [](Scenario&) {},
       [](Scenario& s) {
         s.organization.professions.push_back({.name = "nobody", .share = 0.0, .turnover = per_year(3.0)});
         s.organization.career_stages.push_back({.name = "never", .share = 0.0, .exhaustion_shift = 3.0});
       },
       Same::events},
  };
}

class EquivalentWorlds : public ::testing::TestWithParam<Relation> {};
TEST_P(EquivalentWorlds, AreTheSame) {
  expect_to_hold(GetParam());
}
INSTANTIATE_TEST_SUITE_P(Each, EquivalentWorlds, ::testing::ValuesIn(equivalent_worlds()),
                         [](const auto& test) { return test.param.name; });

/// Writes every duration of the scenario anew, each in another unit that divides it; `shift` chooses which.
void spell_otherwise(Scenario& scenario, std::size_t shift) {
  struct Unit {
    const char* name;
    std::int64_t ticks;
  };
  constexpr std::array<Unit, 6> units{{{"us", 1},
                                       {"s", 1'000'000},
                                       {"min", 60'000'000},
                                       {"h", 3'600'000'000},
                                       {"days", 86'400'000'000},
                                       {"weeks", 604'800'000'000}}};
  std::vector<std::pair<std::string, std::string>> spelled;
  std::size_t number = shift;
  Scenario visited = scenario;
  visit_leaves(visited, [&]<class T>(const std::string& path, T& value, const ParameterInfo&) {
    if constexpr (std::is_same_v<T, SimDuration>) {
      for (std::size_t i = 0; i < units.size(); ++i) {
        const Unit& unit = units[(number + i) % units.size()];
        if (value.ticks() % unit.ticks != 0) continue;
        spelled.emplace_back(path, std::to_string(value.ticks() / unit.ticks) + " " + unit.name);
        break;
      }
      ++number;
    }
  });
  for (const auto& [path, text] : spelled) {
    Diagnostics diagnostics;
    ASSERT_EQ(set_value(scenario, path, text, diagnostics).size(), 1U) << path << " = " << text;
  }
  ASSERT_GT(spelled.size(), 20U);
}

// A duration is a whole number of ticks, whatever the unit it is written in.
TEST(TimeUnits, SpelledOtherwiseAreTheSame) {
  for (int i = 0; i < number_of_models(); ++i) {
    SCOPED_TRACE(i);
    const Scenario s = small_model(300'000 + static_cast<std::uint64_t>(i));
    Scenario spelled = s;
    change_throughout(spelled, [&](Scenario& phase) { spell_otherwise(phase, static_cast<std::size_t>(i)); });
    EXPECT_TRUE(are_same(run_observed(s), run_observed(spelled), Same::everything));
  }
}

// Rates too, where the number of days in the unit divides evenly.
TEST(TimeUnits, RatesInAnyUnitAreTheSame) {
  const std::array<std::array<const char*, 4>, 3> spellings{{
      {"1 per day", "7 per week", "365 per year", "1 per day"},
      {"24 per day", "168 per week", "1 per hour", "8760 per year"},
      {"0.5 per day", "3.5 per week", "182.5 per year", "0.5 per day"},
  }};
  for (const auto& same : spellings) {
    std::set<double> rates;
    for (const char* text : same) {
      Scenario s;
      Diagnostics diagnostics;
      ASSERT_EQ(set_value(s, "access.withdrawal_first_week", text, diagnostics).size(), 1U) << text;
      rates.insert(s.access.withdrawal_first_week.per_day);
    }
    EXPECT_EQ(rates.size(), 1U) << same[0];
  }
}

// What has happened by a date does not depend on how long the run goes on.
TEST(ALongerHorizon, LeavesTheFirstWeeksAsTheyWere) {
  std::size_t facts = 0;
  for (int i = 0; i < number_of_models(); ++i) {
    SCOPED_TRACE(i);
    Scenario s = small_model(310'000 + static_cast<std::uint64_t>(i));
    // Those who may be asked to join are chosen for all cohorts of the run together: a longer one has more of
    // them, who are asked where others cannot be.
    change_throughout(s, [](Scenario& phase) { phase.supporters.recruitment.enabled = Switch::off; });
    const SimTime end = s.run.start.midnight() + s.run.horizon;
    const ObservedRun shorter = run_observed(s);
    change_throughout(s, [](Scenario& phase) { phase.run.horizon += weeks(3); });
    const ObservedRun longer = run_observed(s);
    const auto before = tell_all(shorter, {}, end);
    facts += before.size();
    EXPECT_EQ(before, tell_all(longer, {}, end));
    EXPECT_GT(longer.log.facts().size(), shorter.log.facts().size());
  }
  EXPECT_GT(facts, 100U * static_cast<std::size_t>(number_of_models())) << "the models are too quiet to tell";
}

// People and units draw by name, not by place: without a program, which breaks ties between supporters by
// place, the order in which sites are written is of no consequence.
TEST(SitesInAnotherOrder, AreTheSameOrganization) {
  int reordered = 0;
  for (std::uint64_t number = 320'000; reordered < number_of_models(); ++number) {
    SCOPED_TRACE(number);
    Scenario s = small_model(number);
    if (s.organization.sites.size() < 2) continue;
    ++reordered;
    change_throughout(s, [](Scenario& phase) { phase.program.enabled = Switch::off; });
    const auto before = tell_all(run_observed(s));
    EXPECT_GT(before.size(), 100U);
    change_throughout(s, [](Scenario& phase) { std::ranges::reverse(phase.organization.sites); });
    EXPECT_EQ(before, tell_all(run_observed(s)));
  }
}

// Twice all prices are twice the costs; doubling is exact in floating point.
TEST(PricesDoubled, DoubleEveryCost) {
  constexpr Measure costs[] = {Measure::program_cost_per_year,      Measure::cost_per_contact,
                               Measure::cost_per_resolved,          Measure::turnover_cost_per_year,
                               Measure::turnover_cost_low_per_year, Measure::turnover_cost_high_per_year,
                               Measure::training_cost_per_year};
  for (int i = 0; i < number_of_models(); ++i) {
    SCOPED_TRACE(i);
    Scenario s = small_model(330'000 + static_cast<std::uint64_t>(i));
    const ReplicationOutcome once = run_observed(s).outcome;
    change_throughout(s, [](Scenario& phase) {
      Costs& c = phase.costs;
      for (double* price :
           {&c.supporter_hour, &c.coordinator_hour, &c.training_hour, &c.referral, &c.turnover_nurse,
            &c.turnover_nurse_low, &c.turnover_nurse_high, &c.turnover_physician, &c.turnover_physician_low,
            &c.turnover_physician_high, &c.turnover_other})
        *price *= 2.0;
    });
    const ReplicationOutcome twice = run_observed(s).outcome;
    EXPECT_GT(measure(once, Measure::program_cost_per_year), 0.0);
    for (const Measure which : costs)
      if (!std::isnan(measure(once, which))) {
        EXPECT_EQ(measure(twice, which), 2.0 * measure(once, which)) << info_of(which).name;
      }
  }
}

// An organization of twice as many units, with twice the supporters and everything else that serves them, has
// twice the events, episodes and requests a year, and as many for each clinician. Replications of the two are
// independent samples of one law; four standard errors of the difference, and 21 comparisons (7 measures, 3
// organizations), give a false alarm in 0.13 % of all seeds.
TEST(EverythingDoubled, DoublesEveryRate) {
  constexpr Measure twice[] = {Measure::clinical_events_per_year, Measure::episodes_per_year,
                               Measure::self_referrals_per_year, Measure::outreach_offers_per_year,
                               Measure::clinicians_left_per_year};
  constexpr Measure the_same[] = {Measure::exposures_per_clinician_year, Measure::distress_point_prevalence};
  constexpr std::uint32_t replications = 40;
  const auto mean_and_error = [](Measure which, const std::vector<ReplicationOutcome>& outcomes) {
    double sum = 0.0;
    double squares = 0.0;
    for (const ReplicationOutcome& outcome : outcomes) {
      const double value = measure(outcome, which);
      sum += value;
      squares += value * value;
    }
    const double mean = sum / replications;
    return std::pair{mean, std::sqrt((squares / replications - mean * mean) / (replications - 1))};
  };
  const auto run_all = [](const Scenario& s, std::uint32_t first) {
    const Rules rules{s};
    SequentialEngine engine;
    std::vector<ReplicationOutcome> outcomes;
    for (std::uint32_t r = first; r < first + replications; ++r)
      outcomes.push_back(run_replication(rules, r, engine));
    return outcomes;
  };
  for (const int size : {8, 13, 20}) {
    Scenario s = testing::busy_scenario(6, size, 8);
    s.run.horizon = weeks(20);
    const auto single = run_all(s, 0);
    Scenario d = s;
    d.organization.sites[0].departments[0].units *= 2;
    d.supporters.count *= 2;
    d.program.coordinator_hours.hours_per_week *= 2.0;
    d.supporters.recruitment.invited *= 2;
    // Ties reach as many people as before.
    d.organization.network.same_department.value *= 0.5;
    d.organization.network.same_site.value *= 0.5;
    for (ReferralDestination& destination : d.referrals.destinations) destination.places *= 2;
    const auto doubled = run_all(d, replications);
    const auto compare = [&](Measure which, double factor) {
      const auto [one, error_of_one] = mean_and_error(which, single);
      const auto [two, error_of_two] = mean_and_error(which, doubled);
      EXPECT_GT(one, 0.0);
      EXPECT_NEAR(two, factor * one, 4.0 * std::hypot(factor * error_of_one, error_of_two))
          << info_of(which).name << " with units of " << size;
    };
    for (const Measure which : twice) compare(which, 2.0);
    for (const Measure which : the_same) compare(which, 1.0);
  }
}

}  // namespace
}  // namespace peercap::peer_support
