// Offices: their weekly counts are those of their cases and supporters.

#include <algorithm>

#include "models/peer_support/observation/invariants/judgment.h"
#include "models/peer_support/observation/invariants/role_history.h"

namespace peercap::peer_support {
namespace {

/// A number of people at some time: what changes at that very time may or may not be counted.
struct Bounds {
  std::int64_t least = 0;
  std::int64_t most = 0;

  void add(SimTime from, SimTime until, SimTime time) {
    if (from < time && time < until) ++least;
    if (from <= time && time <= until) ++most;
  }
  [[nodiscard]] bool hold(std::int64_t value) const { return least <= value && value <= most; }
};

/// A case at one site.
struct Stay {
  SimTime from;
  SimTime until;
  SimTime contact;
};

std::vector<std::vector<Stay>> stays_by_site(const CheckedRun& run, const std::vector<CaseStory>& stories) {
  std::vector<std::vector<Stay>> stays(run.organization.site_names.size());
  for (const CaseStory& story : stories) {
    const std::size_t home = run.site_of_clinician(story.client).index();
    const bool is_away = story.transferred != SimTime::never();
    stays[home].push_back({story.opened, is_away ? story.transferred : story.ended, story.contact});
    if (!is_away) continue;
    const SimTime arrives = story.transferred + run.rules.scenario.delays.desk_to_desk;
    if (arrives < story.ended) stays[story.transferred_to].push_back({arrives, story.ended, story.contact});
  }
  for (auto& of_site : stays) std::ranges::sort(of_site, {}, &Stay::from);
  return stays;
}

}  // namespace

void judge_offices(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                   ViolationList& broken) {
  const auto stays = stays_by_site(run, stories);
  const RoleHistory roles{run, trail};
  std::vector<const Stay*> open;  // of one site, in the course of its weeks
  std::size_t next = 0;
  for (std::size_t i = 0; i < trail.offices.size(); ++i) {
    const Fact& week = trail.offices[i];
    const auto expect = [&](bool holds, const char* otherwise) {
      if (!holds) broken.add(week.time, Party::site, week.subject, otherwise);
    };
    if (i == 0 || trail.offices[i - 1].subject != week.subject) {
      open.clear();
      next = 0;
    }
    const auto& of_site = stays[week.subject];
    for (; next < of_site.size() && of_site[next].from <= week.time; ++next) open.push_back(&of_site[next]);
    std::erase_if(open, [&](const Stay* stay) { return stay->until < week.time; });
    Bounds cases;
    Bounds waiting;
    for (const Stay* stay : open) {
      cases.add(stay->from, stay->until, week.time);
      waiting.add(stay->from, std::min(stay->until, stay->contact), week.time);
    }
    expect(cases.hold(week.b), "open cases are not those of the requests");
    expect(waiting.hold(week.a), "people who wait are not those of the requests");
    Bounds active;
    for (std::uint32_t supporter = 0; supporter < run.organization.supporters.size(); ++supporter) {
      if (run.site_of_supporter(supporter) != SiteId{week.subject}) continue;
      if (roles.was(supporter, week.time, SupporterRole::active)) ++active.most;
      if (roles.stayed(supporter, week.time, SupporterRole::active)) ++active.least;
    }
    constexpr std::int64_t most_told = 0xffff;
    expect(active.hold(week.small) || (week.small == most_told && active.most > most_told),
           "active supporters are not those of the roles");
  }
}

}  // namespace peercap::peer_support
