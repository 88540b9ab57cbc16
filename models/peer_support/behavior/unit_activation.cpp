// How need becomes a request: asking, being noticed by others, knowing and trusting the program.

#include <algorithm>
#include <bit>

#include "models/peer_support/behavior/unit_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/checked_number.h"

namespace peercap::peer_support {
namespace {

/// The desk is told of the unit's trust only when it has moved by this much.
constexpr double told_step = 0.01;

/// Exact where the power is 1, which it nearly always is.
double power(double base, double exponent) {
  if (exponent == 1.0) return base;
  return base > 0.0 ? exact::exp(exponent * exact::log(base)) : exponent == 0.0 ? 1.0 : 0.0;
}

}  // namespace

double UnitProcess::seeking_leisure() const {
  return exact::exp(-rules_->scenario.activation.self_referral.workload_barrier * workload());
}

float UnitProcess::elsewhere_rate(std::uint32_t position) const {
  const Scenario& s = rules_->scenario;
  const Profession& profession = s.organization.professions[organization_.professions[clinician(position)]];
  return static_cast<float>(s.activation.elsewhere.hazard.per_day * profession.elsewhere);
}

void UnitProcess::set_seek_rate(std::uint32_t position, double leisure) {
  const Scenario& s = rules_->scenario;
  Concern& its = concern(position);
  its.seek_rate = 0.0F;
  its.embedded_rate = 0.0F;
  its.seek_rate = elsewhere_rate(position);
  if (s.program.enabled == Switch::off) return;
  const SelfReferral& seeking = s.activation.self_referral;
  if (s.activation.embedded.enabled == Switch::on)
    its.embedded_rate = static_cast<float>(embedded_ * s.activation.embedded.hazard.per_day);
  its.seek_rate += its.embedded_rate;
  if (seeking.enabled == Switch::off) return;
  const Traits& person = traits(position);
  if (awareness_ <= static_cast<double>(person.aware_above)) return;
  const Profession& profession = s.organization.professions[organization_.professions[clinician(position)]];
  double rate = seeking.hazard.per_day * power(trust_, profession.trust_needed) *
                static_cast<double>(person.openness) * power(leisure, profession.time_barrier);
  if (const EventCause* cause = listed(its.cause)) rate *= cause->seeking;
  if (seeking.trusted_supporter != 1.0 && trusts_supporter(position))
    rate *= 1.0 + (seeking.trusted_supporter - 1.0) * (1.0 - s.environment.isolation);
  if (seeking.stigma_relief > 0.0) rate *= exact::exp(seeking.stigma_relief);
  its.seek_rate += static_cast<float>(rate);
}

void UnitProcess::find_trusted_supporters() {
  const auto& supporters = organization_.supporters;
  first_trusted_.assign(1, 0);
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    auto next = supporters.begin();  // both lists are ascending
    for (const std::uint32_t colleague : surroundings_.network->neighbors(clinician(position))) {
      next = std::ranges::lower_bound(next, supporters.end(), ClinicianId{colleague}, {},
                                      &SupporterEntry::clinician);
      if (next == supporters.end()) break;
      if (next->clinician == ClinicianId{colleague})
        trusted_supporters_.push_back(static_cast<std::uint32_t>(next - supporters.begin()));
    }
    first_trusted_.push_back(static_cast<std::uint32_t>(trusted_supporters_.size()));
  }
}

bool UnitProcess::trusts_supporter(std::uint32_t position) {
  if (surroundings_.network == nullptr) return false;
  if (first_trusted_.empty()) find_trusted_supporters();
  const auto& serving = surroundings_.board->serving(week_);
  return std::any_of(trusted_supporters_.begin() + first_trusted_[position],
                     trusted_supporters_.begin() + first_trusted_[position + 1],
                     [&](std::uint32_t supporter) { return serving[supporter] != 0; });
}

void UnitProcess::seek_help(std::uint32_t position, Context& context) {
  settle(position, context.now());
  Concern& its = concern(position);
  its.seek_remaining = Concern::never_asks;
  // The hazards compete: which of them it was goes by their shares.
  const double part = static_cast<double>(its.seek_rate) *
                      context.random()
                          .draw(person_key(position), DrawPurpose::seek_threshold, people_[position].episode)
                          .second_uniform();
  const auto embedded = static_cast<double>(its.embedded_rate);
  if (part < embedded) {
    request(position, Channel::embedded, SimDuration{}, context);
  } else if (part < embedded + static_cast<double>(elsewhere_rate(position))) {
    context.state(PeerFact::turned_elsewhere, clinician(position), people_[position].episode);
    ease(position, 1.0 - rules_->scenario.activation.elsewhere.effect_fast.value, 1.0, context);
    return;
  } else {
    request(position, Channel::self_referral, SimDuration{}, context);
  }
  arm_next_step(position, context);
}

void UnitProcess::request(std::uint32_t position, Channel channel, SimDuration delay, Context& context) {
  Concern& its = concern(position);
  if (wants_support(channel)) its.asked = true;
  const RequestMessage message{static_cast<std::uint16_t>(position),
                               people_[position].episode,
                               channel,
                               its.cause,
                               its.last_exposure,
                               trust_,
                               static_cast<double>(its.hardest_jump)};
  context.send(desk_channel, rules_->scenario.delays.unit_to_desk + delay, Happening::request,
               message.pack());
}

