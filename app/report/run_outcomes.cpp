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

/// A column of /equity or /units, where there is one.
std::vector<double> column_or_gaps(const ResultView& view, std::string_view group, std::string_view name,
                                   std::size_t count) {
  return view.has(group, name) ? view.numbers(group, name) : std::vector<double>(count, no_number);
}

/// Coverage of units by department: mean over its units, weighted by their episodes.
ReportTable department_table(const ResultView& view) {
  const std::vector<std::string> departments = view.texts("/units", "department");
  const std::vector<double> clinicians = view.numbers("/units", "clinicians");
  const std::vector<double> episodes = view.numbers("/units", "episodes");
  const std::vector<double> contacted = view.numbers("/units", "episodes_contacted");
  const std::vector<double> requests = view.numbers("/units", "requests");
  ReportTable table{fmt::format("Departments, means over replications ({})", view.n()),
                    {{"department", "", false},
                     {"units"},
                     {"clinicians"},
                     {"episodes"},
                     {"requests"},
                     {"episodes met", "%"}},
                    {}};
  std::vector<std::string> names;
  for (const std::string& name : departments)
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  for (const std::string& name : names) {
    double units = 0.0;
    std::array<double, 4> sums{};
    for (std::size_t i = 0; i < departments.size(); ++i) {
      if (departments[i] != name) continue;
      units += 1.0;
      sums[0] += clinicians[i];
      sums[1] += episodes[i];
      sums[2] += requests[i];
      sums[3] += contacted[i];
    }
    const double coverage = sums[1] > 0.0 ? sums[3] / sums[1] : no_number;
    table.rows.push_back({spaced(name), Cell{short_number(units), units},
                          Cell{short_number(sums[0]), sums[0]}, Cell{short_number(sums[1]), sums[1]},
                          Cell{short_number(sums[2]), sums[2]},
                          std::isfinite(coverage) ? Cell{short_percent(coverage), coverage} : Cell{"-"}});
  }
  return table;
}

bool has_twin(const ResultView& view) {
  return view.measure(Measure::distressed_days_averted).is_defined();
}

}  // namespace

Section referral_section(const ResultView& view) {
  Section section{"referrals", "Where cases go on to, and how long that takes"};
  section.lead = fmt::format("{} of those who met a supporter are referred on; {} give up that wait.",
                             view.measure(Measure::referred_share).text(),
                             view.measure(Measure::referral_given_up_share).text());
  const std::vector<std::string> names = view.texts("/referrals", "destination");
  const std::vector<double> taken = view.numbers("/referrals", "taken_up");
  const std::vector<double> begun = view.numbers("/referrals", "begun");
  const std::vector<double> given_up = view.numbers("/referrals", "given_up");
  const std::vector<double> waits = view.numbers("/referrals", "wait_days");
  const std::vector<double> p90 = view.numbers("/referrals", "wait_days_p90");
  IntervalChart drawing{.x = {"days of waiting", "d", "linear", 0.0}};
  const double all = static_cast<double>(view.replications());
  std::size_t longest = names.size();
  Chart chart{"referral-waits",
              "",
              "A point for the mean wait at each destination, and a line from it to the wait that nine in "
              "ten do not exceed.",
              fmt::format("{}, all of their referrals together", view.n()),
              "/referrals",
              "The line is no interval of the mean: it ends at the 90 % point of the waits."};
  chart.table.columns = {{"destination", "", false},
                         {"taken up, a replication"},
                         {"begun, a replication"},
                         {"gave up, a replication"},
                         {"mean wait", "d"},
                         {"nine in ten within", "d"},
                         {"n (begun)"}};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string n = with_thousands(begun[i] * all, 0);
    chart.table.rows.push_back(
        {spaced(names[i]), Cell{short_number(taken[i]), taken[i]}, Cell{short_number(begun[i]), begun[i]},
         Cell{short_number(given_up[i]), given_up[i]},
         std::isfinite(waits[i]) ? Cell{short_number(waits[i]), waits[i]} : Cell{"-"},
         std::isfinite(p90[i]) ? Cell{short_number(p90[i]), p90[i]} : Cell{"-"}, Cell{n}});
    if (!std::isfinite(waits[i])) continue;
    if (longest == names.size() || waits[i] > waits[longest]) longest = i;
    drawing.rows.push_back({spaced(names[i]), "", waits[i], waits[i], std::max(waits[i], p90[i]),
                            fmt::format("{} d, n = {}", short_number(waits[i]), n)});
  }
  chart.finding = longest < names.size()
                      ? fmt::format("The longest wait is for the destination {}: {} days on average",
                                    spaced(names[longest]), short_number(waits[longest]))
                      : "Nobody's treatment began in the horizon";
  chart.table.caption = chart.finding;
  chart.drawing = std::move(drawing);
  section.add(std::move(chart));
  const std::array<LabeledMeasure, 5> measures{
      {{"referrals taken up, a year", Measure::referrals_per_year},
       {"referred on, of those met", Measure::referred_share},
       {"closed without being well or referred", Measure::closed_unresolved_share},
       {"days of waiting, mean", Measure::referral_wait_days_mean},
       {"gave up the wait", Measure::referral_given_up_share}}};
  section.add(measure_table(view, "Referrals", measures));
  return section;
}

