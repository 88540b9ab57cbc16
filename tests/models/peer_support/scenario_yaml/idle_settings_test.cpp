// Settings that change nothing as long as something else is off: what is said, and that it is so.

#include "models/peer_support/scenario_yaml/idle_settings.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "tests/models/peer_support/scenario_yaml/scenario_file.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// What has to be set so that the rule's parameters are idle.
std::string switching_off(const IdleRule& rule) {
  const std::string& path = rule.switched_by;
  if (path == "access.in_person") return "on";
  if (path == "supporters.protected_time_form") return "budget";
  if (path == "matching.dispatch") return "in_turn";
  if (path == "case_rules.session_law") return "fixed";
  if (path == "case_rules.closing_rule") return "threshold";
  if (path == "activation.rounding.policy") return "none";
  if (path == "activation.group_debrief.policy")
    return rule.covers("activation.group_debrief.length") ? "off" : "automatic";
  if (path == "activation.elsewhere.hazard" || path == "supporters.leave.rate") return "0 per year";
  const CatalogueEntry* entry = find_in_catalogue(path);
  if (entry == nullptr) return {};
  return entry->type == ParameterType::level ? "off" : "0";
}

void set(Scenario& scenario, const std::string& path, const std::string& value) {
  Diagnostics diagnostics;
  set_value(scenario, path, value, diagnostics);
  ASSERT_FALSE(diagnostics.has_errors()) << path << " = " << value;
}

/// Another value of the parameter than it has.
std::string other_value(const CatalogueEntry& entry, const std::string& present) {
  if (entry.type == ParameterType::weekly_windows) return "Sat 03:00-04:00";
  if (entry.type == ParameterType::level)
    return *std::ranges::find_if(entry.levels, [&](const std::string& level) { return level != present; });
  const auto blank = present.find(' ');
  const std::string unit = blank == std::string::npos ? "" : present.substr(blank);
  const double number = std::stod(present);
  const double changed = number == 0.0                          ? 1.0
                         : entry.type == ParameterType::integer ? number + 1.0
                                                                : 0.75 * number;
  return (entry.type == ParameterType::integer ? std::to_string(static_cast<int>(changed))
                                               : std::to_string(changed)) +
         unit;
}

bool can_be_changed(ParameterType type) {
  switch (type) {
    case ParameterType::duration:
    case ParameterType::rate:
    case ParameterType::weekly_hours:
    case ParameterType::probability:
    case ParameterType::number:
    case ParameterType::integer:
    case ParameterType::level:
    case ParameterType::weekly_windows:
      return true;
    default:
      return false;
  }
}

class IdleRules : public ::testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] static const IdleRule& rule() { return idle_rules()[GetParam()]; }
};

// Every event is the same whatever the idle parameters are.
TEST_P(IdleRules, NameWhatChangesNothing) {
  Scenario s = testing::busy_scenario(4, 10, 6);
  set(s, rule().switched_by, switching_off(rule()));
  ASSERT_TRUE(rule().is_off(s)) << rule().why;
  const std::uint64_t before = testing::run_observed(s).outcome.report.digest;
  std::size_t changed = 0;
  for (const auto& [path, value] : all_values(s)) {
    const CatalogueEntry* entry = find_in_catalogue(path);
    if (!rule().covers(path) || path == rule().switched_by || entry == nullptr ||
        !can_be_changed(entry->type))
      continue;
    set(s, path, other_value(*entry, value));
    ++changed;
  }
  ASSERT_GT(changed, 0U);
  EXPECT_EQ(testing::run_observed(s).outcome.report.digest, before) << rule().why;
}

TEST_P(IdleRules, NameParametersThatThereAre) {
  EXPECT_NE(find_in_catalogue(rule().switched_by), nullptr) << rule().switched_by;
  std::set<std::string> groups;
  for (const CatalogueGroup& group : catalogue_groups()) groups.insert(group.path);
  for (const std::string& path : rule().idle)
    EXPECT_TRUE(groups.contains(path) || groups.contains(path + "[]") || find_in_catalogue(path) != nullptr)
        << path;
  for (const std::string& path : rule().except) EXPECT_NE(find_in_catalogue(path), nullptr) << path;
}

