// New supporters: invited in cohorts from those next in line, then trained.

#include <algorithm>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/exact_math.h"
#include "sim/support/checked_number.h"

namespace peercap::peer_support {

void DeskProcess::line_up_candidates() {
  for (std::uint32_t i = 0; i < supporters_.size(); ++i)
    if (supporters_[i].role == SupporterRole::candidate) candidates_.push_back(i);
  std::ranges::sort(candidates_, {}, [this](std::uint32_t i) { return supporters_[i].rank; });
}

int DeskProcess::cohort_share() const {
  // In proportion to the sites' sizes; what is left over goes to the first sites, one each.
  const auto invited = static_cast<std::uint64_t>(rules_->scenario.supporters.recruitment.invited);
  const auto people = static_cast<std::uint64_t>(organization_.clinician_count());
  std::vector<std::uint64_t> sizes(organization_.site_names.size(), 0);
  for (const Unit& unit : organization_.units) sizes[unit.site.index()] += unit.size;
  std::uint64_t given = 0;
  for (const std::uint64_t size : sizes) given += invited * size / people;
  const std::uint64_t own = invited * sizes[site_.index()] / people;
  return static_cast<int>(own + (site_.index() < invited - given ? 1 : 0));
}

double DeskProcess::joining_probability() const {
  const Recruitment& spec = rules_->scenario.supporters.recruitment;
  double trust = 0.0;
  for (const double level : trust_) trust += level / static_cast<double>(trust_.size());
  double satisfaction = 0.0;
  double active = 0.0;
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    if (!supporters_[i].is_active()) continue;
    satisfaction += supporters_.satisfaction_z(supporters_[i]);
    active += 1.0;
  }
  if (active > 0.0) satisfaction /= active;
  constexpr double neutral_trust = 0.5;
  const double logit = spec.acceptance_logit + spec.trust_gain * (trust - neutral_trust) +
                       spec.satisfaction_gain * satisfaction;
  return probability(1.0 / (1.0 + exact::exp(-logit)), "joining the program has no probability");
}

void DeskProcess::invite_cohort(Context& context) {
  const Recruitment& spec = rules_->scenario.supporters.recruitment;
  const std::int64_t week = week_of_run(context.now());
  if (spec.enabled == Switch::off || rules_->scenario.loops.recruitment == Switch::off) return;
  if (week == 0 || week % spec.interval_weeks != 0) return;
  const double probability = joining_probability();
  int places = cohort_share();
  for (const std::uint32_t i : candidates_) {
    if (places == 0) break;
    SupporterState& candidate = supporters_[i];
    if (candidate.role != SupporterRole::candidate || candidate.invited) continue;
    if (open_case_of(candidate.clinician) != no_case) continue;  // another time
    candidate.invited = true;
    --places;
    const Draw answer = context.random().draw(supporter_key(candidate), DrawPurpose::recruitment_answer, 0);
    if (answer.uniform() >= probability) continue;
    set_role(i, SupporterRole::training, context);
    context.arm(supporter_slot(i, return_timer),
                saturating_add(context.now(), rules_->scenario.supporters.training.duration),
                Happening::leave_ends);
  }
}

void DeskProcess::finish_training(std::uint32_t index, Context& context) {
  const Training& spec = rules_->scenario.supporters.training;
  SupporterState& supporter = supporters_[index];
  spend_program_time(index, ProgramWork::training, spec.hours, context);
  const Draw answer = context.random().draw(supporter_key(supporter), DrawPurpose::recruitment_answer, 0);
  if (answer.second_uniform() < spec.drop_out.value) {
    leave(index, ExitReason::training, context);
    return;
  }
  supporter.last_training = context.now();
  supporter.term_began = context.now();
  set_role(index, SupporterRole::active, context);
}

}  // namespace peercap::peer_support
