#include "models/peer_support/observation/patterns.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "models/peer_support/observation/measure_sheet.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t months_per_year = 12;

/// Referrals a month of the program behind P1 (lane2018.volume: 165 in 34 months).
constexpr double published_monthly_mean = 165.0 / 34.0;

// Intervals of published shares are Wilson's, 95 %, from the counts that are stated with them.
constexpr std::array<PatternFigureInfo, pattern_figure_count> infos{{
    // Negative binomial months with the published mean show a range of 12 or less, and of 12 or more, in 34
    // months with at least 5 % each for dispersions from 0.95 to 5.8.
    {.pattern = 1,
     .name = "monthly_dispersion",
     .meaning = "variance over mean of monthly requests, scaled to 4.9 a month",
     .published = "0.95-5.8, from a range of 0-12 in 34 months of 4.9 on average",
     .evidence = "lane2018.volume",
     .accepted = {0.95, 5.8}},
    // About 12 calls in the first and 48 in the last year: 4 times, and exp(+-1.96 (1/12 + 1/48)^(1/2)) of
    // it.
    {.pattern = 2,
     .name = "self_referral_growth",
     .meaning = "self-referrals in the fourth year over those in the first, from awareness .1",
     .published = "4 (2.1-7.5): calls grew from about 1 to 4 a month in four years",
     .evidence = "edrees2016.calls",
     .accepted = {2.1, 7.5},
     .world = PatternWorld::new_program},
    {.pattern = 3,
     .name = "sessions_median",
     .meaning = "median sessions of a case; the cap cuts the right tail off",
     .published = "2, range 1-10",
     .evidence = "lane2018.sessions",
     .accepted = {1.5, 2.5},
     .origin = FigureOrigin::fitted},
    {.pattern = 4,
     .name = "escalated",
     .meaning = "supported people who are referred to professional help",
     .published = "10.8 % (6.8-16.9): 16 of 148",
     .evidence = "lane2018.escalated",
     .accepted = {0.068, 0.169},
     .is_share = true,
     .origin = FigureOrigin::fitted},
    {.pattern = 5,
     .name = "trauma_low",
     .meaning = "supporters with low secondary trauma, as surveyed",
     .published = "81.6 % (77.4-85.2) of 375",
     .evidence = "godfrey2022.trauma",
     .accepted = {0.774, 0.852},
     .is_share = true,
     .origin = FigureOrigin::fitted},
    {.pattern = 5,
     .name = "trauma_high",
     .meaning = "supporters with high secondary trauma, as surveyed",
     .published = "none (0-1.0 %) of 375",
     .evidence = "godfrey2022.trauma",
     .accepted = {0.0, 0.010},
     .is_share = true,
     .origin = FigureOrigin::fitted},
    {.pattern = 5,
     .name = "satisfied",
     .meaning = "supporters with moderate or high satisfaction, as surveyed",
     .published = "93.9 % (91.0-95.9) of 375",
     .evidence = "godfrey2022.satisfaction",
     .accepted = {0.910, 0.959},
     .is_share = true,
     .origin = FigureOrigin::fitted},
    {.pattern = 5,
     .name = "supporters_exhausted",
     .meaning = "supporters with concerning exhaustion, as surveyed",
     .published = "40-44 %, two accounts of one survey of 375",
     .evidence = "godfrey2022.exhaustion",
     .accepted = {0.40, 0.44},
     .is_share = true,
     .origin = FigureOrigin::fitted},
    {.pattern = 6,
     .name = "early_exhaustion",
     .meaning = "exhaustion of supporters of the first career stage less that of the others, points",
     .published = "above 0 (p = .04; youngest cohort p < .001)",
     .evidence = "godfrey2022.career",
     .accepted = {0.0, infinity},
     .whole_interval = true,
     .origin = FigureOrigin::set},
    {.pattern = 6,
     .name = "early_satisfaction",
     .meaning = "satisfaction of supporters of the first career stage less that of the others, points",
     .published = "below 0 (p = .003)",
     .evidence = "godfrey2022.career",
     .accepted = {-infinity, 0.0},
     .whole_interval = true,
     .origin = FigureOrigin::set},
    {.pattern = 7,
     .name = "load_correlation",
     .meaning = "correlation of a supporter's exhaustion with the sessions held",
     .published = "none: laid to clinical work, not to the role (here: within 0.1)",
     .evidence = "godfrey2022.exhaustion",
     .accepted = {-0.1, 0.1}},
    {.pattern = 8,
     .name = "unrecovered_30_days",
     .meaning = "episodes that last beyond 30 days",
     .published = "41 % (34-49): 70 of 170",
     .evidence = "strametz2021nurses.recovery",
     .accepted = {0.340, 0.487},
     .is_share = true,
     .origin = FigureOrigin::fitted},
    {.pattern = 8,
     .name = "unrecovered_1_year",
     .meaning = "episodes that last beyond a year",
     .published = "12 %; 20 % (naya2023.recovery)",
     .evidence = "strametz2021.recovery",
     .accepted = {0.12, 0.20},
     .is_share = true,
     .origin = FigureOrigin::fitted},
    {.pattern = 9,
     .name = "downstream_pressure",
     .meaning = "change of referrals made when a pressed program gets twice the supporters",
     .published = "above 0: sessions are followed by a referral",
     .evidence = "shanafelt2022.sessions",
     .accepted = {0.0, infinity},
     .whole_interval = true,
     .is_share = true,
     .world = PatternWorld::pressed},
    {.pattern = 10,
     .name = "unit_correlation",
     .meaning = "intraclass correlation of surveyed exhaustion within units",
     .published = "above 0, far below 1; no figure was found (here: 0.02-0.25)",
     .evidence = "",
     .accepted = {0.02, 0.25}},
}};

