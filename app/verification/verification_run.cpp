#include "app/verification/verification_run.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <ostream>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/replications.h"
#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/diagnostic_renderer.h"
#include "sim/statistics/quantile_functions.h"
#include "sim/study/inference/policy_comparison.h"

namespace peercap::app {
namespace {

constexpr std::int64_t second_stage_factor = 4;

/// Runs systems one after the other and collects the checks of their quantities.
class SuiteRunner {
 public:
  SuiteRunner(const VerificationOptions& options, std::ostream& err) : options_{options}, err_{err} {}

  /// Asks for the quantities that `wanted` names; false after what ends the suite.
  template <class Wanted>
  bool run(const VerificationFile& family, const KnownSystem& system, int stage, const Wanted& wanted,
           std::vector<QuantityCheck>& checks) {
    peer_support::LoadOptions load{.overrides = system.overrides, .variant = {}};
    std::int64_t replications = options_.replications > 0 ? options_.replications : system.replications;
    if (stage > 1) replications *= second_stage_factor;
    load.overrides.push_back(fmt::format("run.replications={}", replications));
    if (options_.seed > 0)
      load.overrides.push_back(
          fmt::format("run.seed={}", options_.seed + static_cast<std::uint64_t>(stage - 1)));
    Diagnostics diagnostics;
    const auto loaded = peer_support::load(family.scenario, load, diagnostics);
    if (!loaded) {
      yaml::SourceLines sources;
      err_ << fmt::format("{}, system {}:\n", family.file, system.name)
           << yaml::render(diagnostics, sources, yaml::Color::never);
      code_ = ExitCode::invalid_input;
      return false;
    }
    const peer_support::Scenario& scenario = loaded->scenario;
    if (!knows_destinations(family, system, scenario)) return false;

    std::vector<std::vector<double>> values(system.quantities.size());
    peer_support::Rules rules{scenario};
    apply_checks(options_.request, rules);
    const Execution execution =
        run_replications_of(rules,
                            {.request = options_.request,
                             .progress = options_.progress,
                             .what = fmt::format("{} {} replication", family.name, system.name)},
                            err_, [&](const peer_support::ReplicationOutcome& outcome) {
                              for (std::size_t q = 0; q < values.size(); ++q)
                                values[q].push_back(system.quantities[q].measured.value(outcome, scenario));
                            });
    if (const ExitCode code = exit_code_of(execution); code != ExitCode::done) {
      fmt::print(err_, "{} {}: {}\n", family.name, system.name, status_text(execution));
      code_ = code;
      return false;
    }
    for (std::size_t q = 0; q < values.size(); ++q) {
      if (!wanted(system.quantities[q])) continue;
      QuantityCheck check = check_quantity(system.quantities[q], values[q]);
      check.family = &family;
      check.system = &system;
      check.stage = stage;
      checks.push_back(std::move(check));
    }
    return true;
  }

  [[nodiscard]] ExitCode code() const { return code_; }

 private:
  bool knows_destinations(const VerificationFile& family, const KnownSystem& system,
                          const peer_support::Scenario& scenario) {
    for (const KnownQuantity& quantity : system.quantities)
      for (const std::string& name : quantity.measured.destinations())
        if (std::ranges::find(scenario.referrals.destinations, name,
                              &peer_support::ReferralDestination::name) ==
            scenario.referrals.destinations.end()) {
          fmt::print(err_, "{}, quantity {}: the scenario has no referral destination `{}`\n", family.file,
                     quantity.name, name);
          code_ = ExitCode::invalid_input;
        }
    return code_ == ExitCode::done;
  }

  const VerificationOptions& options_;
  std::ostream& err_;
  ExitCode code_ = ExitCode::done;
};

bool is_precise(const QuantityCheck& check) {
  const Interval& interval = check.simulated.mean_interval;
  const double half_width = 0.5 * (interval.high - interval.low);
  return half_width <= widest_half_width * std::abs(check.quantity->value);
}

}  // namespace

QuantityCheck check_quantity(const KnownQuantity& quantity, const std::vector<double>& values) {
  QuantityCheck check;
  check.quantity = &quantity;
  check.simulated = summarize(values);
  const Summary& s = check.simulated;
  const double error = s.standard_deviation / std::sqrt(static_cast<double>(s.count));
  const double distance = s.mean - quantity.value;
  if (s.missing > 0 || !(error >= 0.0)) {  // not defined in some replication: nothing to compare
    check.z = std::numeric_limits<double>::quiet_NaN();
    check.p_value = 0.0;
  } else if (error == 0.0) {
    const bool equal = std::abs(distance) <= 1e-12 * std::max(1.0, std::abs(quantity.value));
    check.z = equal ? 0.0 : std::copysign(std::numeric_limits<double>::infinity(), distance);
    check.p_value = equal ? 1.0 : 0.0;
  } else {
    check.z = distance / error;
    const double freedom = std::min(static_cast<double>(s.count - 1), 1000.0);
    check.p_value = std::min(1.0, 2.0 * student_t_tail(std::abs(check.z), freedom));
  }
  return check;
}

void judge(std::vector<QuantityCheck>& checks, int stage) {
  std::vector<double> p_values;
  for (const QuantityCheck& check : checks) p_values.push_back(check.p_value);
  const std::vector<double> adjusted = holm_adjusted(p_values);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    QuantityCheck& check = checks[i];
    check.adjusted_p_value = adjusted[i];
    const bool agrees = std::abs(check.z) <= largest_z && adjusted[i] > stage_levels[stage - 1];
    check.verdict = !agrees             ? KnownVerdict::differs
                    : is_precise(check) ? KnownVerdict::passed
                                        : KnownVerdict::too_wide;
  }
}

VerificationOutcome run_verification(const std::vector<VerificationFile>& families,
                                     const VerificationOptions& options, std::ostream& err) {
  VerificationOutcome outcome;
  SuiteRunner runner{options, err};
  const auto every = [](const KnownQuantity&) { return true; };
  for (const VerificationFile& family : families)
    for (const KnownSystem& system : family.systems)
      if (!runner.run(family, system, 1, every, outcome.checks)) {
        outcome.code = runner.code();
        return outcome;
      }
  judge(outcome.checks, 1);
  if (options.two_stages) {
    std::vector<const KnownQuantity*> open;
    std::vector<std::pair<const VerificationFile*, const KnownSystem*>> systems;
    for (const QuantityCheck& check : outcome.checks) {
      if (check.verdict == KnownVerdict::passed) continue;
      open.push_back(check.quantity);
      if (systems.empty() || systems.back().second != check.system)
        systems.emplace_back(check.family, check.system);
    }
    std::vector<QuantityCheck> second;
    const auto wanted = [&](const KnownQuantity& q) { return std::ranges::find(open, &q) != open.end(); };
    for (const auto& [family, system] : systems)
      if (!runner.run(*family, *system, 2, wanted, second)) {
        outcome.code = runner.code();
        return outcome;
      }
    judge(second, 2);
    for (const QuantityCheck& check : second)
      *std::ranges::find(outcome.checks, check.quantity, &QuantityCheck::quantity) = check;
  }
  const bool passed = std::ranges::all_of(
      outcome.checks, [](const QuantityCheck& check) { return check.verdict == KnownVerdict::passed; });
  outcome.code = passed ? ExitCode::done : ExitCode::target_not_met;
  return outcome;
}

}  // namespace peercap::app
