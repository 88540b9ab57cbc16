#pragma once

#include <array>
#include <vector>

#include "models/peer_support/observation/invariants/checked_run.h"
#include "models/peer_support/observation/invariants/violation.h"
#include "models/peer_support/observation/measures.h"
#include "models/peer_support/observation/run_record.h"

namespace peercap::peer_support {

/// Checks that what was counted adds up: each total is that of its parts, by outcome, person, unit and group.
void judge_record(const CheckedRun& run, const RunRecord& record, ViolationList& broken);

/// Checks that measures are numbers where they have to be, that shares lie in [0, 1], and that nothing is
/// infinite. A measure of something that did not happen is not a number.
void judge_measures(const CheckedRun& run, const std::array<double, measure_count>& measures,
                    const std::array<std::vector<double>, series_count>& series, ViolationList& broken);

}  // namespace peercap::peer_support
