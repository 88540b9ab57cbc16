#pragma once

#include "sim/support/strong_id.h"

namespace peercap::peer_support {

struct ClinicianTag;
struct UnitTag;
struct SiteTag;
struct SupporterTag;

/// Dense indices into one replication's Organization; random draws never use them (EntityKey does that).
using ClinicianId = StrongId<ClinicianTag>;
using UnitId = StrongId<UnitTag>;
using SiteId = StrongId<SiteTag>;
using SupporterId = StrongId<SupporterTag>;

}  // namespace peercap::peer_support
