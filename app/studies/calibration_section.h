#pragma once

#include "app/studies/factor_reader.h"
#include "app/studies/study.h"
#include "models/peer_support/scenario_yaml/layer_reader.h"
#include "sim/io/yaml/node.h"

namespace peercap::app {

/// Reads the mapping `calibrate:` of a study: what is fitted, to what, and how. What was observed is added to
/// the measures of the study. Every problem is reported at its place.
void read_calibration(const yaml::Entry& entry, peer_support::LayerContext& context, FactorReader& factors,
                      Study& study);

}  // namespace peercap::app
