// Whether the program lasts, and what a shock does to it.

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/peer_support/observation/evaluation.h"
#include "models/peer_support/observation/outcomes.h"

namespace peercap::peer_support {
namespace {

/// Share of the judged requests of the weeks [begin, end) that were contacted within the limit.
double share_in_time(const std::vector<WeekRow>& weeks, std::size_t begin, std::size_t end) {
  std::int64_t judged = 0;
  std::int64_t in_time = 0;
  for (std::size_t i = begin; i < end; ++i) {
    judged += weeks[i].judged;
    in_time += weeks[i].judged_within_limit;
  }
  return ratio(in_time, judged);
}

/// Quarters in which the contacts within the limit stay below the floor; those with no judged request are
/// left out.
void judge_quarters(MeasureSheet& sheet, const std::vector<WeekRow>& weeks, double floor) {
  constexpr std::size_t weeks_per_quarter = 13;
  std::int64_t quarters = 0;
  std::int64_t failed = 0;
  for (std::size_t begin = 0; begin + weeks_per_quarter <= weeks.size(); begin += weeks_per_quarter) {
    const double share = share_in_time(weeks, begin, begin + weeks_per_quarter);
    if (std::isnan(share)) continue;
    ++quarters;
    if (share >= floor) continue;
    if (failed == 0)
      sheet[Measure::weeks_to_service_failure] = static_cast<double>(begin + weeks_per_quarter);
    ++failed;
  }
  sheet[Measure::quarters_below_floor_share] = ratio(failed, quarters);
  if (quarters > 0) sheet[Measure::service_failed] = failed > 0 ? 1.0 : 0.0;
}

/// The weeks before and after the first scheduled change, by their place in RunRecord::weeks.
struct Aftermath {
  std::size_t before = 0;  ///< whole weeks before the change
  std::size_t begin = 0;   ///< the first week that begins when it is over
  std::size_t end = 0;     ///< the first week that is not wholly before the next change, or the end
};

/// Of the changes that begin in the horizon, the one that begins first; changes that begin on one day count
/// as one. Nothing if there is none, or if what was before or after it cannot be told.
std::optional<Aftermath> aftermath_of_first_change(const Rules& rules, std::size_t week_count) {
  const std::vector<ScheduledChange>& schedule = rules.scenario.schedule;
  const auto begin_of_change = [](const ScheduledChange& c) { return c.at.date->midnight(); };
  SimTime begin = SimTime::never();
  for (const ScheduledChange& change : schedule)
    if (change.at.date && begin_of_change(change) >= rules.start)
      begin = std::min(begin, begin_of_change(change));
  SimTime over = begin;
  SimTime next = rules.end;
  for (const ScheduledChange& change : schedule) {
    if (!change.at.date) continue;
    if (begin_of_change(change) == begin) {
      over =
          std::max(over, (change.until.date ? *change.until.date : *change.at.date).midnight() + change.over);
      continue;
    }
    if (begin_of_change(change) > begin) next = std::min(next, begin_of_change(change));
    if (change.until.date && change.until.date->midnight() > begin)
      next = std::min(next, change.until.date->midnight());
  }
  if (begin >= rules.end || over >= next) return std::nullopt;
  const SimTime first_monday = rules.start + duration_from_days(series_days(rules, 1)[0]);
  const auto whole_weeks = [&](SimTime t) {
    return t <= first_monday ? std::size_t{0} : static_cast<std::size_t>((t - first_monday) / weeks(1));
  };
  const bool on_monday = over <= first_monday || (over - first_monday).ticks() % weeks(1).ticks() == 0;
  const Aftermath found{whole_weeks(begin), whole_weeks(over) + (on_monday ? 0 : 1),
                        std::min(whole_weeks(next), week_count)};
  if (found.before == 0 || found.begin >= found.end) return std::nullopt;
  return found;
}

/// The share in distress is back within a tenth of its mean before the change.
void judge_recovery(MeasureSheet& sheet, const std::vector<WeekRow>& weeks, const Aftermath& aftermath) {
  double before = 0.0;
  for (std::size_t i = 0; i < aftermath.before; ++i) before += static_cast<double>(weeks[i].distressed);
  before /= static_cast<double>(aftermath.before);
  sheet[Measure::recovered_share] = 0.0;
  for (std::size_t i = aftermath.begin; i < aftermath.end; ++i) {
    if (static_cast<double>(weeks[i].distressed) > 1.1 * before) continue;
    sheet[Measure::recovered_share] = 1.0;
    sheet[Measure::weeks_to_recover] = static_cast<double>(i - aftermath.begin);
    return;
  }
}

/// Requests are few: what they meet is judged over four weeks at a time.
void judge_recovery_of_service(MeasureSheet& sheet, const std::vector<WeekRow>& weeks,
                               const Aftermath& aftermath) {
  constexpr std::size_t window = 4;
  const double before = share_in_time(weeks, 0, aftermath.before);
  if (std::isnan(before) || aftermath.begin + window > aftermath.end) return;
  sheet[Measure::service_recovered_share] = 0.0;
  for (std::size_t i = aftermath.begin; i + window <= aftermath.end; ++i) {
    const double share = share_in_time(weeks, i, i + window);
    if (std::isnan(share) || share < 0.9 * before) continue;
    sheet[Measure::service_recovered_share] = 1.0;
    sheet[Measure::weeks_to_recover_service] = static_cast<double>(i - aftermath.begin);
    return;
  }
}

/// Sets the variance (n - 1) of a weekly number and its correlation with that of the week after.
void judge_fluctuation(MeasureSheet& sheet, const std::vector<WeekRow>& weeks, std::int64_t WeekRow::*number,
                       Measure variance, Measure autocorrelation) {
  if (weeks.size() < 3) return;
  std::int64_t sum = 0;
  for (const WeekRow& week : weeks) sum += week.*number;
  const auto n = static_cast<double>(weeks.size());
  const double mean = static_cast<double>(sum) / n;
  double squares = 0.0;
  double products = 0.0;
  double before = 0.0;
  for (const WeekRow& week : weeks) {
    const double away = static_cast<double>(week.*number) - mean;
    squares += away * away;
    products += before * away;
    before = away;
  }
  sheet[variance] = squares / (n - 1.0);
  if (squares > 0.0) sheet[autocorrelation] = products / squares;
}

}  // namespace

void evaluate_early_warning(MeasureSheet& sheet, const RunRecord& record) {
  judge_fluctuation(sheet, record.weeks, &WeekRow::waiting, Measure::waiting_variance,
                    Measure::waiting_autocorrelation);
  judge_fluctuation(sheet, record.weeks, &WeekRow::active_supporters, Measure::supporters_variance,
                    Measure::supporters_autocorrelation);
}

void evaluate_resilience(MeasureSheet& sheet, const RunRecord& record, const Rules& rules) {
  const Scenario& s = rules.scenario;
  if (record.weeks.empty()) return;
  const double floor = s.resilience.supporter_floor * static_cast<double>(s.supporters.count);
  judge_quarters(sheet, record.weeks, s.resilience.contact_floor);
  sheet[Measure::collapsed] = 0.0;
  for (std::size_t i = 0; i < record.weeks.size(); ++i)
    if (s.program.enabled == Switch::on && static_cast<double>(record.weeks[i].active_supporters) < floor) {
      sheet[Measure::collapsed] = 1.0;
      sheet[Measure::weeks_to_collapse] = static_cast<double>(i);
      break;
    }
  if (const auto aftermath = aftermath_of_first_change(rules, record.weeks.size())) {
    judge_recovery(sheet, record.weeks, *aftermath);
    judge_recovery_of_service(sheet, record.weeks, *aftermath);
  }
}

}  // namespace peercap::peer_support
