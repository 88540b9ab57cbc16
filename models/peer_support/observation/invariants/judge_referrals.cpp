// Referrals: whoever was referred is treated, gives up or waits; places are not exceeded.

#include <algorithm>
#include <utility>

#include "models/peer_support/observation/invariants/judgment.h"

namespace peercap::peer_support {
namespace {

/// Times of one destination.
struct DestinationBooks {
  std::vector<SimTime> arrivals;
  std::vector<SimTime> taken;                         ///< arrivals of those who were treated or gave up
  std::vector<std::pair<SimTime, int>> in_treatment;  ///< changes
  std::vector<SimTime> finished;                      ///< treatments
  std::vector<SimTime> onward;                        ///< of those who went on
  std::int64_t waiting = -1;                          ///< told at the end
  std::int64_t treated = -1;                          ///< likewise
};

/// The first of `some` that is not one of `all`; both are sorted first.
const SimTime* first_without(std::vector<SimTime>& some, std::vector<SimTime>& all) {
  std::ranges::sort(some);
  std::ranges::sort(all);
  auto from = all.begin();
  for (const SimTime& time : some) {
    from = std::lower_bound(from, all.end(), time);
    if (from == all.end() || *from != time) return &time;
    ++from;
  }
  return nullptr;
}

std::vector<DestinationBooks> keep_books(const CheckedRun& run, const FactTrail& trail) {
  const auto& destinations = run.rules.scenario.referrals.destinations;
  const SimDuration on_the_way = run.rules.scenario.delays.desk_to_referral;
  std::vector<DestinationBooks> books(destinations.size());
  for (const Fact& fact : trail.referrals) {
    DestinationBooks& own = books[fact.subject];
    switch (static_cast<PeerFact>(fact.kind)) {
      case PeerFact::referral_made:
        if (fact.small != 0 && fact.time + on_the_way < run.rules.end)
          own.arrivals.push_back(fact.time + on_the_way);
        break;
      case PeerFact::referral_onward:
        own.onward.push_back(fact.time);
        if (fact.time + on_the_way < run.rules.end)
          books[static_cast<std::size_t>(fact.a)].arrivals.push_back(fact.time + on_the_way);
        break;
      case PeerFact::treatment_began: {
        own.taken.push_back(fact.time - SimDuration{fact.a});
        const SimTime ends = saturating_add(fact.time, SimDuration{fact.b});
        own.in_treatment.emplace_back(fact.time, 1);
        if (ends < run.rules.end) {
          own.in_treatment.emplace_back(ends, -1);
          own.finished.push_back(ends);
        }
        break;
      }
      case PeerFact::referral_given_up:
        own.taken.push_back(fact.time - SimDuration{fact.a});
        break;
      case PeerFact::referral_waiting:
        own.waiting = fact.a;
        own.treated = fact.b;
        break;
      default:
        break;
    }
  }
  return books;
}

/// A referral ends the request that it comes from.
void judge_causes(const FactTrail& trail, const std::vector<CaseStory>& stories, ViolationList& broken) {
  std::vector<SimTime> made[2];  // declined and taken up
  std::vector<SimTime> ended[2];
  std::vector<SimTime> all_made;
  std::vector<SimTime> all_ended;
  for (const Fact& fact : trail.referrals)
    if (static_cast<PeerFact>(fact.kind) == PeerFact::referral_made) {
      all_made.push_back(fact.time);
      made[fact.small != 0 ? 1 : 0].push_back(fact.time);
    }
  for (const CaseStory& story : stories) {
    const bool is_referred = story.end == RequestEnd::referred ||
                             story.end == RequestEnd::referral_declined ||
                             story.end == RequestEnd::overflow_referred;
    if (!is_referred) continue;
    all_ended.push_back(story.ended);
    if (story.end != RequestEnd::overflow_referred)  // whoever overflows may decline, too
      ended[story.end == RequestEnd::referred ? 1 : 0].push_back(story.ended);
  }
  const auto expect_none = [&](const SimTime* time, const char* what) {
    if (time != nullptr) broken.add(*time, Party::run, 0, what);
  };
  expect_none(first_without(all_made, all_ended), "a referral is made that ends no request");
  expect_none(first_without(all_ended, all_made), "a request ends by a referral that is not made");
  expect_none(first_without(ended[0], made[0]), "a request ends by a referral declined that is taken up");
  expect_none(first_without(ended[1], made[1]), "a request ends by a referral taken up that is declined");
}

}  // namespace

void judge_referrals(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                     ViolationList& broken) {
  judge_causes(trail, stories, broken);
  auto books = keep_books(run, trail);
  const auto& destinations = run.rules.scenario.referrals.destinations;
  for (std::uint32_t d = 0; d < books.size(); ++d) {
    DestinationBooks& own = books[d];
    const auto blame = [&](SimTime time, const char* what) { broken.add(time, Party::destination, d, what); };
    if (const SimTime* time = first_without(own.taken, own.arrivals))
      blame(*time, "somebody is treated or gives up who did not arrive then");
    if (const SimTime* time = first_without(own.onward, own.finished))
      blame(*time, "somebody goes onward whose treatment does not end then");
    if (own.waiting < 0)
      blame(run.rules.end, "nothing is told at the end of the run");
    else if (own.waiting != std::ssize(own.arrivals) - std::ssize(own.taken))
      blame(run.rules.end, "people who wait are not those who came and neither began nor gave up");
    std::ranges::sort(own.in_treatment);  // of one time, ends come first
    std::int64_t treated = 0;
    for (const auto& [time, change] : own.in_treatment) {
      treated += change;
      if (change > 0 && treated > destinations[d].places)
        blame(time, "more people are treated than it has places");
    }
    if (own.treated >= 0 && own.treated != treated)
      blame(run.rules.end, "people in treatment are not those who began and did not end");
  }
}

}  // namespace peercap::peer_support
