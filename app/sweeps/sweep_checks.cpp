#include "app/sweeps/sweep_checks.h"

#include <fmt/format.h>

#include "app/sweeps/sweep_plan.h"

namespace peercap::app {

bool can_be_swept(const Study& study, std::int64_t shards, const std::string& shards_option,
                  Diagnostics& diagnostics) {
  const SourceLocation where{study.file, 0, 0};
  if (study.measures.empty())
    diagnostics.error(where, "there is no measure: nothing would be kept of a run",
                      "write `measures: [contact_within_limit_share, ...]`, or `targets:`");
  if (study.vary.empty() && study.points.empty())
    diagnostics.error(where, "nothing varies: the sweep would have one point",
                      "write `vary: {supporters.count: {range: [20, 100], points: 5}}`");
  if (diagnostics.has_errors()) return false;
  const SweepPlan plan{study, {}};
  if (plan.runs() < static_cast<std::uint64_t>(shards))
    diagnostics.error({shards_option, 0, 0},
                      fmt::format("there are more shards than runs, of which there are {}", plan.runs()),
                      "take fewer shards");
  constexpr std::uint64_t most_replications = 1'000'000;
  if (plan.replications() > most_replications)
    diagnostics.error(where, "there are more than a million replications of each point");
  return !diagnostics.has_errors();
}

}  // namespace peercap::app
