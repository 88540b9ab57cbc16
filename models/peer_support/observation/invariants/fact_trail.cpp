#include "models/peer_support/observation/invariants/fact_trail.h"

#include <algorithm>
#include <tuple>

namespace peercap::peer_support {
namespace {

template <class Values>
void append(Values& to, const Values& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Facts of one subject and time stay as they came.
void sort_by_subject(std::vector<Fact>& facts) {
  std::ranges::stable_sort(facts, {}, [](const Fact& f) { return std::tuple{f.subject, f.time}; });
}

/// What a supporter is at the begin of a run is stated before anything happens, also before what happens at
/// that very time, but another observer may have heard it.
bool is_of_the_begin(const Fact& fact) {
  return static_cast<PeerFact>(fact.kind) == PeerFact::supporter_role && fact.a == fact.small;
}

}  // namespace

void FactTrail::absorb(const FactTrail& other) {
  append(people, other.people);
  append(units, other.units);
  append(requests, other.requests);
  append(supporters, other.supporters);
  append(offices, other.offices);
  append(referrals, other.referrals);
  append(sessions, other.sessions);
  append(merged, other.merged);
  for (std::size_t unit = 0; unit < tallies.size(); ++unit) {
    tallies[unit].people_hit += other.tallies[unit].people_hit;
    tallies[unit].exposures += other.tallies[unit].exposures;
    tallies[unit].weekly_people += other.tallies[unit].weekly_people;
  }
}

void FactTrail::put_in_order() {
  sort_by_subject(people);
  sort_by_subject(units);
  std::ranges::stable_sort(supporters, {}, [](const Fact& f) {
    return std::tuple{f.subject, f.time, !is_of_the_begin(f)};
  });
  sort_by_subject(offices);
  std::ranges::stable_sort(requests, {}, [](const Fact& f) { return std::tuple{client_of(f), f.time}; });
  // Sites refer to one destination at the same time.
  std::ranges::sort(referrals, {},
                    [](const Fact& f) { return std::tuple{f.subject, f.time, f.kind, f.small, f.a, f.b}; });
  std::ranges::sort(sessions);
  std::ranges::sort(merged);
}

}  // namespace peercap::peer_support
