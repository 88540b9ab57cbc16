#include "models/peer_support/observation/outcomes.h"

#include <algorithm>

namespace peercap::peer_support {
namespace {

constexpr double ticks_per_hour = 3.6e9;
constexpr double undefined = MeasureSheet::undefined;

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

void evaluate_equity(MeasureSheet& sheet, const RunRecord& record) {
  constexpr std::int64_t least_episodes = 30;
  const auto gap = [&](Grouping grouping) {
    double low = 2.0;
    double high = -1.0;
    int groups = 0;
    for (const GroupRow& row : record.groups[static_cast<std::size_t>(grouping)]) {
      if (row.episodes < least_episodes) continue;
      const double coverage = ratio(row.episodes_contacted, row.episodes);
      low = std::min(low, coverage);
      high = std::max(high, coverage);
      ++groups;
    }
    return groups >= 2 ? high - low : undefined;
  };
  sheet[Measure::profession_gap] = gap(Grouping::profession);
  sheet[Measure::career_stage_gap] = gap(Grouping::career_stage);
  sheet[Measure::shift_gap] = gap(Grouping::shift_pattern);
  sheet[Measure::site_gap] = gap(Grouping::site);

  struct UnitCoverage {
    double coverage;
    std::int64_t episodes;
    std::int64_t contacted;
  };
  std::vector<UnitCoverage> units;
  std::int64_t episodes = 0;
  for (const UnitRow& row : record.units) {
    if (row.episodes == 0) continue;
    units.push_back({ratio(row.episodes_contacted, row.episodes), row.episodes, row.episodes_contacted});
    episodes += row.episodes;
  }
  std::ranges::stable_sort(units, {}, &UnitCoverage::coverage);
  // The Lorenz curve of contacts over episodes, units in ascending order of coverage; the area below it by
  // trapezoids.
  std::int64_t contacted = 0;
  double area = 0.0;
  double before = 0.0;
  std::int64_t worst_episodes = 0;
  std::int64_t worst_contacted = 0;
  for (const UnitCoverage& unit : units) {
    if (10 * worst_episodes < episodes) {
      worst_episodes += unit.episodes;
      worst_contacted += unit.contacted;
    }
    contacted += unit.contacted;
    area += static_cast<double>(unit.episodes) * (before + static_cast<double>(contacted)) / 2.0;
    before = static_cast<double>(contacted);
  }
  sheet[Measure::worst_decile_share] = ratio(worst_contacted, worst_episodes);
  if (contacted > 0)
    sheet[Measure::unit_gini] =
        1.0 - 2.0 * area / (static_cast<double>(episodes) * static_cast<double>(contacted));
}

/// Share of the quarters with judged requests in which the contacts within the limit stay below the floor.
double share_of_failed_quarters(const std::vector<WeekRow>& weeks, double floor) {
  constexpr std::size_t weeks_per_quarter = 13;
  std::int64_t quarters = 0;
  std::int64_t failed = 0;
  for (std::size_t begin = 0; begin + weeks_per_quarter <= weeks.size(); begin += weeks_per_quarter) {
    std::int64_t judged = 0;
    std::int64_t in_time = 0;
    for (std::size_t i = begin; i < begin + weeks_per_quarter; ++i) {
      judged += weeks[i].judged;
      in_time += weeks[i].judged_within_limit;
    }
    if (judged == 0) continue;
    ++quarters;
    failed += ratio(in_time, judged) < floor ? 1 : 0;
  }
  return ratio(failed, quarters);
}

void evaluate_resilience(MeasureSheet& sheet, const RunRecord& record, const Rules& rules) {
  const Scenario& s = rules.scenario;
  if (record.weeks.empty()) return;
  const double floor = s.resilience.supporter_floor * static_cast<double>(s.supporters.count);
  sheet[Measure::quarters_below_floor_share] =
      share_of_failed_quarters(record.weeks, s.resilience.contact_floor);
  sheet[Measure::collapsed] = 0.0;
  for (std::size_t i = 0; i < record.weeks.size(); ++i)
    if (s.program.enabled == Switch::on && static_cast<double>(record.weeks[i].active_supporters) < floor) {
      sheet[Measure::collapsed] = 1.0;
      sheet[Measure::weeks_to_collapse] = static_cast<double>(i);
      break;
    }
  // The first phase after the start is the shock; it is over when the last phase begins.
  const Rules* last = &rules;
  while (last->next_phase != nullptr) last = last->next_phase;
  if (last == &rules || rules.phase_end <= rules.start) return;
  const auto week_at = [&](SimTime t) {
    return static_cast<std::size_t>(std::max((t - rules.start) / weeks(1), std::int64_t{0}));
  };
  const std::size_t shock = std::min(week_at(rules.phase_end), record.weeks.size());
  if (shock == 0) return;
  double before = 0.0;
  for (std::size_t i = 0; i < shock; ++i) before += static_cast<double>(record.weeks[i].distressed);
  before /= static_cast<double>(shock);
  const std::size_t over = week_at(last->phase_begin);
  for (std::size_t i = over; i < record.weeks.size(); ++i)
    if (static_cast<double>(record.weeks[i].distressed) <= 1.1 * before) {
      sheet[Measure::weeks_to_recover] = static_cast<double>(i - over);
      return;
    }
}

void evaluate_costs(MeasureSheet& sheet, const RunRecord& record, const Rules& rules,
                    const Organization& organization, const Frame& frame) {
  const Scenario& s = rules.scenario;
  const Costs& costs = s.costs;
  const RunCounts& c = record.counts;
  double turnover = 0.0;
  for (std::size_t i = 0; i < organization.profession_names.size(); ++i) {
    const std::string& name = organization.profession_names[i];
    const double each = name == "nurse"       ? costs.turnover_nurse
                        : name == "physician" ? costs.turnover_physician
                                              : costs.turnover_other;
    turnover += each * static_cast<double>(record.leavers_by_profession[i]);
  }
  sheet[Measure::turnover_cost_per_year] = turnover / frame.years;
  if (s.program.enabled == Switch::off) return;
  const auto hours_of = [](std::int64_t ticks) { return static_cast<double>(ticks) / ticks_per_hour; };
  const auto training = c.program_ticks[static_cast<std::size_t>(ProgramWork::training)] +
                        c.program_ticks[static_cast<std::size_t>(ProgramWork::refresher)];
  const double supporters =
      hours_of(c.protected_ticks + c.overload_ticks + total(c.program_ticks) - training);
  std::int64_t treatments = 0;
  for (const DestinationRow& row : record.destinations) treatments += row.begun;
  const double coordination = s.program.coordinator_hours.hours_per_week * frame.weeks *
                              static_cast<double>(organization.site_names.size());
  const double program =
      (supporters * costs.supporter_hour + hours_of(training) * costs.training_hour +
       coordination * costs.coordinator_hour + static_cast<double>(treatments) * costs.referral) /
      frame.years;
  sheet[Measure::program_cost_per_year] = program;
  sheet[Measure::cost_per_contact] =
      ratio(program, static_cast<double>(total(c.first_contacts)) / frame.years);
  std::int64_t resolved = 0;
  for (const auto& by_end : c.ended) resolved += by_end[static_cast<std::size_t>(RequestEnd::resolved)];
  sheet[Measure::cost_per_resolved] = ratio(program, static_cast<double>(resolved) / frame.years);
}

void compare_with_twin(std::array<double, measure_count>& measures,
                       const std::array<double, measure_count>& twin) {
  const auto here = [&](Measure m) -> double& { return measures[static_cast<std::size_t>(m)]; };
  const auto averted = [&](Measure m) { return twin[static_cast<std::size_t>(m)] - here(m); };
  here(Measure::distressed_days_averted) = averted(Measure::distressed_days_per_clinician_year);
  here(Measure::exhausted_share_averted) = averted(Measure::clinicians_exhaustion_concerning_share);
  here(Measure::leavers_averted_per_year) = averted(Measure::clinicians_left_per_year);
  here(Measure::net_benefit_per_year) =
      averted(Measure::turnover_cost_per_year) - here(Measure::program_cost_per_year);
}

}  // namespace peercap::peer_support
