#include "models/peer_support/behavior/referral_pool.h"

#include <algorithm>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/contract.h"
#include "sim/support/state_archive.h"

namespace peercap::peer_support {
namespace {

constexpr double treatment_cv = 2.0;  // of hyperexponential treatment

}  // namespace

ReferralPool::ReferralPool(const Rules& rules, const Organization& organization, std::uint32_t destination)
    : organization_{organization},
      spec_{rules.scenario.referrals.destinations[destination]},
      destination_{destination},
      referral_delay_{rules.scenario.delays.desk_to_referral},
      next_{next_destinations(rules.scenario.referrals, destination)},
      hours_{spec_.opening_hours, rules.scenario.run.holidays} {}

std::string ReferralPool::name() const {
  return "referral pool " + spec_.name;
}

std::vector<std::uint32_t> ReferralPool::next_destinations(const Referrals& referrals,
                                                           std::uint32_t destination) {
  std::vector<std::uint32_t> next;
  for (const auto& [name, probability] : referrals.destinations[destination].onward.weights) {
    const auto found = std::ranges::find(referrals.destinations, name, &ReferralDestination::name);
    require(found != referrals.destinations.end(), "`onward` names destinations");
    next.push_back(static_cast<std::uint32_t>(found - referrals.destinations.begin()));
  }
  return next;
}

void ReferralPool::save(StateWriter& state) const {
  state(*this);
}

void ReferralPool::restore(StateReader& state) {
  state(*this);
}

void ReferralPool::handle(const Event& event, Context& context) {
  switch (event.kind_as<Happening>()) {
    case Happening::referral:
      receive(ReferralMessage::unpack(event), context);
      break;
    case Happening::treatment_begins:
      opening_scheduled_ = false;
      fill_places(context);
      break;
    case Happening::treatment_ends:
      --in_treatment_;
      if (!next_.empty()) send_onward(ReferralMessage::unpack(event), context);
      fill_places(context);
      break;
    case Happening::referral_lost: {
      Entry& entry = entries_[event.a];
      entry.waiting = false;
      context.state(PeerFact::referral_given_up, destination_, (context.now() - entry.arrived).ticks());
      report_loss(entry.client, context);
      std::erase(queue_, static_cast<std::uint32_t>(event.a));
      free_.push_back(static_cast<std::uint32_t>(event.a));
      break;
    }
    default:
      break;
  }
}

void ReferralPool::receive(const ReferralMessage& message, Context& context) {
  std::uint32_t slot = 0;
  if (free_.empty()) {
    slot = static_cast<std::uint32_t>(entries_.size());
    entries_.emplace_back();
    context.reserve_timers(entries_.size());
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  entries_[slot] = {true, message, context.now()};
  queue_.push_back(slot);
  const EntityKey key = organization_.person_keys[message.clinician];
  const double patience =
      spec_.patience.in_days() *
      standard_exponential(
          context.random().draw(key, DrawPurpose::treatment, message.treatment_index()).second_uniform());
  context.arm(slot, saturating_add(context.now(), duration_from_days(patience)), Happening::referral_lost);
  fill_places(context);
}

void ReferralPool::fill_places(Context& context) {
  const SimTime now = context.now();
  while (in_treatment_ < spec_.places && !queue_.empty()) {
    const SimTime open = hours_.next_open(now);
    if (open > now) {
      if (!opening_scheduled_ && open != SimTime::never()) {
        opening_scheduled_ = true;
        context.schedule(open, Happening::treatment_begins);
      }
      return;
    }
    const std::uint32_t slot = queue_.front();
    queue_.erase(queue_.begin());
    Entry& entry = entries_[slot];
    entry.waiting = false;
    context.disarm(slot);
    ++in_treatment_;
    const SimDuration length = treatment_length(entry.client, context.random());
    context.state(PeerFact::treatment_began, destination_, (now - entry.arrived).ticks(), length.ticks());
    context.schedule(saturating_add(now, length), Happening::treatment_ends,
                     next_.empty() ? Payload{} : entry.client.pack());
    free_.push_back(slot);
  }
}

void ReferralPool::send_onward(const ReferralMessage& client, Context& context) {
  if (client.hop >= ReferralMessage::max_hop) return;
  const EntityKey key = organization_.person_keys[client.clinician];
  double rest = context.random().draw(key, DrawPurpose::onward, client.onward_index()).uniform();
  for (std::uint32_t channel = 0; channel < next_.size(); ++channel) {
    rest -= spec_.onward.weights[channel].second;
    if (rest >= 0.0) continue;
    ReferralMessage message = client;
    ++message.hop;
    context.state(PeerFact::referral_onward, destination_, next_[channel]);
    context.send(channel, referral_delay_, Happening::referral, message.pack());
    return;
  }
}

void ReferralPool::report_loss(const ReferralMessage& client, Context& context) {
  const auto tell = [&](SiteId site) {
    context.send(static_cast<std::uint32_t>(next_.size()) + site.value(), referral_delay_,
                 Happening::referral_failed, client.pack());
  };
  const SiteId home = organization_.units[organization_.unit_of[client.clinician]].site;
  tell(home);
  if (client.supporter == ReferralMessage::nobody) return;
  const SiteId helper = organization_.unit(organization_.supporters[client.supporter].unit).site;
  if (helper != home) tell(helper);
}

SimDuration ReferralPool::treatment_length(const ReferralMessage& client, const RandomSource& random) const {
  const EntityKey key = organization_.person_keys[client.clinician];
  const double uniform = random.draw(key, DrawPurpose::treatment, client.treatment_index()).uniform();
  const auto draw_kind = [&] {
    return random.draw(key, DrawPurpose::treatment_phase, client.treatment_index()).uniform();
  };
  const double mean = spec_.service_time.in_days();
  switch (spec_.service_law) {
    case ServiceLaw::fixed:
      return spec_.service_time;
    case ServiceLaw::exponential:
      return duration_from_days(mean * standard_exponential(uniform));
    case ServiceLaw::lognormal:
      return duration_from_days(lognormal(mean, 1.0, standard_normal(uniform)));
    case ServiceLaw::two_phases:
      return duration_from_days(two_phases(mean, uniform, draw_kind()));
    case ServiceLaw::hyperexponential:
      return duration_from_days(balanced_hyperexponential(mean, treatment_cv, uniform, draw_kind()));
  }
  return spec_.service_time;
}

void ReferralPool::finish(Context& context) {
  context.state(PeerFact::referral_waiting, destination_, static_cast<std::int64_t>(queue_.size()),
                in_treatment_);
}

}  // namespace peercap::peer_support
