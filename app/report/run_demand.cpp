#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/report/report_parts.h"
#include "app/report/run_sections.h"

namespace peercap::app {
namespace {

using peer_support::Measure;

/// A line of /cascade.
struct CascadeLine {
  double mean = no_number;
  double low = no_number;
  double high = no_number;

  [[nodiscard]] std::string text() const { return interval_text(mean, low, high, "1/year"); }
};

class Cascade {
 public:
  explicit Cascade(const ResultView& view)
      : steps_{view.texts("/cascade", "step")},
        channels_{view.texts("/cascade", "channel")},
        means_{view.numbers("/cascade", "mean")},
        lows_{view.numbers("/cascade", "ci_low")},
        highs_{view.numbers("/cascade", "ci_high")} {}

  [[nodiscard]] CascadeLine line(std::string_view step, std::string_view channel) const {
    for (std::size_t i = 0; i < steps_.size(); ++i)
      if (steps_[i] == step && channels_[i] == channel) return {means_[i], lows_[i], highs_[i]};
    return {0.0, no_number, no_number};
  }
  /// Sum of a step's means over channels.
  [[nodiscard]] double sum(std::string_view step) const {
    double sum = 0.0;
    for (const std::string& channel : channels()) sum += line(step, channel).mean;
    return sum;
  }
  [[nodiscard]] std::vector<std::string> channels() const {
    std::vector<std::string> all;
    for (const std::string& channel : channels_)
      if (channel != "all" && std::ranges::find(all, channel) == all.end()) all.push_back(channel);
    return all;
  }
  [[nodiscard]] std::size_t size() const { return steps_.size(); }
  [[nodiscard]] std::vector<Cell> row(std::size_t i) const {
    return {spaced(steps_[i]), spaced(channels_[i]),
            Cell{interval_text(means_[i], lows_[i], highs_[i], "1/year"), means_[i], lows_[i], highs_[i]}};
  }