constexpr std::array<std::string_view, pattern_count> titles{
    "monthly requests vary more than by chance alone",
    "self-referral grows slowly with awareness",
    "few sessions, right tail",
    "about one in nine is referred on",
    "supporters: low secondary trauma, high satisfaction, exhausted by clinical work",
    "early career: more exhausted, less satisfied",
    "exhaustion does not follow a supporter's load",
    "some recover slowly",
    "capacity added early in the chain shifts pressure downstream",
    "exhaustion clusters by unit, units are not uniform",
};

double mean_of(std::int64_t sum, std::int64_t count) {
  return ratio(static_cast<double>(sum), static_cast<double>(count));
}

/// Mean of the first career stage less that of all others together.
double early_difference(const RunRecord& record, std::int64_t ScoreRow::*score) {
  const auto& stages = record.supporter_scores[static_cast<std::size_t>(Grouping::career_stage)];
  if (stages.size() < 2) return undefined;
  std::int64_t answers = 0;
  std::int64_t sum = 0;
  for (std::size_t i = 1; i < stages.size(); ++i) {
    answers += stages[i].answers;
    sum += stages[i].*score;
  }
  return mean_of(stages[0].*score, stages[0].answers) - mean_of(sum, answers);
}

double high_trauma_share(const RunRecord& record) {
  std::int64_t high = 0;
  std::int64_t answers = 0;
  for (const WaveRow& wave : record.waves) {
    high += wave.trauma_high;
    answers += wave.supporters;
  }
  return ratio(high, answers);
}

std::int64_t referrals_made(const RunRecord& record) {
  std::int64_t sum = 0;
  for (const DestinationRow& row : record.destinations) sum += row.referrals;
  return sum;
}

}  // namespace

const std::array<PatternFigureInfo, pattern_figure_count>& pattern_figure_infos() {
  return infos;
}

std::string_view pattern_title(int pattern) {
  require(pattern >= 1 && pattern <= pattern_count, "patterns are numbered from 1 to 10");
  return titles[static_cast<std::size_t>(pattern - 1)];
}

std::string_view to_string(FigureOrigin origin) {
  switch (origin) {
    case FigureOrigin::fitted:
      return "fitted";
    case FigureOrigin::set:
      return "set";
    case FigureOrigin::predicted:
      break;
  }
  return "predicted";
}

bool agrees(const Interval& accepted, bool whole_interval, const Summary& simulated) {
  const auto lies_in = [&](double value) { return value >= accepted.low && value <= accepted.high; };
  if (!lies_in(simulated.mean)) return false;  // a NaN is nowhere
  return !whole_interval || (lies_in(simulated.mean_interval.low) && lies_in(simulated.mean_interval.high));
}

bool agrees(const PatternFigureInfo& info, const Summary& simulated) {
  return agrees(info.accepted, info.whole_interval, simulated);
}

double dispersion_at_mean(std::span<const std::int64_t> counts, double mean) {
  if (counts.size() < 2) return undefined;
  const auto n = static_cast<double>(counts.size());
  const double own = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0})) / n;
  if (own <= 0.0) return undefined;
  double squares = 0.0;
  for (const std::int64_t count : counts) {
    const double away = static_cast<double>(count) - own;
    squares += away * away;
  }
  return 1.0 + mean / own * (squares / (n - 1.0) / own - 1.0);
}

