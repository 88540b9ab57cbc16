#include "models/peer_support/observation/invariants/violation.h"

#include <algorithm>
#include <utility>

#include "sim/time/civil_date.h"

namespace peercap::peer_support {
namespace {

std::string two_digits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// "2026-01-05 09:30:00".
std::string time_text(SimTime time) {
  const CivilDate date = date_of(time);
  const std::int64_t seconds_of_day = (time - date.midnight()) / seconds(1);
  return date.to_string() + " " + two_digits(seconds_of_day / 3600) + ":" +
         two_digits(seconds_of_day / 60 % 60) + ":" + two_digits(seconds_of_day % 60);
}

std::string party_text(const Violation& violation, const Organization& organization) {
  const std::string number = std::to_string(violation.number);
  const auto with_unit = [&](const std::string& who, std::uint32_t clinician) {
    return who + " of " + organization.unit_name(UnitId{organization.unit_of[clinician]});
  };
  switch (violation.party) {
    case Party::run:
      break;
    case Party::clinician:
      if (violation.number >= organization.clinician_count()) return "clinician " + number;
      return with_unit("clinician " + number, violation.number);
    case Party::supporter:
      if (violation.number >= organization.supporters.size()) return "supporter " + number;
      return with_unit("supporter " + number, organization.supporters[violation.number].clinician.value());
    case Party::unit:
      if (violation.number >= organization.units.size()) return "unit " + number;
      return "unit " + organization.unit_name(UnitId{violation.number});
    case Party::site:
      if (violation.number >= organization.site_names.size()) return "site " + number;
      return "site " + organization.site_names[violation.number];
    case Party::destination:
      return "destination " + number;
  }
  return "the run";
}

std::string message(const ViolationList& broken, const Organization& organization) {
  std::string text = std::to_string(broken.count()) +
                     (broken.count() == 1 ? " violation of an invariant" : " violations of invariants");
  for (const Violation& violation : broken.first())
    text += "\n  " + time_text(violation.time) + " " + party_text(violation, organization) + ": " +
            violation.what;
  if (broken.count() > broken.first().size())
    text += "\n  and " + std::to_string(broken.count() - broken.first().size()) + " more";
  return text;
}

}  // namespace

void ViolationList::add(SimTime time, Party party, std::uint32_t number, std::string what) {
  ++count_;
  remember({time, party, number, std::move(what)});
}

void ViolationList::absorb(const ViolationList& other) {
  count_ += other.count_;
  for (const Violation& violation : other.first_) remember(violation);
}

void ViolationList::remember(Violation violation) {
  if (first_.size() == most_shown && !(violation < first_.back())) return;
  first_.insert(std::ranges::upper_bound(first_, violation), std::move(violation));
  if (first_.size() > most_shown) first_.pop_back();
}

InvariantViolation::InvariantViolation(const ViolationList& broken, const Organization& organization)
    : std::logic_error{message(broken, organization)}, broken_{broken} {}

}  // namespace peercap::peer_support