 private:
  std::vector<std::string> steps_;
  std::vector<std::string> channels_;
  std::vector<double> means_;
  std::vector<double> lows_;
  std::vector<double> highs_;
};

std::string channel_label(std::string_view channel) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> labels{{
      {"self_referral", "asked on their own"},
      {"outreach", "called after an event"},
      {"manager", "named by managers"},
      {"peer", "named by colleagues"},
      {"embedded", "seen by embedded supporters"},
      {"rounding", "found on rounds"},
      {"follow_up", "found at follow-up"},
      {"group_debrief", "found at group debriefs"},
      {"direct", "direct requests"},
  }};
  const auto found = std::ranges::find(labels, channel, [](const auto& label) { return label.first; });
  return found == labels.end() ? spaced(channel) : std::string{found->second};
}

/// From how people come to the program to what becomes of them.
Chart flow_chart(const ResultView& view, const Cascade& cascade) {
  FlowChart drawing{.unit = "requests"};
  drawing.nodes = {{"wanted", "wanted support"}, {"contacted", "met a supporter"}};
  const auto link = [&](const std::string& source, const std::string& target, double value) {
    if (value <= 0.0) return;
    drawing.links.push_back({source, target, value, short_number(value)});
  };
  const auto node = [&](const std::string& name, const std::string& label, const std::string& tone) {
    drawing.nodes.push_back({name, label, tone});
  };
  double declined = 0.0;
  double lapsed = 0.0;
  for (const std::string& channel : cascade.channels()) {
    const double requests = cascade.line("requests", channel).mean;
    if (requests <= 0.0) continue;
    node(channel, fmt::format("{}: {}", channel_label(channel), short_number(requests)), "main");
    const double accepted = cascade.line("accepted", channel).mean;
    const double said_no = cascade.line("ended_declined", channel).mean;
    link(channel, "wanted", accepted);
    link(channel, "declined", said_no);
    link(channel, "lapsed", std::max(0.0, requests - accepted - said_no));
    declined += said_no;
    lapsed += std::max(0.0, requests - accepted - said_no);
  }
  const double contacted = cascade.sum("contacted");
  const double accepted = cascade.sum("accepted");
  link("wanted", "contacted", contacted);
  link("wanted", "not_met", std::max(0.0, accepted - contacted));
  constexpr std::array<std::array<std::string_view, 3>, 3> ends{{
      {"ended_resolved", "well again at the close", "main"},
      {"ended_referred", "gone on to a professional", "main"},
      {"ended_closed_unresolved", "closed, not well yet", "other"},
  }};
  double told = 0.0;
  for (const auto& [step, label, tone] : ends) {
    const double value = cascade.sum(step);
    if (value > 0.0)
      node(std::string{step}, fmt::format("{}: {}", label, short_number(value)), std::string{tone});
    link("contacted", std::string{step}, value);
    told += value;
  }
  const double rest = contacted - told;
  if (rest > 1e-9) {
    node("rest", fmt::format("referral declined, still open, left: {}", short_number(rest)), "other");
    link("contacted", "rest", rest);
  }
  if (declined > 0.0) node("declined", fmt::format("declined: {}", short_number(declined)), "lost");
  if (lapsed > 1e-9)
    node("lapsed", fmt::format("well again or in support already: {}", short_number(lapsed)), "other");
  if (accepted - contacted > 1e-9)
    node("not_met", fmt::format("nobody came in time: {}", short_number(accepted - contacted)), "lost");
  drawing.nodes[0].label += ": " + short_number(accepted);
  drawing.nodes[1].label += ": " + short_number(contacted);
  Chart chart{
      "flow",
      fmt::format("Of {} requests, {} come from people who want support, and {} of those meet a supporter",
                  short_number(cascade.line("requests", "all").mean), short_number(accepted),
                  accepted > 0.0 ? short_percent(contacted / accepted) : "none"),
      "Streams from how people come to the program, through wanting support and meeting a supporter, to how "
      "their cases end. Widths are mean numbers of requests.",
      view.n(),
      "/cascade",
      fmt::format("Means over replications, in {}. Requests that began before the horizon are left out.",
                  view.parameter("run.horizon"))};
  chart.table = {chart.finding, {{"from", "", false}, {"to", "", false}, {"requests"}}, {}};
  for (const FlowChart::Link& l : drawing.links)
    chart.table.rows.push_back({spaced(l.source), spaced(l.target), Cell{l.text, l.value}});
  chart.drawing = std::move(drawing);
  return chart;
}

/// What set the distress off, and what came of it; causes that nobody met with are left out.
ReportTable cause_table(const ResultView& view) {
  struct Column {
    std::string_view name;
    TableColumn head;
  };
  const std::array<Column, 7> columns{{{"exposures", {"people hit"}},
                                       {"episodes", {"episodes"}},
                                       {"requests", {"requests"}},
                                       {"first_contacts", {"first contacts"}},
                                       {"coverage", {"episodes met", "%"}},
                                       {"wait_hours", {"wait of those met", "h"}},
                                       {"within_limit", {"met within the limit", "%"}}}};
  ReportTable table{fmt::format("Causes of distress in {}, means over replications ({})",
                                view.parameter("run.horizon"), view.n()),
                    {{"cause", "", false}},
                    {}};
  std::vector<std::vector<double>> values;
  for (const Column& column : columns) {
    table.columns.push_back(column.head);
    values.push_back(view.numbers("/causes", column.name));
  }
  const std::vector<std::string> causes = view.texts("/causes", "cause");
  for (std::size_t i = 0; i < causes.size(); ++i) {
    if (values[0][i] == 0.0 && values[1][i] == 0.0) continue;
    std::vector<Cell> row{Cell{spaced(causes[i])}};
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const double value = values[c][i];
      const std::string text = columns[c].head.unit == "%" ? short_percent(value) : short_number(value);
      row.push_back(std::isfinite(value) ? Cell{text, value} : Cell{"-"});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Section demand_section(const ResultView& view) {
  const MeasureFigure episodes = view.measure(Measure::episodes_per_year);
  const MeasureFigure unmet = view.measure(Measure::unmet_episodes_share);
  Section section{"demand", "Who is in distress, and who is met"};
  section.lead = fmt::format("{} episodes of distress begin in a year; {} of them meet no supporter.",
                             episodes.text(), unmet.text());
  const std::array<LabeledMeasure, 5> steps{
      {{"distress episodes", Measure::episodes_per_year},
       {"offers made by the program", Measure::outreach_offers_per_year},
       {"asked on their own", Measure::self_referrals_per_year},
       {"wanted support", Measure::asked_per_year},
       {"met a supporter", Measure::contacted_per_year}}};
  const MeasureFigure met = view.measure(Measure::contacted_per_year);
  Chart chart = measure_chart(
      view, "cascade",
      fmt::format("{} people a year meet a supporter, of {} episodes", met.text(), episodes.text()),
      {"people or episodes a year", "", "linear", 0.0}, steps);
  chart.note = "One person can have several episodes and several requests in a year.";
  section.add(std::move(chart));
  const Cascade cascade{view};
  if (cascade.sum("requests") > 0.0) section.add(flow_chart(view, cascade));
  const std::array<LabeledMeasure, 9> demand{
      {{"distressing clinical events a year", Measure::clinical_events_per_year},
       {"exposures a clinician and year", Measure::exposures_per_clinician_year},
       {"clinicians with an episode in the horizon", Measure::clinicians_with_episode_share},
       {"clinicians in distress at any time", Measure::distress_point_prevalence},
       {"days in distress, a clinician and year", Measure::distressed_days_per_clinician_year},
       {"people met, of 1,000 clinicians and year", Measure::reach_per_1000_clinician_years},
       {"offers declined", Measure::offers_declined_share},
       {"gave up waiting, of those who wanted support", Measure::withdrawn_share},
       {"recovered before anybody came", Measure::recovered_waiting_share}}};
  section.add(measure_table(view, "Demand", demand));
  if (view.has("/causes")) section.add(cause_table(view));
  ReportTable steps_table{fmt::format("Every step by channel, in {}", view.parameter("run.horizon")),
                          {{"step", "", false}, {"channel", "", false}, {"mean (95 % interval)"}},
                          {}};
  for (std::size_t i = 0; i < cascade.size(); ++i) steps_table.rows.push_back(cascade.row(i));
  section.add(DetailsBlock{"Every step of the cascade by channel", {Block{std::move(steps_table)}}});
  return section;
}

}  // namespace peercap::app
