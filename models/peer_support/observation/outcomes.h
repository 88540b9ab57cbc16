#pragma once

#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/observation/measure_sheet.h"
#include "models/peer_support/observation/run_record.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// The parts of evaluate_measures() (evaluation.h) that have files of their own: each fills its part of the
/// sheet.
void evaluate_supporter_work(MeasureSheet& sheet, const RunRecord& record, const Rules& rules,
                             const Frame& f);
void evaluate_well_being(MeasureSheet& sheet, const RunRecord& record, const Rules& rules,
                         const Organization& organization, const RandomSource& random);
void evaluate_activation(MeasureSheet& sheet, const RunRecord& record, const Frame& frame);
void evaluate_waits(MeasureSheet& sheet, const RunRecord& record, const Rules& rules);
void evaluate_workforce(MeasureSheet& sheet, const RunRecord& record, const Organization& organization,
                        const Frame& frame);
void evaluate_surveys(MeasureSheet& sheet, const RunRecord& record);
void evaluate_equity(MeasureSheet& sheet, const RunRecord& record);
void evaluate_resilience(MeasureSheet& sheet, const RunRecord& record, const Rules& rules);
void evaluate_early_warning(MeasureSheet& sheet, const RunRecord& record);
/// After the measures of work, trust and exhaustion.
void evaluate_tipping(MeasureSheet& sheet, const Rules& rules, const Organization& organization);
void evaluate_costs(MeasureSheet& sheet, const RunRecord& record, const Rules& rules,
                    const Organization& organization, const Frame& frame);

/// Sets what the program has averted among `clinicians`, given the measures of the same world without a
/// program (`twin`), and those of the one whose sessions have no effect.
void compare_with_twin(std::array<double, measure_count>& measures,
                       const std::array<double, measure_count>& twin,
                       const std::array<double, measure_count>& without_effect, double clinicians);

}  // namespace peercap::peer_support
