// Requests: one open at a time, each with its steps in order and one outcome.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "models/peer_support/observation/invariants/judgment.h"

namespace peercap::peer_support {
namespace {

/// Follows the facts of one client after the other.
class RequestReader {
 public:
  RequestReader(const CheckedRun& run, ViolationList& broken) : run_{run}, broken_{broken} {}

  void read(const Fact& fact) {
    fact_ = &fact;
    const std::uint32_t client = client_of(fact);
    if (open_ && open_->client != client) leave_open();
    if (static_cast<PeerFact>(fact.kind) == PeerFact::request_made) {
      make(client);
      return;
    }
    if (!open_ || open_->requested.ticks() != fact.a) {
      blame("something is done about a request that is not open");
      return;
    }
    expect(fact.time >= open_->opened, "something is done about a request before it is made");
    switch (static_cast<PeerFact>(fact.kind)) {
      case PeerFact::request_accepted:
        accept();
        return;
      case PeerFact::request_transferred:
        transfer();
        return;
      case PeerFact::supporter_assigned:
        assign();
        return;
      case PeerFact::handover:
        hand_over();
        return;
      case PeerFact::first_contact:
        contact();
        return;
      case PeerFact::overflowed:
        expect(is_accepted() && open_->contact == SimTime::never(), "a request overflows that does not wait");
        open_->overflowed = fact.time;
        return;
      case PeerFact::request_ended:
        end();
        return;
      default:
        return;
    }
  }

  [[nodiscard]] std::vector<CaseStory> take() {
    if (open_) leave_open();
    return std::move(stories_);
  }

 private:
  void blame(const char* what) { broken_.add(fact_->time, Party::clinician, client_of(*fact_), what); }
  void expect(bool holds, const char* otherwise) {
    if (!holds) [[unlikely]]
      blame(otherwise);
  }
  [[nodiscard]] bool is_accepted() const { return open_->accepted != SimTime::never(); }

  void leave_open() {
    broken_.add(open_->opened, Party::clinician, open_->client, "makes a request that never ends");
    stories_.push_back(std::move(*open_));
    open_.reset();
  }

  void make(std::uint32_t client) {
    if (open_) {
      blame("makes a second request while one is open");
      leave_open();
    }
    open_.emplace();
    open_->client = client;
    open_->channel = static_cast<Channel>(fact_->small & 0xff);
    open_->requested = SimTime{fact_->a};
    open_->opened = fact_->time;
    expect(open_->requested == fact_->time || open_->channel == Channel::inherited,
           "a request is stated at another time than it is made");
  }

  void accept() {
    expect(!is_accepted(), "a request is accepted twice");
    expect(static_cast<Channel>(fact_->small & 0xff) == open_->channel, "a request changes its channel");
    expect(!wants_support(open_->channel) || fact_->time == open_->opened,
           "somebody asks for support and does not accept it");
    open_->accepted = fact_->time;
    // Inherited ones whose sessions go on have met a supporter before the run knew of them.
    if (open_->channel == Channel::inherited && open_->requested < open_->opened)
      open_->contact = open_->requested;
  }

  void transfer() {
    expect(open_->transferred == SimTime::never(), "a request is transferred twice");
    expect(is_accepted() && open_->assignments.empty(), "a request is transferred that does not wait");
    expect(run_.site_of_clinician(open_->client) != SiteId{static_cast<std::uint32_t>(fact_->b)},
           "a request is transferred to where it is");
    open_->transferred = fact_->time;
    open_->transferred_to = static_cast<std::uint32_t>(fact_->b);
  }

  void assign() {
    expect(is_accepted(), "a supporter is assigned to an offer that nobody has accepted");
    expect(!open_->has_supporter(), "a case has two supporters");
    expect(run_.clinician_of(fact_->subject) != open_->client, "somebody is assigned to themselves");
    const bool is_away = open_->transferred != SimTime::never();
    const SiteId site = is_away ? SiteId{open_->transferred_to} : run_.site_of_clinician(open_->client);
    expect(run_.site_of_supporter(fact_->subject) == site, "a supporter of another site is assigned");
    expect(!is_away || fact_->time >= open_->transferred + run_.rules.scenario.delays.desk_to_desk,
           "a supporter is assigned before the request has arrived");
    open_->assignments.push_back({fact_->subject, fact_->time});
  }

