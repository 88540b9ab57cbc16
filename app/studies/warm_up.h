#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "app/execution_plan.h"
#include "app/studies/study.h"

namespace peercap::app {

/// How long a scenario's beginning is felt, by MSER-5 over the mean course of pilot replications that begin
/// with nothing behind them.
struct WarmUpFinding {
  std::int64_t weeks = 0;  ///< the longest cut of any course
  bool is_told =
      true;  ///< false where a course still moves in its later half: `weeks` is then not to be used
  std::string course = {};  ///< that needs the longest cut, or that still moves
};

/// Replications and weeks of the pilot.
inline constexpr int warm_up_replications = 16;
inline constexpr std::int64_t warm_up_weeks = 208;

/// Runs the pilot: 16 replications of four years without a burn-in, of which requests, people waiting and
/// open cases are looked at, averaged over replications: what a program sees. (Exhaustion and with it
/// distress drift for years under the feedback loops; no cut ends that.) Replication numbers lie far from
/// those of a study. The same finding for any number of threads. Nothing where it is interrupted.
[[nodiscard]] std::optional<WarmUpFinding> find_warm_up(const peer_support::Scenario& scenario,
                                                        const ExecutionRequest& request,
                                                        const std::atomic<bool>* stop);

/// Carries out the study's `warm_up`: sets the burn-in of its scenario, its policies and the variants that
/// vary. What was found, or why the scenario's burn-in stays, is one line in `said`; empty where the
/// scenario's is asked for. False where it is interrupted.
[[nodiscard]] bool settle_warm_up(Study& study, const ExecutionRequest& request,
                                  const std::atomic<bool>* stop, std::string& said);

}  // namespace peercap::app
