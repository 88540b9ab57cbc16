#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/report/report_parts.h"
#include "app/report/run_sections.h"
#include "sim/statistics/summary.h"

namespace peercap::app {
namespace {

using peer_support::Measure;

/// Supporters by their hours, the busiest first, over the weeks: of the first replication.
Chart load_heatmap(const ResultView& view, std::string_view variable, std::string id, std::string what) {
  const std::vector<double> hours = view.numbers("/supporter_weeks", variable);
  const std::vector<double> busy = view.numbers("/supporter_weeks", "protected_hours");
  const std::vector<double> beyond = view.numbers("/supporter_weeks", "overload_hours");
  const std::vector<std::string> dates = week_dates(view, "/supporter_weeks");
  const std::vector<std::string> names = view.labels("/supporter_weeks", "supporter");
  const std::size_t weeks = dates.size();
  std::vector<double> totals(names.size(), 0.0);
  std::vector<double> shown(names.size(), 0.0);
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t w = 0; w < weeks; ++w) {
      totals[i] += busy[i * weeks + w] + beyond[i * weeks + w];
      shown[i] += hours[i * weeks + w];
    }
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return totals[i]; });
  HeatmapChart drawing{.x = "week that begins", .y = "supporters, the busiest first"};
  drawing.columns = dates;
  double most = 0.0;
  for (std::size_t row = 0; row < order.size(); ++row) {
    drawing.rows.push_back("supporter " + names[order[row]]);
    for (std::size_t w = 0; w < weeks; ++w) {
      const double value = hours[order[row] * weeks + w];
      most = std::max(most, value);
      if (value > 0.0) drawing.cells.push_back({w, row, std::round(value * 100.0) / 100.0});
    }
  }
  drawing.scale = {what, "h", 0.0, most > 0.0 ? std::ceil(10.0 * most) / 10.0 : 1.0};
  const double sum = std::accumulate(shown.begin(), shown.end(), 0.0);
  std::vector<double> sorted = shown;
  std::ranges::sort(sorted, std::ranges::greater{});
  const std::size_t fifth = std::max<std::size_t>(1, sorted.size() / 5);
  const double of_fifth = std::accumulate(
      sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(std::min(fifth, sorted.size())), 0.0);
  Chart chart{
      std::move(id),
      sum > 0.0 ? fmt::format("The fifth of the supporters with the most {} carries {} of them", what,
                              short_percent(of_fifth / sum))
                : fmt::format("There are no {} in this replication", what),
      fmt::format("A grid of {} supporters by {} weeks; darker cells are weeks with more {}. The busiest "
                  "supporter stands "
                  "first; a white cell is a week without any.",
                  names.size(), weeks, what),
      fmt::format("n = 1 replication, the first of {}: {} supporters", view.replications(), names.size()),
      "/supporter_weeks",
      "One possible year, not a mean: other years have other busy weeks."};
  chart.table = {
      chart.finding, {{"supporter", "", false}, {what, "h"}, {"all hours", "h"}, {"weeks with any"}}, {}};
  for (const std::size_t i : order) {
    std::size_t weeks_with = 0;
    for (std::size_t w = 0; w < weeks; ++w) weeks_with += hours[i * weeks + w] > 0.0 ? 1U : 0U;
    chart.table.rows.push_back({names[i], Cell{short_number(shown[i]), shown[i]},
                                Cell{short_number(totals[i]), totals[i]},
                                Cell{std::to_string(weeks_with), static_cast<double>(weeks_with)}});
  }
  chart.drawing = std::move(drawing);
  return chart;
}

struct Shares {
  std::string label;
  std::array<Measure, 3> parts;  ///< good, middle, bad
};

Chart shares_chart(const ResultView& view, std::string id, std::string finding,
                   std::array<std::string, 3> names, const std::vector<Shares>& bars) {
  StackChart drawing{.x = {"share of supporters", "%", "percent", 0.0, 1.0}};
  constexpr std::array<std::string_view, 3> tones{"good", "middle", "bad"};
  for (std::size_t p = 0; p < 3; ++p) drawing.parts.push_back({names[p], {}, std::string{tones[p]}});
  ReportTable table{
      finding, {{"scores", "", false}, {names[0], "%"}, {names[1], "%"}, {names[2], "%"}, {"n"}}, {}};
  for (const Shares& bar : bars) {
    std::vector<Cell> row{bar.label};
    const MeasureFigure first = view.measure(bar.parts[0]);
    if (!first.is_defined()) continue;
    drawing.categories.push_back(bar.label);
    for (std::size_t p = 0; p < 3; ++p) {
      const MeasureFigure figure = view.measure(bar.parts[p]);
      drawing.parts[p].values.push_back(figure.mean);
      row.push_back(figure.cell());
    }
    row.emplace_back(std::to_string(first.n));
    table.rows.push_back(std::move(row));
  }
  Chart chart{std::move(id),
              std::move(finding),
              "Bars of 100 %, split into three shares; the table has their intervals.",
              view.n(),
              "/summary",
              "Latent is what supporters are like, surveyed what a survey with its error tells."};
  chart.table = std::move(table);
  chart.drawing = std::move(drawing);
  return chart;
}

}  // namespace