double growth_over_years(std::span<const std::int64_t> months) {
  const std::size_t years = months.size() / months_per_year;
  if (years < 2) return undefined;
  const auto year = [&](std::size_t number) {
    const auto span = months.subspan(number * months_per_year, months_per_year);
    return std::accumulate(span.begin(), span.end(), std::int64_t{0});
  };
  return ratio(year(years - 1), year(0));
}

double median_sessions(std::span<const std::int64_t> sessions_by_number) {
  if (sessions_by_number.empty() || sessions_by_number[0] == 0) return undefined;
  // As many cases have at least k sessions as there were k-th sessions.
  std::size_t median = 1;
  while (median < sessions_by_number.size() && 2 * sessions_by_number[median] > sessions_by_number[0])
    ++median;
  return static_cast<double>(median);
}

double load_correlation(std::span<const SupporterRow> supporters) {
  double n = 0.0;
  double load = 0.0;
  double strain = 0.0;
  for (const SupporterRow& row : supporters) {
    if (!row.active_at_end) continue;
    n += 1.0;
    load += static_cast<double>(row.sessions);
    strain += static_cast<double>(row.exhaustion_millionths);
  }
  if (n < 3.0) return undefined;
  double product = 0.0;
  double load_squares = 0.0;
  double strain_squares = 0.0;
  for (const SupporterRow& row : supporters) {
    if (!row.active_at_end) continue;
    const double x = static_cast<double>(row.sessions) - load / n;
    const double y = static_cast<double>(row.exhaustion_millionths) - strain / n;
    product += x * y;
    load_squares += x * x;
    strain_squares += y * y;
  }
  if (load_squares <= 0.0 || strain_squares <= 0.0) return undefined;
  return product / std::sqrt(load_squares * strain_squares);
}

double unit_correlation(std::span<const UnitRow> units) {
  double groups = 0.0;
  double people = 0.0;
  double size_squares = 0.0;
  double points = 0.0;
  double within = 0.0;
  double between = 0.0;
  for (const UnitRow& unit : units) {
    if (unit.surveyed == 0) continue;
    const auto size = static_cast<double>(unit.surveyed);
    const auto sum = static_cast<double>(unit.exhaustion_points);
    groups += 1.0;
    people += size;
    size_squares += size * size;
    points += sum;
    within += static_cast<double>(unit.exhaustion_squares) - sum * sum / size;
    between += sum * sum / size;
  }
  if (groups < 2.0 || people <= groups) return undefined;
  between -= points * points / people;
  const double mean_between = between / (groups - 1.0);
  const double mean_within = within / (people - groups);
  const double usual_size = (people - size_squares / people) / (groups - 1.0);
  const double whole = mean_between + (usual_size - 1.0) * mean_within;
  return whole > 0.0 ? (mean_between - mean_within) / whole : undefined;
}

double change_of_referrals(const RunRecord& few, const RunRecord& many) {
  const std::int64_t before = referrals_made(few);
  return ratio(referrals_made(many) - before, before);
}

std::array<double, pattern_figure_count> usual_figures(const RunRecord& record,
                                                       const std::array<double, measure_count>& measures) {
  std::array<double, pattern_figure_count> figures{};
  figures.fill(undefined);
  const auto set = [&](PatternFigure figure, double value) {
    figures[static_cast<std::size_t>(figure)] = value;
  };
  const auto measured = [&](Measure measure) { return measures[static_cast<std::size_t>(measure)]; };
  set(PatternFigure::monthly_dispersion, dispersion_at_mean(record.month_requests, published_monthly_mean));
  set(PatternFigure::sessions_median, median_sessions(record.counts.sessions_by_number));
  set(PatternFigure::escalated, measured(Measure::referred_share));
  set(PatternFigure::trauma_low, measured(Measure::surveyed_trauma_low_share));
  set(PatternFigure::trauma_high, high_trauma_share(record));
  set(PatternFigure::satisfied, measured(Measure::surveyed_satisfaction_share));
  set(PatternFigure::supporters_exhausted, measured(Measure::surveyed_supporters_exhausted_share));
  set(PatternFigure::early_exhaustion, early_difference(record, &ScoreRow::exhaustion));
  set(PatternFigure::early_satisfaction, early_difference(record, &ScoreRow::satisfaction));
  set(PatternFigure::load_correlation, load_correlation(record.supporters));
  set(PatternFigure::unrecovered_30_days, measured(Measure::unrecovered_after_30_days_share));
  set(PatternFigure::unrecovered_1_year, measured(Measure::unrecovered_after_1_year_share));
  set(PatternFigure::unit_correlation, unit_correlation(record.units));
  return figures;
}

}  // namespace peercap::peer_support
