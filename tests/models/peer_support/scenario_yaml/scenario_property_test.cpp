// Scenarios that the catalogue can reach, written and read again.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/scenario_yaml/load.h"
#include "models/peer_support/scenario_yaml/resolved_text.h"
#include "tests/models/peer_support/scenario_yaml/random_values.h"
#include "tests/models/peer_support/scenario_yaml/scenario_file.h"
#include "tests/property.h"

namespace peercap::peer_support {
namespace {

using peercap::testing::check_property;

/// A change that is gone again after a fortnight; each day of a change is a phase, which takes its time to
/// check.
ScheduledChange brief_surge() {
  ScheduledChange surge;
  surge.name = "surge";
  surge.at.date = CivilDate::parse("2026-03-02");
  surge.until.date = CivilDate::parse("2026-03-16");
  surge.over = days(3);
  surge.settings = {{"environment.exposure_rate", "5 per year"},
                    {"matching.priority", "severity"},
                    {"supporters.protected_time", "1 h/week"}};
  return surge;
}

/// Those shipped that take their parts from no other file, and one with a schedule.
const std::vector<Scenario>& shipped_scenarios() {
  static const std::vector<Scenario> all = [] {
    std::vector<Scenario> some;
    for (const char* name : {"small_clinic", "community_hospital", "academic_center"}) {
      Diagnostics diagnostics;
      some.push_back(
          load(std::string{PEERCAP_SOURCE_DIR "/configs/scenarios/"} + name + ".yaml", {}, diagnostics)
              .value()
              .scenario);
    }
    some.push_back(some.front());
    some.back().schedule.push_back(brief_surge());
    EXPECT_TRUE(build_phases(some.back()).empty());
    return some;
  }();
  return all;
}

/// Sets the parameter at this place of the description to a random value, through its text; what has none of
/// its own is left alone. Says what was set.
std::string set_parameter(Scenario& scenario, std::size_t place) {
  Scenario visited = scenario;
  std::size_t at = 0;
  std::string told;
  visit_leaves(visited, [&]<class T>(const std::string& path, T& value, const ParameterInfo& info) {
    if (at++ != place) return;
    if constexpr (std::is_same_v<T, std::string>) {
      // Of the texts, those that name no file and stand for no value of another parameter.
      if (path != "name" && path != "description") return;
      const std::string text = testing::any_text();
      (path == "name" ? scenario.name : scenario.description) = text;
      told = path + " = " + text;
    } else if constexpr (testing::stands_alone<T>) {
      using yaml::value_text;
      const T wanted = testing::any_value<T>(info);
      const std::string text = value_text(wanted, info);
      told = path + " = " + text;
      Diagnostics diagnostics;
      const auto set = set_value(scenario, path, text, diagnostics);
      for (const Problem& problem : diagnostics.sorted()) RC_LOG() << told << ": " << problem.what << '\n';
      RC_ASSERT(set == std::vector<std::string>{path});
      // What was set is what was meant, bit by bit.
      value = wanted;
      RC_ASSERT(testing::exact_values(scenario) == testing::exact_values(visited));
    }
  });
  return told;
}

/// A shipped scenario with some parameters at random values, sound as a whole.
Scenario any_scenario() {
  Scenario scenario = *rc::gen::elementOf(shipped_scenarios());
  const std::size_t count = testing::exact_values(scenario).size();
  for (int n = *rc::gen::inRange(1, 13); n > 0; --n) {
    Scenario changed = scenario;
    const std::string told = set_parameter(changed, *rc::gen::inRange<std::size_t>(0, count));
    if (!testing::is_sound(changed)) continue;  // a value that fits no longer to the others
    RC_LOG() << told << '\n';
    scenario = changed;
  }
  return scenario;
}

TEST(ScenarioProperty, ReadsBackAsItWasWritten) {
  const ScenarioFolder folder;
  check_property([&folder] {
    const Scenario written = any_scenario();
    const std::string text = resolved_text(written);
    Diagnostics diagnostics;
    const auto read = load(folder.write("written.yaml", text), {}, diagnostics);
    for (const Problem& problem : diagnostics.sorted())
      if (problem.severity == Severity::error) RC_LOG() << problem.what << '\n';
    RC_ASSERT(read.has_value());
    RC_ASSERT(testing::exact_values(read->scenario) == testing::exact_values(written));
    RC_ASSERT(read->resolved_text == text);
    RC_ASSERT((read->scenario.phases == nullptr) == (written.phases == nullptr));
    if (written.phases == nullptr) return;
    RC_ASSERT(read->scenario.phases->size() == written.phases->size());
    for (std::size_t i = 0; i < written.phases->size(); ++i) {
      const ScenarioPhase& found = (*read->scenario.phases)[i];
      RC_ASSERT(found.begin == (*written.phases)[i].begin);
      RC_ASSERT(testing::exact_values(found.scenario) ==
                testing::exact_values((*written.phases)[i].scenario));
    }
  });
}

// A value just outside is refused, and leaves the scenario as it was.
TEST(ScenarioProperty, RefusesEveryNumberOutsideItsRange) {
  check_property([] {
    Scenario scenario = shipped_scenarios().front();
    const auto before = testing::exact_values(scenario);
    const std::size_t place = *rc::gen::inRange<std::size_t>(0, before.size());
    std::size_t at = 0;
    Scenario visited = scenario;
    visit_leaves(visited, [&]<class T>(const std::string& path, T&, const ParameterInfo& info) {
      if constexpr (is_gradual_value<T>) {
        if (at++ != place) return;
        const Range range = yaml::effective_range<T>(info.range);
        const bool above = *rc::gen::arbitrary<bool>();
        if (above ? range.high > 1e12 : range.low < -1e12) return;
        const double step = std::max(1.0, std::abs(above ? range.high : range.low));
        const double outside = above ? range.high + step : range.low - step;
        T value{};
        if constexpr (std::is_same_v<T, SimDuration>)
          value = duration_from_days(outside);
        else
          set_number(value, outside);
        using yaml::value_text;
        const std::string text = value_text(value, info);
        RC_LOG() << path << " = " << text << '\n';
        Diagnostics diagnostics;
        RC_ASSERT(set_value(scenario, path, text, diagnostics).empty());
        RC_ASSERT(diagnostics.has_errors());
        RC_ASSERT(testing::exact_values(scenario) == before);
      } else {
        ++at;
      }
    });
  });
}

}  // namespace
}  // namespace peercap::peer_support
