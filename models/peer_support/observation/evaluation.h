#pragma once

#include <array>
#include <vector>

#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/behavior/supporter_survey.h"
#include "models/peer_support/observation/measures.h"
#include "models/peer_support/observation/run_record.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// What a survey at the end of the run reads off the latent states of supporter `index`, who is active then.
[[nodiscard]] SupporterSurvey survey_supporter(const Rules& rules, const Organization& organization,
                                               const RandomSource& random, const RunRecord& record,
                                               std::size_t index);

/// All measures of one replication, by Measure; NaN where a measure is not defined (a share of nothing).
[[nodiscard]] std::array<double, measure_count> evaluate_measures(const Rules& rules,
                                                                  const Organization& organization,
                                                                  const RandomSource& random,
                                                                  const RunRecord& record);

/// Whole days within which the treatment of at least `share` of those had begun whose treatment began; NaN
/// without any.
[[nodiscard]] double days_until_begun(const IncidenceCounts& waits, double share);

/// All series of one replication: [series][week].
[[nodiscard]] std::array<std::vector<double>, series_count> evaluate_series(const Organization& organization,
                                                                            const RunRecord& record);

/// The Mondays of the measured horizon, in days since its start.
[[nodiscard]] std::vector<double> series_days(const Rules& rules, std::size_t week_count);

}  // namespace peercap::peer_support
