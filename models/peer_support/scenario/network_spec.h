#pragma once

#include "models/peer_support/scenario/levels.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"

namespace peercap::peer_support {

/// Who trusts whom: mutual ties between clinicians, more likely the closer two people work. Each probability
/// is that of two people of one profession; between two professions it is divided by `homophily`.
struct TrustNetworkSpec {
  Switch enabled = Switch::on;
  Probability same_team{0.35};
  Probability same_unit{0.12};
  Probability same_department{0.006};
  Probability same_site{0.0004};
  Probability same_organization{0.0};
  double homophily = 2.0;
};

template <class Visitor>
void describe(Visitor& v, TrustNetworkSpec& p) {
  v.field("enabled", p.enabled,
          {.meaning = "whether clinicians have ties of trust to each other; off: nobody trusts anybody"});
  v.field(
      "same_team", p.same_team,
      {.meaning = "probability of a tie between two people of the same profession in one team of a unit"});
  v.field(
      "same_unit", p.same_unit,
      {.meaning = "probability of a tie between two people of the same profession in one unit, but in two "
                  "teams"});
  v.field("same_department", p.same_department,
          {.meaning = "probability of a tie between two people of the same profession in one department, but "
                      "in two units"});
  v.field(
      "same_site", p.same_site,
      {.meaning = "probability of a tie between two people of the same profession at one site, but in two "
                  "departments"});
  v.field("same_organization", p.same_organization,
          {.meaning = "probability of a tie between two people of the same profession at two sites"});
  v.field("homophily", p.homophily,
          {.meaning = "how much more likely a tie within a profession is than one between professions",
           .range = between(1, 1000)});
}

}  // namespace peercap::peer_support
