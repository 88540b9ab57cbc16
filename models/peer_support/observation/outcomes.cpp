#include "models/peer_support/observation/outcomes.h"

#include <algorithm>

#include "models/peer_support/observation/episode_reach.h"

namespace peercap::peer_support {
namespace {

constexpr double ticks_per_hour = 3.6e9;

std::int64_t requests_by(const RunCounts& counts, Channel channel) {
  return counts.requests[static_cast<std::size_t>(channel)];
}

}  // namespace

void evaluate_activation(MeasureSheet& sheet, const RunRecord& record, const Frame& frame) {
  const RunCounts& c = record.counts;
  const auto by_channel = [&](Measure measure, Channel channel) {
    sheet[measure] = static_cast<double>(requests_by(c, channel)) / frame.years;
  };
  by_channel(Measure::manager_referrals_per_year, Channel::manager);
  by_channel(Measure::peer_referrals_per_year, Channel::peer);
  by_channel(Measure::embedded_referrals_per_year, Channel::embedded);
  by_channel(Measure::rounding_referrals_per_year, Channel::rounding);
  by_channel(Measure::follow_up_requests_per_year, Channel::follow_up);
  sheet[Measure::group_debriefs_per_year] = static_cast<double>(c.group_debriefs) / frame.years;
  sheet[Measure::group_debrief_people_per_year] = static_cast<double>(c.group_debrief_people) / frame.years;
  sheet[Measure::turned_elsewhere_per_year] = static_cast<double>(c.turned_elsewhere) / frame.years;
  double awareness = 0.0;
  double trust = 0.0;
  for (const WeekRow& week : record.weeks) {
    awareness += static_cast<double>(week.awareness) / 1048576.0;
    trust += static_cast<double>(week.trust) / 1048576.0;
  }
  const double person_weeks = frame.clinicians * static_cast<double>(record.weeks.size());
  sheet[Measure::awareness_mean] = ratio(awareness, person_weeks);
  sheet[Measure::trust_mean] = ratio(trust, person_weeks);
  std::int64_t sum = 0;
  std::int64_t most = 0;
  for (const std::int64_t month : record.month_requests) {
    sum += month;
    most = std::max(most, month);
  }
  sheet[Measure::requests_per_month_mean] =
      ratio(sum, static_cast<std::int64_t>(record.month_requests.size()));
  if (!record.month_requests.empty()) sheet[Measure::requests_per_month_max] = static_cast<double>(most);
}

void evaluate_waits(MeasureSheet& sheet, const RunRecord& record, const Rules& rules) {
  const RunCounts& c = record.counts;
  sheet[Measure::coverage_person_time_share] = ratio(c.supported_ticks, c.distressed_ticks);
  if (record.waits.total() > 0) {
    const IncidenceCurve waits = record.waits.estimate();
    const auto lost_by = [&](std::int64_t time) {
      double lost = 0.0;
      for (const WaitEnd end : {WaitEnd::gave_up, WaitEnd::recovered, WaitEnd::other})
        lost += waits.incidence_at(static_cast<int>(end), time);
      return lost;
    };
    const auto contacted = static_cast<int>(WaitEnd::contacted);
    sheet[Measure::contact_incidence_24h] = waits.incidence_at(contacted, hours(24).ticks());
    sheet[Measure::contact_incidence_72h] = waits.incidence_at(contacted, hours(72).ticks());
    sheet[Measure::lost_waiting_incidence_72h] = lost_by(hours(72).ticks());
    // An incidence of one half is a sum of fractions and can fall short of it by rounding.
    if (const auto half = waits.duration_at(contacted, 0.5 - 1e-12))
      sheet[Measure::hours_to_contact_incidence_median] = static_cast<double>(*half) / ticks_per_hour;
  }
  const EpisodeReach reach = reach_of_episodes(record);
  if (reach.waits.total() > 0) {
    const IncidenceCurve curve = reach.waits.estimate();
    const auto by = [&](SimDuration time) {
      return curve.incidence_at(static_cast<int>(WaitEnd::contacted), time.ticks());
    };
    sheet[Measure::episodes_contacted_24h_share] = by(hours(24));
    sheet[Measure::episodes_contacted_72h_share] = by(hours(72));
  }
  if (record.recoveries.total() == 0) return;
  const IncidenceCurve recoveries = record.recoveries.estimate();
  const SimDuration horizon = rules.end - rules.start;
  if (horizon > days(30))
    sheet[Measure::unrecovered_after_30_days_share] = recoveries.event_free_at(days(30).ticks());
  if (horizon > days(365))
    sheet[Measure::unrecovered_after_1_year_share] = recoveries.event_free_at(days(365).ticks());
}

void evaluate_workforce(MeasureSheet& sheet, const RunRecord& record, const Organization& organization,
                        const Frame& frame) {
  const RunCounts& c = record.counts;
  sheet[Measure::clinicians_left_per_year] = static_cast<double>(c.clinicians_left) / frame.years;
  sheet[Measure::clinician_exit_rate] =
      static_cast<double>(c.clinicians_left) / frame.years / frame.clinicians;
  const auto& professions = record.groups[static_cast<std::size_t>(Grouping::profession)];
  for (std::size_t i = 0; i < organization.profession_names.size(); ++i) {
    const std::string& name = organization.profession_names[i];
    if (name != "nurse" && name != "physician") continue;
    sheet[name == "nurse" ? Measure::nurse_exit_rate : Measure::physician_exit_rate] =
        ratio(static_cast<double>(record.leavers_by_profession[i]),
              static_cast<double>(professions[i].people) * frame.years);
  }
  sheet[Measure::clinicians_left_concerning_share] = ratio(c.clinicians_left_concerning, c.clinicians_left);
  sheet[Measure::vacancies_at_end_share] = 1.0 - static_cast<double>(c.present_at_end) / frame.clinicians;
  sheet[Measure::supporters_joined_per_year] = static_cast<double>(c.supporters_joined) / frame.years;
  const auto hours_of = [](std::int64_t ticks) { return static_cast<double>(ticks) / ticks_per_hour; };
  sheet[Measure::program_hours_per_week] = hours_of(total(c.program_ticks)) / frame.weeks;
  sheet[Measure::program_overload_hours_per_week] = hours_of(total(c.program_beyond_ticks)) / frame.weeks;
  const auto work = [&](ProgramWork kind) { return c.program_ticks[static_cast<std::size_t>(kind)]; };
  sheet[Measure::training_hours_per_year] =
      hours_of(work(ProgramWork::training) + work(ProgramWork::refresher)) / frame.years;
}

void evaluate_surveys(MeasureSheet& sheet, const RunRecord& record) {
  WaveRow sum;
  for (const WaveRow& wave : record.waves) {
    sum.clinicians += wave.clinicians;
    sum.clinicians_concerning += wave.clinicians_concerning;
    sum.supporters += wave.supporters;
    sum.trauma_low += wave.trauma_low;
    sum.satisfied += wave.satisfied;
    sum.supporters_concerning += wave.supporters_concerning;
    for (std::size_t i = 0; i < challenge_count; ++i) sum.challenges[i] += wave.challenges[i];
  }
  sheet[Measure::surveyed_clinicians_exhausted_share] = ratio(sum.clinicians_concerning, sum.clinicians);
  sheet[Measure::surveyed_trauma_low_share] = ratio(sum.trauma_low, sum.supporters);
  sheet[Measure::surveyed_satisfaction_share] = ratio(sum.satisfied, sum.supporters);
  sheet[Measure::surveyed_supporters_exhausted_share] = ratio(sum.supporters_concerning, sum.supporters);
  const auto named = [&](Challenge challenge) {
    return ratio(sum.challenges[static_cast<std::size_t>(challenge)], total(sum.challenges));
  };
  sheet[Measure::challenge_time_share] = named(Challenge::time);
  sheet[Measure::challenge_isolation_share] = named(Challenge::isolation);
  sheet[Measure::challenge_own_stress_share] = named(Challenge::own_stress);
  sheet[Measure::challenge_training_share] = named(Challenge::training);
  sheet[Measure::challenge_none_share] = named(Challenge::none);
}

}  // namespace peercap::peer_support