INSTANTIATE_TEST_SUITE_P(Each, IdleRules, ::testing::Range(std::size_t{0}, idle_rules().size()),
                         [](const auto& test) {
                           std::string name = idle_rules()[test.param].idle.front();
                           std::ranges::replace(name, '.', '_');
                           return name + "_" + std::to_string(test.param);
                         });

const std::string two_sites = R"(format: peercap-scenario/1
organization:
  sites:
    - {name: main, departments: [{name: icu, units: 2}]}
    - {name: north, departments: [{name: icu, units: 2}]}
supporters:
  count: 5
)";

/// Of a small scenario with `text` in addition: the paths that are told of.
std::vector<std::string> notes(const std::string& text, const std::string& base = small_scenario) {
  const ScenarioFolder folder;
  Diagnostics diagnostics;
  const auto loaded = load(folder.write("clinic.yaml", base + text), {}, diagnostics);
  if (!loaded) throw std::invalid_argument{"the scenario is not sound"};
  std::vector<std::string> paths;
  for (const ScenarioProblem& note : find_idle_settings(loaded->scenario, loaded->origins)) {
    EXPECT_EQ(note.severity, Severity::note);
    EXPECT_THAT(note.what, HasSubstr("`" + note.path + "` changes nothing here: "));
    paths.push_back(note.path);
  }
  return paths;
}

TEST(IdleSettings, AreToldWhereTheyAreGiven) {
  EXPECT_THAT(notes("access: {on_call: {shift: 2 weeks}}\n"), ElementsAre("access.on_call.shift"));
  EXPECT_THAT(notes("activation: {embedded: {hazard: 0.01 per day}}\n"),
              ElementsAre("activation.embedded.hazard"));
}

TEST(IdleSettings, AreNoneWhereTheSwitchIsOn) {
  EXPECT_THAT(notes("access: {on_call: {supporters: 1, shift: 2 weeks}}\n"), IsEmpty());
}

TEST(IdleSettings, AreNoneWhereTheValueIsTheDefault) {
  EXPECT_THAT(notes("access: {on_call: {shift: 1 week}}\n"), IsEmpty());
}

TEST(IdleSettings, AreNoneWhereTheScheduleSwitchesItOn) {
  EXPECT_THAT(notes("access: {on_call: {shift: 2 weeks}}\n"
                    "schedule: [{name: later, at: 2026-03-02, set: {access.on_call.supporters: 1}}]\n"),
              IsEmpty());
}

TEST(IdleSettings, AreThoseOfListsToo) {
  EXPECT_THAT(
      notes("program: {enabled: off}\nshocks: {mergers: [{name: main, at: 2026-03-02, with: north}]}\n",
            two_sites),
      ::testing::Each(::testing::StartsWith("shocks.mergers[main].")));
}

// Staff that is added counts by the load of a vacancy, turnover or not.
TEST(IdleSettings, AreNotTheLoadOfVacanciesWhereStaffIsAdded) {
  EXPECT_THAT(notes("turnover: {enabled: off, vacancy_workload: 4 SD}\n"),
              ElementsAre("turnover.vacancy_workload"));
  EXPECT_THAT(notes("turnover: {enabled: off, vacancy_workload: 4 SD}\nupstream: {added_staff: 0.1}\n"),
              IsEmpty());
}

// Whoever starts from one of these should not be told of what does nothing.
TEST(ShippedScenarios, SetNothingInVain) {
  for (const char* folder : {"/configs/scenarios", "/configs/presets"})
    for (const auto& file : std::filesystem::directory_iterator(std::string{PEERCAP_SOURCE_DIR} + folder)) {
      if (file.path().extension() != ".yaml") continue;
      Diagnostics diagnostics;
      const auto loaded = load(file.path().string(), {}, diagnostics);
      ASSERT_TRUE(loaded.has_value()) << file.path();
      for (const ScenarioProblem& note : find_idle_settings(loaded->scenario, loaded->origins))
        ADD_FAILURE() << file.path() << ": " << note.what;
    }
}

}  // namespace
}  // namespace peercap::peer_support