Section load_section(const ResultView& view) {
  const MeasureFigure beyond = view.measure(Measure::overload_hours_per_week);
  const MeasureFigure work = view.measure(Measure::work_hours_per_week);
  Section section{"load", "What the work asks of supporters"};
  section.lead = fmt::format("All supporters together give {}; {} of it are beyond their protected time.",
                             work.text(), beyond.text());
  if (view.has("/supporter_weeks")) {
    section.add(load_heatmap(view, "protected_hours", "load-protected", "hours within protected time"));
    section.add(load_heatmap(view, "overload_hours", "load-beyond", "hours beyond protected time"));
  } else {
    section.add(
        TextBlock{{"This file has no table of supporters by weeks: there are too many of both, or an older "
                   "version made it."}});
  }
  const std::array<LabeledMeasure, 13> work_measures{
      {{"hours, all supporters together", Measure::work_hours_per_week},
       {"of them in sessions", Measure::session_hours_per_week},
       {"of them beside sessions (training, debriefs)", Measure::program_hours_per_week},
       {"protected time used", Measure::protected_hours_used_share},
       {"hours beyond protected time", Measure::overload_hours_per_week},
       {"of them in sessions", Measure::session_overload_hours_per_week},
       {"sessions a year", Measure::sessions_per_year},
       {"cases a supporter and year", Measure::cases_per_supporter_year},
       {"supporters without a case", Measure::supporters_without_case_share},
       {"open cases of a supporter, mean", Measure::caseload_mean},
       {"most cases open at one time", Measure::caseload_max},
       {"matches against a wish", Measure::matches_breaking_wishes_share},
       {"hours of training a year", Measure::training_hours_per_year}}};
  section.add(measure_table(view, "Work of the supporters", work_measures));
  section.add(
      TextBlock{{"Little use of protected time is not overstaffing: people ask at all hours and want a "
                 "colleague who fits, so some "
                 "supporters must be free when it happens."}});
  return section;
}

Section well_being_section(const ResultView& view) {
  const MeasureFigure exhausted = view.measure(Measure::supporters_exhaustion_concerning_share);
  const MeasureFigure everybody = view.measure(Measure::clinicians_exhaustion_concerning_share);
  Section section{"well-being", "What the work does to supporters"};
  section.lead =
      fmt::format("{} of supporters and {} of all clinicians have concerning exhaustion at the end.",
                  exhausted.text(), everybody.text());
  const MeasureFigure low = view.measure(Measure::trauma_low_share);
  section.add(shares_chart(
      view, "trauma", fmt::format("{} of supporters have low secondary traumatic stress", low.text()),
      {"low", "moderate", "high"},
      {{"as surveyed",
        {Measure::trauma_low_share, Measure::trauma_moderate_share, Measure::trauma_high_share}},
       {"latent",
        {Measure::latent_trauma_low_share, Measure::latent_trauma_moderate_share,
         Measure::latent_trauma_high_share}}}));
  const MeasureFigure satisfied = view.measure(Measure::satisfaction_moderate_high_share);
  section.add(shares_chart(
      view, "satisfaction",
      fmt::format("{} of supporters have moderate or high compassion satisfaction", satisfied.text()),
      {"high", "moderate", "low"},
      {{"as surveyed",
        {Measure::satisfaction_high_share, Measure::satisfaction_moderate_share,
         Measure::satisfaction_low_share}},
       {"latent",
        {Measure::latent_satisfaction_high_share, Measure::latent_satisfaction_moderate_share,
         Measure::latent_satisfaction_low_share}}}));
  const std::array<LabeledMeasure, 3> exhaustion{
      {{"supporters, as surveyed", Measure::supporters_exhaustion_concerning_share},
       {"supporters, latent", Measure::latent_supporters_exhaustion_concerning_share},
       {"all clinicians", Measure::clinicians_exhaustion_concerning_share}}};
  section.add(measure_chart(view, "exhaustion",
                            fmt::format("{} of supporters have concerning exhaustion, {} of all clinicians",
                                        exhausted.text(), everybody.text()),
                            {"share with concerning exhaustion", "%", "percent", 0.0, 1.0}, exhaustion));
  const std::array<LabeledMeasure, 5> challenges{{{"time", Measure::challenge_time_share},
                                                  {"own stress", Measure::challenge_own_stress_share},
                                                  {"isolation", Measure::challenge_isolation_share},
                                                  {"training", Measure::challenge_training_share},
                                                  {"none", Measure::challenge_none_share}}};
  section.add(measure_chart(view, "challenges",
                            fmt::format("{} of supporters would name time as their first challenge",
                                        view.measure(Measure::challenge_time_share).text()),
                            {"share of supporters who name it first", "%", "percent", 0.0, 1.0}, challenges));
  section.add(
      TextBlock{{"Shares of trauma, satisfaction and exhaustion are set to those of published surveys: what "
                 "the model predicts is how they change "
                 "with load, care and policy."}});
  return section;
}