  void hand_over() {
    expect(open_->has_supporter() && open_->assignments.back().supporter == fact_->subject,
           "somebody hands over a case that is not theirs");
    if (open_->has_supporter()) open_->assignments.back().until = fact_->time;
  }

  void contact() {
    expect(open_->has_supporter(), "a first contact comes without a supporter");
    expect(open_->contact == SimTime::never(), "a case has two first contacts");
    expect(static_cast<Channel>(fact_->small & 0xff) == open_->channel, "a request changes its channel");
    open_->contact = fact_->time;
  }

  void end() {
    open_->ended = fact_->time;
    open_->end = static_cast<RequestEnd>(fact_->small >> 8);
    if (open_->has_supporter()) open_->assignments.back().until = fact_->time;
    const bool contacted = open_->contact != SimTime::never();
    expect(static_cast<Channel>(fact_->small & 0xff) == open_->channel, "a request changes its channel");
    expect(fact_->b == (contacted ? open_->contact.ticks() : -1),
           "a request ends with another first contact than it had");
    expect(open_->is_open_at_end() == (fact_->time == run_.rules.end),
           "requests are open at the end of the run, and only then");
    expect((open_->end == RequestEnd::overflow_referred) == (open_->overflowed == fact_->time),
           "a request overflows and does not end by it");
    expect_outcome(contacted);
    stories_.push_back(std::move(*open_));
    open_.reset();
  }

  /// Whether the outcome is one that can come at this step of a case.
  void expect_outcome(bool contacted) {
    switch (open_->end) {
      case RequestEnd::merged:
      case RequestEnd::left:
        return;
      case RequestEnd::declined:
      case RequestEnd::lapsed:
      case RequestEnd::open_unanswered:
        expect(!is_accepted(), "an offer that was accepted ends without an answer");
        return;
      case RequestEnd::withdrew:
      case RequestEnd::recovered:
      case RequestEnd::overflow_referred:
      case RequestEnd::open_waiting:
        expect(is_accepted() && !contacted, "a wait for a first contact ends that is none");
        return;
      case RequestEnd::resolved:
      case RequestEnd::closed_unresolved:
      case RequestEnd::open_in_case:
        expect(is_accepted() && contacted, "a case ends that has not begun");
        return;
      case RequestEnd::referred:
      case RequestEnd::referral_declined: {
        // A supporter's own request can go to a professional at once.
        const bool straight_on = run_.in_some_phase(open_->opened, fact_->time, [](const Rules& rules) {
          return rules.scenario.supporters.own_access == OwnAccess::professional;
        });
        expect(is_accepted() && (contacted || straight_on), "a case is referred that has not begun");
        return;
      }
      case RequestEnd::dropped:
        expect(run_.rules.scenario.today.given == Switch::on && fact_->time >= run_.rules.start &&
                   open_->requested < run_.rules.start,
               "a request is dropped that belongs to the horizon");
        return;
    }
  }

  const CheckedRun& run_;
  ViolationList& broken_;
  const Fact* fact_ = nullptr;
  std::optional<CaseStory> open_;
  std::vector<CaseStory> stories_;
};

/// Whoever asks again while a case is open joins it; the home office hears of an end elsewhere a little
/// later. A direct request of a site where everybody is in support names anybody.
void judge_merged(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                  ViolationList& broken) {
  const SimDuration news = run.rules.scenario.delays.desk_to_desk;
  for (const MergedRequest& request : trail.merged) {
    if (static_cast<Channel>(request.channel) == Channel::direct) continue;
    const auto of_client = std::ranges::equal_range(stories, request.client, {}, &CaseStory::client);
    const bool has_open = std::ranges::any_of(of_client, [&](const CaseStory& story) {
      const bool is_away = story.transferred != SimTime::never();
      const SimTime known_until = is_away ? saturating_add(story.ended, news) : story.ended;
      return story.opened <= request.time && request.time <= known_until;
    });
    if (!has_open)
      broken.add(request.time, Party::clinician, request.client, "joins an open request and has none");
  }
}

}  // namespace

std::vector<CaseStory> judge_requests(const CheckedRun& run, const FactTrail& trail, ViolationList& broken) {
  RequestReader reader{run, broken};
  for (const Fact& fact : trail.requests) reader.read(fact);
  std::vector<CaseStory> stories = reader.take();
  judge_merged(run, trail, stories, broken);
  return stories;
}

}  // namespace peercap::peer_support