Section equity_section(const ResultView& view) {
  Section section{"equity", "Is everybody reached alike?"};
  section.lead =
      fmt::format("Between professions coverage differs by {}, between shift patterns by {}.",
                  view.measure(Measure::profession_gap).text(), view.measure(Measure::shift_gap).text());
  const std::vector<std::string> groupings = view.texts("/equity", "grouping");
  const std::vector<std::string> groups = view.texts("/equity", "group");
  const std::vector<double> coverage = view.numbers("/equity", "coverage");
  const std::vector<double> episodes = view.numbers("/equity", "episodes");
  const std::vector<double> waits = view.numbers("/equity", "wait_hours");
  const std::vector<double> within = view.numbers("/equity", "within_limit");
  const std::vector<double> people = view.numbers("/equity", "clinicians");
  const std::vector<double> missing =
      column_or_gaps(view, "/equity", "supporters_missing_share", groups.size());
  const double all = static_cast<double>(view.replications());
  IntervalChart drawing{.x = {"share of episodes that meet a supporter", "%", "percent", 0.0}};
  Chart chart{
      "coverage-by-group",
      fmt::format("Coverage differs by {} between professions and by {} between units' shift patterns",
                  view.measure(Measure::profession_gap).text(), view.measure(Measure::shift_gap).text()),
      "A point for each profession, career stage, shift pattern and site. The interval is that of a share of "
      "so many episodes (Wilson, 95 %).",
      view.n(), "/equity"};
  chart.table = {chart.finding,
                 {{"group", "", false},
                  {"by", "", false},
                  {"clinicians"},
                  {"episodes met", "%"},
                  {"n (episodes)"},
                  {"wait of those met", "h"},
                  {"met within the limit", "%"},
                  {"supporters missing", "%"}},
                 {}};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const double n = episodes[i] * all;
    double low = no_number;
    double high = no_number;
    if (n > 0.0 && std::isfinite(coverage[i])) {
      constexpr double z = 1.959963984540054;
      const double center = (coverage[i] + z * z / (2.0 * n)) / (1.0 + z * z / n);
      const double half =
          z / (1.0 + z * z / n) * std::sqrt(coverage[i] * (1.0 - coverage[i]) / n + z * z / (4.0 * n * n));
      low = std::max(0.0, center - half);
      high = std::min(1.0, center + half);
    }
    const std::string text = std::isfinite(low) ? interval_text(coverage[i], low, high, "share") : "-";
    drawing.rows.push_back({spaced(groups[i]), spaced(groupings[i]), coverage[i], low, high, text});
    chart.table.rows.push_back(
        {spaced(groups[i]), spaced(groupings[i]), Cell{short_number(people[i]), people[i]},
         std::isfinite(low) ? Cell{text, coverage[i], low, high} : Cell{text}, Cell{with_thousands(n, 0), n},
         std::isfinite(waits[i]) ? Cell{short_number(waits[i]), waits[i]} : Cell{"-"},
         std::isfinite(within[i]) ? Cell{short_percent(within[i]), within[i]} : Cell{"-"},
         std::isfinite(missing[i]) ? Cell{short_percent(missing[i]), missing[i]} : Cell{"-"}});
  }
  chart.note =
      "Supporters missing: share of the clinicians less share of the supporters; above 0 where a group has "
      "fewer of them.";
  chart.drawing = std::move(drawing);
  section.add(std::move(chart));
  const std::array<LabeledMeasure, 9> measures{
      {{"gap in coverage between professions", Measure::profession_gap},
       {"between career stages", Measure::career_stage_gap},
       {"between shift patterns", Measure::shift_gap},
       {"between sites", Measure::site_gap},
       {"gap in being met in time between professions", Measure::profession_timely_gap},
       {"between shift patterns", Measure::shift_timely_gap},
       {"least over largest coverage, units", Measure::unit_coverage_ratio},
       {"Gini coefficient of units' coverage", Measure::unit_gini},
       {"coverage in the worst tenth of units", Measure::worst_decile_share}}};
  section.add(measure_table(view, "Gaps", measures));
  section.add(DetailsBlock{"Coverage by department", {Block{department_table(view)}}});
  return section;
}

