#include "models/peer_support/behavior/desk_process.h"

#include <bit>

namespace peercap::peer_support {
namespace {

constexpr double unheard_trust = 0.6;  // of a unit that has not told its trust yet; assumed

/// The other site with the most supporters for each clinician; the first of equals, none without supporters.
std::optional<SiteId> find_helping_site(const Organization& organization, SiteId own) {
  const std::size_t sites = organization.site_names.size();
  std::vector<std::uint64_t> supporters(sites, 0);
  std::vector<std::uint64_t> people(sites, 0);
  for (const SupporterEntry& entry : organization.supporters)
    ++supporters[organization.unit(entry.unit).site.index()];
  for (const Unit& unit : organization.units) people[unit.site.index()] += unit.size;
  std::optional<SiteId> best;
  for (std::size_t s = 0; s < sites; ++s) {
    if (s == own.index() || supporters[s] == 0) continue;
    if (!best || supporters[s] * people[best->index()] > supporters[best->index()] * people[s])
      best = SiteId{s};
  }
  return best;
}

}  // namespace

DeskProcess::DeskProcess(const Rules& rules, const Organization& organization, const RandomSource& random,
                         SiteId site, WeeklyBoard& board)
    : rules_{&rules},
      organization_{organization},
      calendar_{rules, organization, random},
      site_{site},
      first_unit_{organization.first_unit_of_site[site.index()]},
      unit_count_{organization.first_unit_of_site[site.index() + 1] - first_unit_},
      first_clinician_{unit_count_ > 0 ? organization.units[first_unit_].first_clinician : 0},
      supporters_{rules},
      helping_site_{find_helping_site(organization, site)},
      merger_{find_merger()},
      board_{board},
      week_{week_number(rules.begin)} {
  std::size_t people = 0;
  for (std::uint32_t i = 0; i < unit_count_; ++i) people += organization.units[first_unit_ + i].size;
  clients_.resize(people);
  trust_.resize(unit_count_, unheard_trust);
  told_embedded_.resize(unit_count_, 0);
  // Units can read it before this office starts.
  for (std::uint32_t id = 0; id < organization.supporters.size(); ++id)
    if (organization.unit(organization.supporters[id].unit).site == site)
      board_.show_supporter(week_ + 2, id, organization.supporters[id].initial);
}

std::string DeskProcess::name() const {
  return "desk " + organization_.site_names[site_.index()];
}

bool DeskProcess::is_of_site(ClinicianId person) const {
  return person.value() >= first_clinician_ && person.value() - first_clinician_ < clients_.people();
}

ClientRecord& DeskProcess::client_record(ClinicianId person) {
  return is_of_site(person) ? clients_.entry(person.index() - first_clinician_)
                            : foreign_clients_[person.value()];
}

std::uint32_t DeskProcess::supporter_index_of(ClinicianId person) const {
  return is_of_site(person) ? clients_[person.index() - first_clinician_].supporter : no_case;
}

std::uint32_t DeskProcess::open_case_of(ClinicianId person) const {
  if (is_of_site(person)) return clients_[person.index() - first_clinician_].open_case;
  const auto found = foreign_clients_.find(person.value());
  return found != foreign_clients_.end() ? found->second.open_case : no_case;
}

bool DeskProcess::is_in_support(ClinicianId person) const {
  return clients_[person.index() - first_clinician_].open_case != no_case ||
         (!transferred_.empty() && transferred_.contains(person.value()));
}

std::uint32_t DeskProcess::channel_to_desk(SiteId site) const {
  const auto destinations = static_cast<std::uint32_t>(rules_->scenario.referrals.destinations.size());
  return unit_count_ + destinations + site.value() - (site > site_ ? 1U : 0U);
}

std::uint32_t DeskProcess::channel_to_unit(std::uint32_t unit) const {
  if (unit >= first_unit_ && unit < first_unit_ + unit_count_) return unit - first_unit_;
  const auto destinations = static_cast<std::uint32_t>(rules_->scenario.referrals.destinations.size());
  const auto other_sites = static_cast<std::uint32_t>(organization_.site_names.size()) - 1U;
  return unit_count_ + destinations + other_sites + (unit < first_unit_ ? unit : unit - unit_count_);
}

ClinicianId DeskProcess::sender_of(const Event& event) const {
  return ClinicianId{organization_.unit(UnitId{event.tie.source().index()}).first_clinician + event.small};
}

bool DeskProcess::is_current(const CaseReference& reference) const {
  const Case& the_case = cases_[reference.index];
  return the_case.stage != CaseStage::free && the_case.generation == reference.generation;
}

std::uint32_t DeskProcess::supporter_slot(std::uint32_t index, SupporterTimer timer) const {
  return index * timers_per_supporter + timer;
}

std::uint32_t DeskProcess::case_slot(std::uint32_t index, CaseTimer timer) const {
  return static_cast<std::uint32_t>(supporters_.size()) * timers_per_supporter + index * timers_per_case +
         timer;
}

std::uint32_t DeskProcess::case_of_slot(std::uint64_t slot) const {
  return (static_cast<std::uint32_t>(slot) -
          static_cast<std::uint32_t>(supporters_.size()) * timers_per_supporter) /
         timers_per_case;
}

void DeskProcess::handle(const Event& event, Context& context) {
  if (const Rules* present = &rules_->at(context.now()); present != rules_) {
    rules_ = present;
    calendar_.follow(*present);
    supporters_.follow(*present);
  }
  switch (event.kind_as<Happening>()) {
    case Happening::request:
      receive_request(RequestMessage::unpack(event), sender_of(event), context);
      break;
    case Happening::distress_view:
      receive_view(ViewMessage::unpack(event), sender_of(event), context);
      break;
    case Happening::supporter_state:
      // Whoever has taken the place of a supporter is none.
      if (const std::uint32_t index = supporter_index_of(sender_of(event)); index != no_case)
        supporters_[index].exhaustion = std::bit_cast<double>(event.b);
      break;
    case Happening::climate:
      trust_[event.tie.source().value() - first_unit_] = std::bit_cast<double>(event.a);
      break;
    case Happening::desk_tick:
      run_week(context);
      break;
    case Happening::triage_done:
      in_triage_.reset();
      if (is_current({static_cast<std::uint32_t>(event.a), event.b}))
        finish_triage(static_cast<std::uint32_t>(event.a), context);
      begin_next_triage(context);
      break;
    case Happening::give_up:
      give_up(case_of_slot(event.a), context);
      break;
    case Happening::recovered:
      recover(case_of_slot(event.a), context);
      break;
    case Happening::relax:
      cases_[case_of_slot(event.a)].relaxed = true;
      try_match(case_of_slot(event.a), context);
      break;
    case Happening::overflow:
      overflow(event.a, context);
      break;
    case Happening::session_begins:
      begin_session(case_of_slot(event.a), context);
      break;
    case Happening::session_ends:
      if (is_current({static_cast<std::uint32_t>(event.a), event.b}))
        end_session(static_cast<std::uint32_t>(event.a), context);
      break;
    case Happening::rebook:
      book_next_session(case_of_slot(event.a), context.now(), context);
      break;
    case Happening::leave_role:
      leave(static_cast<std::uint32_t>(event.a) / timers_per_supporter, ExitReason::role, context);
      break;
    case Happening::leave_begins:
      go_on_leave(static_cast<std::uint32_t>(event.a) / timers_per_supporter, context);
      break;
    case Happening::leave_ends:
      come_back(static_cast<std::uint32_t>(event.a) / timers_per_supporter, context);
      break;
    case Happening::on_call_changes:
      if (event.small != 0 || context.now() == next_on_call_change_) change_on_call(context);
      break;
    case Happening::employment_ended:
      end_membership(sender_of(event), static_cast<std::uint32_t>(event.a), context);
      break;
    case Happening::transferred_left:
      end_membership(ClinicianId{event.a}, 0, context);
      break;
    case Happening::transfer:
    case Happening::transfer_times:
      receive_transfer(event, context);
      break;
    case Happening::transfer_closed:
      end_transfer(event, context);
      break;
    case Happening::referral_failed:
      hear_of_loss(ReferralMessage::unpack(event), context);
      break;
    case Happening::group_debrief_wanted:
      plan_group_debrief(event.a, event.tie.source().value() - first_unit_, context);
      break;
    case Happening::group_debrief_ends:
      end_group_debrief(event.a, static_cast<std::uint32_t>(event.b), context);
      break;
    case Happening::follow_up:
      follow_up(event, context);
      break;
    case Happening::direct_request:
      receive_direct_request(event.a, context);
      break;
    case Happening::take_over:
      take_over(context);
      break;
    case Happening::merging:
      merge(context);
      break;
    default:
      break;
  }
}

}  // namespace peercap::peer_support
