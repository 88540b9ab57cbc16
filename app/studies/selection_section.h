#pragma once

#include "app/studies/factor_reader.h"
#include "app/studies/study.h"
#include "models/peer_support/scenario_yaml/layer_reader.h"
#include "sim/io/yaml/node.h"

namespace peercap::app {

/// Reads the mapping `select:` of a study: by which measure the best policy is chosen, and how. The measure
/// is added to those of the study. Every problem is reported at its place.
void read_selection(const yaml::Entry& entry, peer_support::LayerContext& context, FactorReader& factors,
                    Study& study);

}  // namespace peercap::app