Section cost_section(const ResultView& view) {
  const MeasureFigure cost = view.measure(Measure::program_cost_per_year);
  Section section{"cost", "What it costs, and what it averts"};
  section.lead =
      fmt::format("The program costs {} a year in the currency of the scenario: {} for each person met.",
                  cost.text(), view.measure(Measure::cost_per_contact).text());
  const std::array<LabeledMeasure, 7> costs{
      {{"cost of the program a year", Measure::program_cost_per_year},
       {"of it for training", Measure::training_cost_per_year},
       {"cost a person met", Measure::cost_per_contact},
       {"cost a case that is well at its close", Measure::cost_per_resolved},
       {"cost of all turnover a year", Measure::turnover_cost_per_year},
       {"at the low published cost of a leaver", Measure::turnover_cost_low_per_year},
       {"at the high published cost", Measure::turnover_cost_high_per_year}}};
  section.add(measure_table(view, "Cost, in the currency of the scenario", costs));
  if (!has_twin(view)) {
    section.add(
        TextBlock{{"What the program averts can only be told against the same world without it: run with "
                   "--set run.twin=on."}});
    return section;
  }
  const std::array<LabeledMeasure, 8> averted{
      {{"days in distress averted, sessions without effect", Measure::distressed_days_averted_without_effect},
       {"days in distress averted, with the effect assumed", Measure::distressed_days_averted},
       {"share with concerning exhaustion averted", Measure::exhausted_share_averted},
       {"leavers averted a year", Measure::leavers_averted_per_year},
       {"cost a day in distress averted", Measure::cost_per_distressed_day_averted},
       {"net benefit a year", Measure::net_benefit_per_year},
       {"at the low published cost of a leaver", Measure::net_benefit_low_per_year},
       {"at the high published cost", Measure::net_benefit_high_per_year}}};
  section.add(measure_table(
      view, "Against the same world without a program; days are of a clinician and year", averted));
  section.add(
      TextBlock{{fmt::format("All but the first line rest on the assumption that a session takes {} of the "
                             "fast distress away, which trials have not shown. "
                             "Savings by less turnover and by fewer days in distress are never added.",
                             view.parameter("case_rules.effect_fast"))}});
  return section;
}

Section measures_section(const ResultView& view) {
  Section section{"measures", "Every measure"};
  section.lead = "Mean over replications with its 95 % interval, and the range of nine replications in ten.";
  ReportTable table{"Every measure of the file",
                    {{"measure", "", false},
                     {"name", "", false},
                     {"mean (95 % interval)"},
                     {"90 % of replications"},
                     {"n"}},
                    {}};
  for (const std::string& name : view.measures()) {
    const MeasureFigure f = view.measure(name);
    const auto plain = [&](double value) {
      return f.unit == "share" ? short_percent(value) : short_number(value);
    };
    table.rows.push_back(
        {f.long_name, f.name, f.cell(),
         f.is_defined() ? Cell{fmt::format("{} to {}", plain(f.p05), plain(f.p95))} : Cell{"-"},
         Cell{std::to_string(f.n)}});
  }
  section.add(
      DetailsBlock{fmt::format("All {} measures", view.measures().size()), {Block{std::move(table)}}});
  return section;
}

}  // namespace peercap::app