Section turnover_section(const ResultView& view) {
  Section section{"turnover", "Who leaves, and who joins"};
  const MeasureFigure left = view.measure(Measure::supporter_exits_per_year);
  const MeasureFigure joined = view.measure(Measure::supporters_joined_per_year);
  section.lead = fmt::format("{} supporters leave in a year and {} join; {} are active at the end.",
                             left.text(), joined.text(), view.measure(Measure::supporters_at_end).text());
  if (view.has("/supporters", "exit")) {
    const std::vector<std::string> exits = view.texts("/supporters", "exit");
    const std::vector<double> replication = view.numbers("/supporters", "replication");
    const std::vector<double> day = view.numbers("/supporters", "exit_day");
    const auto count = static_cast<std::size_t>(view.replications());
    std::vector<std::string> reasons;
    for (const std::string& reason : exits)
      if (reason != "none" && std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(reason);
    std::ranges::sort(reasons);
    const std::vector<double> labels = view.places("/replications", "replication");
    IntervalChart drawing{.x = {"supporters and trainees who leave in the horizon", "", "linear", 0.0}};
    Chart chart{"exits", fmt::format("{} supporters leave in a year, for these reasons", left.text()),
                "Points with 95 % intervals, one for each reason of leaving.", view.n(), "/supporters"};
    chart.table = {chart.finding, {{"reason", "", false}, {"mean (95 % interval)"}, {"n"}}, {}};
    for (const std::string& reason : reasons) {
      std::vector<double> counts(count, 0.0);
      for (std::size_t i = 0; i < exits.size(); ++i) {
        if (exits[i] != reason || day[i] < 0.0) continue;  // before the horizon
        const auto at = std::ranges::find(labels, replication[i]) - labels.begin();
        if (static_cast<std::size_t>(at) < count) counts[static_cast<std::size_t>(at)] += 1.0;
      }
      const Summary s = summarize(counts);
      const std::string text = interval_text(s.mean, s.mean_interval.low, s.mean_interval.high, "1/year");
      const std::string label = reason == "role"         ? "leaves the role"
                                : reason == "employment" ? "leaves the organization"
                                : reason == "term"       ? "the term ends"
                                : reason == "training"   ? "gives up in training"
                                                         : reason;
      drawing.rows.push_back({label, "", s.mean, s.mean_interval.low, s.mean_interval.high, text});
      chart.table.rows.push_back({label, Cell{text, s.mean, s.mean_interval.low, s.mean_interval.high},
                                  Cell{std::to_string(s.count)}});
    }
    // Trainees who give up are no supporters who leave: the title names the commonest reason, not a sum.
    if (!drawing.rows.empty()) {
      const auto commonest = std::ranges::max_element(drawing.rows, {}, &IntervalChart::Row::value);
      chart.finding =
          fmt::format("The commonest reason: {}, {} in the horizon", commonest->label, commonest->text);
      chart.table.caption = chart.finding;
    }
    chart.drawing = std::move(drawing);
    if (!reasons.empty()) section.add(std::move(chart));
  }
  const std::array<LabeledMeasure, 9> measures{
      {{"supporters at the end", Measure::supporters_at_end},
       {"supporters who left, a year", Measure::supporter_exits_per_year},
       {"exits a supporter and year", Measure::supporter_exit_rate},
       {"supporters who joined, a year", Measure::supporters_joined_per_year},
       {"years in the role, mean", Measure::tenure_years_mean},
       {"cases handed over, a year", Measure::handovers_per_year},
       {"clinicians who left, a year", Measure::clinicians_left_per_year},
       {"of them with concerning exhaustion", Measure::clinicians_left_concerning_share},
       {"load over that at which the program tips", Measure::load_over_tipping}}};
  section.add(measure_table(view, "Turnover", measures));
  return section;
}

}  // namespace peercap::app
