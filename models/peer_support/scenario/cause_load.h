#pragma once

#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// Expected exposures a clinician and day by the causes of `environment.causes`, each counted by its
/// severity: as many of the scenario's mean jump would bring as much distress. Professions by their shares,
/// departments alike: an estimate, exact where no factor differs between departments.
[[nodiscard]] double cause_load(const Scenario& scenario);

}  // namespace peercap::peer_support