void UnitProcess::let_others_notice(std::uint32_t position, Context& context) {
  const Scenario& s = rules_->scenario;
  if (s.program.enabled == Switch::off) return;
  const ClinicianState& state = people_[position];
  const ManagerReferral& manager = s.activation.manager;
  const PeerReferral& peer = s.activation.peer;
  const EntityKey key = person_key(position);
  const Draw notice = context.random().draw(key, DrawPurpose::notice, state.episode);
  const auto speak_up = [&](Channel channel, SimDuration mean_delay, double uniform) {
    context.schedule(
        context.now() + duration_from_days(mean_delay.in_days() * standard_exponential(uniform)),
        Happening::noticed,
        {static_cast<std::uint16_t>(position), state.episode, static_cast<std::uint64_t>(channel)});
  };
  const EventCause* cause = listed(concern(position).cause);
  const double by_manager_chance = manager.notice.value * (cause != nullptr ? cause->manager : 1.0);
  const bool by_manager = manager.enabled == Switch::on && notice.uniform() < by_manager_chance;
  bool by_peer = false;
  if (peer.enabled == Switch::on && peer.notice.value > 0.0)
    by_peer = notice.second_uniform() < peer_notice(position);
  if (!by_manager && !by_peer) return;
  const Draw delay = context.random().draw(key, DrawPurpose::notice_delay, state.episode);
  if (by_manager) speak_up(Channel::manager, manager.delay, delay.uniform());
  if (by_peer) speak_up(Channel::peer, peer.delay, delay.second_uniform());
}

void UnitProcess::be_noticed(std::uint32_t position, std::uint32_t episode, Channel channel,
                             Context& context) {
  if (!is_unsupported(position) || people_[position].episode != episode) return;
  request(position, channel, SimDuration{}, context);
}

double UnitProcess::peer_notice(std::uint32_t position) const {
  const Scenario& s = rules_->scenario;
  const double one = s.activation.peer.notice.value * (1.0 - s.environment.isolation);
  if (surroundings_.network == nullptr) return one * awareness_;
  double unnoticed = 1.0;
  const auto& awareness = surroundings_.board->awareness(week_);
  for (const std::uint32_t colleague : surroundings_.network->neighbors(clinician(position)))
    unnoticed *= 1.0 - one * static_cast<double>(awareness[organization_.unit_of[colleague]]);
  return probability(1.0 - unnoticed, "being noticed by a colleague has no probability");
}

double UnitProcess::users_nearby() const {
  const auto& users = surroundings_.board->users(week_);
  if (surroundings_.ties == nullptr) return static_cast<double>(users[id_.index()]);
  double sum = 0.0;
  double ties = 0.0;
  for (const UnitTies::Entry& entry : surroundings_.ties->row(id_.value())) {
    sum += entry.ties * static_cast<double>(users[entry.unit]);
    ties += entry.ties;
  }
  return ties > 0.0 ? sum / ties : 0.0;
}

void UnitProcess::meet_on_round(std::uint64_t week, Context& context) {
  const Rounding& rounding = rules_->scenario.activation.rounding;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    if (!is_unsupported(position)) continue;
    const double uniform = context.random().draw(person_key(position), DrawPurpose::rounding, week).uniform();
    if (uniform < rounding.notice.value) request(position, Channel::rounding, SimDuration{}, context);
  }
}

void UnitProcess::follow_up(std::uint32_t position, Context& context) {
  if (!is_unsupported(position)) return;
  request(position, Channel::follow_up, SimDuration{}, context);
}

void UnitProcess::ask_again(std::uint32_t position, std::uint32_t episode, Context& context) {
  // Episodes of a position are numbered on: whoever holds it now had none of that number before.
  if (!is_unsupported(position) || people_[position].episode != episode) return;
  request(position, Channel::self_referral, SimDuration{}, context);
}

void UnitProcess::step_awareness(Context& context) {
  const Scenario& s = rules_->scenario;
  const Awareness& spec = s.activation.awareness;
  double told = 0.0;
  if (s.loops.visibility == Switch::on)
    told = spec.word_of_mouth * (1.0 - s.environment.isolation) * users_nearby();
  const double gain = spec.campaign.per_day * days_per_week + told;
  awareness_ += gain * (1.0 - awareness_) - spec.forgetting.per_day * days_per_week * awareness_;
  awareness_ = std::clamp(awareness_, 0.0, 1.0);
  surroundings_.board->show_unit(week_, id_.value(), static_cast<float>(awareness_),
                                 static_cast<float>(users_) / static_cast<float>(unit_.size));
  users_ = 0;
  constexpr double scale = 1048576.0;
  context.state(PeerFact::unit_climate, id_.value(),
                fixed_point(awareness_, scale, "awareness is not a number"),
                fixed_point(trust_, scale, "trust is not a number"));
  const double moved = trust_ - told_trust_;
  if (moved < told_step && moved > -told_step) return;
  told_trust_ = trust_;
  context.send(desk_channel, s.delays.unit_to_desk, Happening::climate,
               {0, std::bit_cast<std::uint64_t>(trust_), std::bit_cast<std::uint64_t>(awareness_)});
}

void UnitProcess::learn(TrustSignal signal) {
  const Scenario& s = rules_->scenario;
  const double rate = s.activation.trust.learning;
  if (signal == TrustSignal::kept && s.loops.visibility == Switch::on) trust_ += rate * (1.0 - trust_);
  if (signal == TrustSignal::broken && s.loops.delay == Switch::on) trust_ -= rate * trust_;
  if (signal == TrustSignal::breached) trust_ *= 1.0 - s.activation.trust.breach_loss.value;
}

}  // namespace peercap::peer_support
