#include "tests/models/peer_support/model/random_worlds.h"

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "models/peer_support/behavior/rules.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

Scenario random_scenario(Chooser& choose) {
  Scenario s = busy_scenario(choose.between(1, 30), choose.between(1, 25), choose.between(0, 30));
  s.run.seed = static_cast<std::uint64_t>(choose.between(1, 1'000'000));
  s.run.horizon = weeks(choose.between(4, 30));
  s.run.burn_in = weeks(choose.between(0, 4));
  const Department ward = s.organization.sites[0].departments[0];
  for (int extra = choose.between(0, 2); extra > 0; --extra) {
    s.organization.sites.push_back({.name = "site_" + std::to_string(extra), .departments = {ward}});
    s.organization.sites.back().departments[0].units = choose.between(1, 6);
  }
  for (auto& site : s.organization.sites)
    site.departments[0].shift_pattern = static_cast<ShiftPattern>(choose.between(0, 3));
  for (const auto loop :
       {&Loops::error, &Loops::overload, &Loops::visibility, &Loops::contagion, &Loops::delay,
        &Loops::recovery, &Loops::care, &Loops::recruitment, &Loops::referral})
    s.loops.*loop = choose.either();
  s.case_rules.overflow.to_other_site = choose.either();
  s.case_rules.overflow.other_site_after = hours(choose.between(1, 72));
  s.activation.group_debrief.policy = choose.coin() ? GroupDebriefPolicy::automatic : GroupDebriefPolicy::off;
  s.organization.network.enabled = choose.either();
  s.turnover.enabled = choose.either();
  s.surveys.interval_weeks = choose.between(0, 6);
  s.supporters.recruitment.interval_weeks = choose.between(1, 10);
  s.delays.unit_to_desk = minutes(choose.between(1, 60));
  s.delays.desk_to_unit = minutes(choose.between(1, 60));
  s.delays.desk_to_referral = minutes(choose.between(1, 600));
  s.delays.desk_to_desk = minutes(choose.between(1, 120));
  return s;
}

ConservativeOptions random_engine(Chooser& choose, ExecutorKind executor) {
  ConservativeOptions options;
  options.executor = executor;
  options.threads = static_cast<std::size_t>(choose.between(1, 16));
  options.partitions = static_cast<std::size_t>(choose.between(1, 120));
  options.scattered = choose.coin();
  if (choose.coin()) options.longest_window = minutes(choose.between(1, 10'000));
  return options;
}

void enrich(Scenario& s, Chooser& choose) {
  s.run.twin = choose.between(0, 3) == 0 ? Switch::on : Switch::off;
  auto& destinations = s.referrals.destinations;
  for (auto& destination : destinations) destination.places = choose.between(1, 3);
  if (destinations.size() > 1 && choose.coin())
    destinations[0].onward.weights = {{destinations[1].name, 0.4}, {destinations[0].name, 0.3}};
  s.activation.peer.notice = {0.1 * choose.between(1, 5)};
  s.activation.embedded.enabled = choose.either();
  s.activation.embedded.hazard = per_day(0.02);
  s.activation.direct_requests = per_day(0.1 * choose.between(0, 2));
  if (choose.coin())
    s.today = {.given = Switch::on,
               .open_cases = choose.between(0, 5),
               .waiting = choose.between(0, 5),
               .overload_debt = 1.0};
  if (choose.coin()) {
    ScenarioPhase later{.begin = Rules{s}.begin + days(choose.between(1, 100)), .scenario = s};
    later.scenario.environment.exposure_rate = per_year(6.0 * choose.between(0, 4));
    later.scenario.loops.contagion = choose.either();
    later.scenario.exhaustion.concern_cutoff -= choose.between(0, 20);
    later.scenario.surveys = s.surveys;
    s.phases = std::make_shared<const std::vector<ScenarioPhase>>(1, later);
  }
}

int number_asked(const char* variable, int otherwise) {
  const char* asked = std::getenv(variable);
  return asked != nullptr ? std::atoi(asked) : otherwise;
}

}  // namespace peercap::peer_support::testing
