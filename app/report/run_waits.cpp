#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "app/report/report_parts.h"
#include "app/report/run_sections.h"

namespace peercap::app {
namespace {

using peer_support::Measure;

/// The hours up to which a curve is drawn: until nearly everybody who will be contacted has been.
double end_of_curve(const std::vector<double>& hours, const std::vector<double>& waiting) {
  for (std::size_t i = 0; i < hours.size(); ++i)
    if (waiting[i] < 0.01) return std::max(24.0, hours[i]);
  return hours.empty() ? 24.0 : hours.back();
}

/// Curves of /waits from one clock: `request` or `event`.
Chart incidence_chart(const ResultView& view, const std::string& clock, std::string id, std::string finding,
                      std::string x_label) {
  const std::vector<std::string> clocks = view.texts("/waits", "clock");
  struct Curve {
    std::string name;
    std::string label;
    std::string tone;
    std::vector<double> values;
  };
  std::array<Curve, 4> curves{
      {{"contacted", "met a supporter", "main", {}},
       {"waiting", clock == "event" ? "still in distress, not met" : "still waiting", "second", {}},
       {"recovered", "well again without a supporter", "third", {}},
       {"gave_up", "gave up waiting", "unmet", {}}}};
  std::vector<double> hours;
  const std::vector<double> all_hours = view.numbers("/waits", "hours");
  for (std::size_t i = 0; i < clocks.size(); ++i)
    if (clocks[i] == clock) hours.push_back(all_hours[i]);
  for (Curve& curve : curves) {
    const std::vector<double> all = view.numbers("/waits", curve.name);
    for (std::size_t i = 0; i < clocks.size(); ++i)
      if (clocks[i] == clock) curve.values.push_back(all[i]);
  }
  const double end = end_of_curve(hours, curves[1].values);
  CurveChart drawing{.x = {std::move(x_label), "h", "linear", 0.0, end},
                     .y = {clock == "event" ? "share of episodes" : "share of those who want support", "%",
                           "percent", 0.0, 1.0}};
  Chart chart{
      std::move(id),
      std::move(finding),
      "Shares that add up to 100 % at each time: met, still waiting, well again, given up.",
      fmt::format("{}, all of their {} together", view.n(), clock == "event" ? "episodes" : "requests"),
      "/waits",
      "Cumulative incidence with competing ends (Aalen and Johansen): whoever gives up or recovers does not "
      "count as "
      "met. Read short waits beside those who gave up."};
  chart.table = {
      chart.finding, {{"hours"}, {"met", "%"}, {"waiting", "%"}, {"well again", "%"}, {"gave up", "%"}}, {}};
  for (Curve& curve : curves) {
    CurveChart::Line line{.name = curve.label, .tone = curve.tone, .step = true};
    for (std::size_t i = 0; i < hours.size(); ++i)
      if (hours[i] <= end) line.points.push_back({hours[i], curve.values[i]});
    drawing.lines.push_back(std::move(line));
  }
  for (std::size_t i = 0; i < hours.size(); ++i) {
    if (hours[i] > end) continue;
    std::vector<Cell> row{Cell{fmt::format("{:g}", hours[i]), hours[i]}};
    for (const std::size_t c : {0U, 1U, 2U, 3U})
      row.push_back(Cell{short_percent(curves[c].values[i]), curves[c].values[i]});
    chart.table.rows.push_back(std::move(row));
  }
  if (clock == "request")
    for (const std::string_view path : {"access.contact_target", "access.contact_limit"}) {
      const std::string text = wait_words(view.parameter(path));
      const double number = std::strtod(text.c_str(), nullptr);
      const double hours_of = text.ends_with(" h")     ? number
                              : text.ends_with(" min") ? number / 60.0
                                                       : no_number;
      if (std::isfinite(hours_of) && hours_of <= end)
        drawing.markers.push_back(
            {hours_of, fmt::format("{} {}", path.ends_with("target") ? "target" : "limit", text)});
    }
  chart.drawing = std::move(drawing);
  return chart;
}

}  // namespace

Section waits_section(const ResultView& view) {
  const MeasureFigure target = view.measure(Measure::contact_within_target_share);
  const MeasureFigure limit = view.measure(Measure::contact_within_limit_share);
  const MeasureFigure unmet = view.measure(Measure::unmet_episodes_share);
  Section section{"waits", "Time to first contact, and unmet need beside it"};
  section.lead = fmt::format("{} of those who want support are met within {} of asking, {} within {}.",
                             target.text(), wait_words(view.parameter("access.contact_target")), limit.text(),
                             wait_words(view.parameter("access.contact_limit")));
  section.add(incidence_chart(
      view, "request", "time-to-contact",
      fmt::format("{} are met within {} of asking; {} of all episodes are never met", target.text(),
                  wait_words(view.parameter("access.contact_target")), unmet.text()),
      "hours since asking"));
  const MeasureFigure at_72 = view.measure(Measure::episodes_contacted_72h_share);
  section.add(
      incidence_chart(view, "event", "time-from-event",
                      fmt::format("From the event on, {} of all episodes are met within 72 h", at_72.text()),
                      "hours since the event"));
  const std::array<LabeledMeasure, 12> waits{
      {{fmt::format("met within {} of asking", wait_words(view.parameter("access.contact_target"))),
        Measure::contact_within_target_share},
       {fmt::format("met within {} of asking", wait_words(view.parameter("access.contact_limit"))),
        Measure::contact_within_limit_share},
       {"median time, of those met", Measure::hours_to_contact_median},
       {"nine in ten within", Measure::hours_to_contact_p90},
       {"median time, of all who wait", Measure::hours_to_contact_incidence_median},
       {"episodes met within 24 h of the event", Measure::episodes_contacted_24h_share},
       {"episodes met within 72 h of the event", Measure::episodes_contacted_72h_share},
       {"episodes that meet no supporter", Measure::unmet_episodes_share},
       {"gave up waiting", Measure::withdrawn_share},
       {"well again before anybody came", Measure::recovered_waiting_share},
       {"people waiting at any time", Measure::waiting_mean},
       {"person-time in distress that is in support", Measure::coverage_person_time_share}}};
  section.add(measure_table(view, "Waits, and those who are never met", waits));
  return section;
}

Section course_section(const ResultView& view) {
  Section section{"course", "The year week by week"};
  section.lead = "Bands show how different one year can be from another by chance alone.";
  if (!view.has("/series")) {
    section.add(TextBlock{{"This file has no weekly series."}});
    return section;
  }
  struct Course {
    std::string_view series;
    std::string what;
  };
  const std::array<Course, 9> courses{{{"coverage", "Share of those in distress who are in support"},
                                       {"requests", "New requests a week"},
                                       {"first_contacts", "First contacts a week"},
                                       {"waiting", "People waiting"},
                                       {"active_supporters", "Active supporters"},
                                       {"open_cases", "Open cases"},
                                       {"distressed_share", "Clinicians in distress"},
                                       {"overload_hours", "Hours beyond protected time a week"},
                                       {"trust", "Trust in the program"}}};
  DetailsBlock further{"Further series", {}};
  for (std::size_t i = 0; i < courses.size(); ++i) {
    const auto& [series, what] = courses[i];
    if (!view.has("/series", series)) continue;
    const SeriesExtent extent = extent_of_series(view, series);
    if (!std::isfinite(extent.mean)) continue;
    const bool share = series == "distressed_share" || series == "coverage" || series == "trust";
    const auto plain = [&](double value) { return share ? short_percent(value) : short_number(value); };
    Chart chart = fan_chart(view, series,
                            fmt::format("{}: {} on average, between {} (week of {}) and {} (week of {})",
                                        what, plain(extent.mean), plain(extent.least), extent.least_date,
                                        plain(extent.most), extent.most_date));
    if (i < 7)
      section.add(std::move(chart));
    else
      further.blocks.push_back(Block{std::move(chart)});
  }
  if (!further.blocks.empty()) section.add(std::move(further));
  return section;
}

}  // namespace peercap::app
