#include "models/peer_support/scenario/organization_spec.h"
#include "models/peer_support/scenario/supporter_spec.h"

namespace peercap::peer_support {

double factor_of(const Shares& shares, std::string_view name, double otherwise) {
  for (const auto& [key, weight] : shares.weights)
    if (key == name) return weight;
  return otherwise;
}

std::vector<Profession> default_professions() {
  return {{.name = "nurse", .share = 0.55, .turnover = per_year(0.115)},
          {.name = "physician", .share = 0.20, .turnover = per_year(0.047)},
          {.name = "advanced_practice", .share = 0.10},
          {.name = "allied_health", .share = 0.15}};
}

std::vector<CareerStage> default_career_stages() {
  return {{.name = "early",
           .share = 0.35,
           .exhaustion_shift = 0.3,
           .satisfaction_shift = -2.0,
           .supporter_weight = 0.5},
          {.name = "mid", .share = 0.35},
          {.name = "late", .share = 0.30}};
}

std::vector<ReferralDestination> default_destinations() {
  std::vector<ReferralDestination> pools(5);
  pools[0] = {.name = "mental_health",
              .places = 3,
              .weight_event = 0.40,
              .weight_personal = 0.50,
              .acceptance = {0.48},
              .service_time = days(56),
              .patience = days(60)};
  pools[1] = {.name = "employee_assistance",
              .places = 3,
              .weight_event = 0.30,
              .weight_personal = 0.30,
              .acceptance = {0.29},
              .service_time = days(28),
              .patience = days(45)};
  pools[2] = {.name = "coach",
              .places = 1,
              .weight_event = 0.15,
              .weight_personal = 0.05,
              .service_time = days(84),
              .patience = days(90)};
  pools[3] = {.name = "ombudsman",
              .places = 1,
              .weight_event = 0.10,
              .weight_personal = 0.0,
              .service_time = days(14),
              .patience = days(60)};
  pools[4] = {.name = "spiritual_care",
              .places = 1,
              .weight_event = 0.05,
              .weight_personal = 0.15,
              .service_time = days(7),
              .patience = days(30),
              .opening_hours = WeeklyWindows::always()};
  return pools;
}

}  // namespace peercap::peer_support
