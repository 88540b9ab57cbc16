#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/report/documents.h"
#include "app/report/report_parts.h"
#include "app/studies/measure_names.h"
#include "models/peer_support/scenario_yaml/catalogue.h"

namespace peercap::app {
namespace {

/// What was moved, of /factors.
struct MovedFactor {
  std::string path;
  std::string low;
  std::string high;
  std::string base;
};

/// A factor with what it does to one measure, the strongest first.
struct RankedFactor {
  const MovedFactor* factor = nullptr;
  std::size_t row = 0;  ///< of /effects
  double size = no_number;
};

constexpr std::size_t most_bars = 20;

std::vector<RankedFactor> ranked(const ResultView& view, const std::vector<MovedFactor>& factors,
                                 const std::string& measure, std::string_view column) {
  const auto measures = view.texts("/effects", "measure");
  const auto paths = view.texts("/effects", "path");
  const auto sizes = view.numbers("/effects", column);
  std::vector<RankedFactor> rows;
  for (std::size_t i = 0; i < measures.size(); ++i) {
    if (measures[i] != measure || !std::isfinite(sizes[i])) continue;
    const auto factor = std::ranges::find(factors, paths[i], &MovedFactor::path);
    if (factor != factors.end()) rows.push_back({&*factor, i, std::abs(sizes[i])});
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, &RankedFactor::size);
  return rows;
}

std::string long_name_of(const std::string& measure) {
  const auto found = find_measure(measure);
  return found ? std::string{peer_support::info_of(*found).long_name} : measure;
}

bool share_of(const std::string& measure) {
  const auto found = find_measure(measure);
  return found && is_share(*found);
}

std::string difference_of(const std::string& measure, double mean, double low, double high) {
  const double scale = share_of(measure) ? 100.0 : 1.0;
  return interval_text(scale * mean, scale * low, scale * high, "difference") +
         (share_of(measure) ? " points" : "");
}

Chart tornado_of(const ResultView& view, const std::vector<MovedFactor>& factors,
                 const std::string& measure) {
  const std::vector<RankedFactor> rows = ranked(view, factors, measure, "swing");
  const auto column = [&](std::string_view name) { return view.numbers("/effects", name); };
  const auto low = column("at_low");
  const auto low_low = column("at_low_ci_low");
  const auto low_high = column("at_low_ci_high");
  const auto high = column("at_high");
  const auto high_low = column("at_high_ci_low");
  const auto high_high = column("at_high_ci_high");
  const auto n = column("n_low");
  TornadoChart drawing{.x = {"change of " + long_name_of(measure), share_of(measure) ? "%" : "",
                             share_of(measure) ? "percent" : "linear"}};
  drawing.base_label = "the scenario as it is";
  Chart chart{"tornado-" + measure,
              "",
              "A bar for each parameter, from the change at the low end of its range to that at its high "
              "end; the longest first.",
              "",
              "/effects",
              "One parameter is moved at a time, by common random numbers; the table has the intervals."};
  chart.table.columns = {{"parameter", "", false}, {"low", "", false}, {"change there"},
                         {"high", "", false},      {"change there"},   {"n"}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [factor, row, size] = rows[i];
    const std::string at_low = difference_of(measure, low[row], low_low[row], low_high[row]);
    const std::string at_high = difference_of(measure, high[row], high_low[row], high_high[row]);
    if (i < most_bars)
      drawing.rows.push_back({factor->path, low[row], high[row], factor->low, factor->high,
                              fmt::format("{} / {}", at_low, at_high)});
    chart.table.rows.push_back(
        {factor->path, factor->low, Cell{at_low, low[row], low_low[row], low_high[row]}, factor->high,
         Cell{at_high, high[row], high_low[row], high_high[row]}, Cell{fmt::format("{:.0f}", n[row])}});
    if (i == 0) chart.n = fmt::format("n = {:.0f} pairs of replications at each end", n[row]);
  }
  chart.finding = rows.empty()
                      ? fmt::format("{} hangs on none of the parameters", long_name_of(measure))
                      : fmt::format("{} hangs most on {}", long_name_of(measure), rows.front().factor->path);
  chart.table.caption = chart.finding;
  chart.drawing = std::move(drawing);
  return chart;
}

/// Of Morris screening and Sobol indices: an interval for each parameter.
Chart indices_of(const ResultView& view, const std::vector<MovedFactor>& factors, const std::string& measure,
                 std::string_view column, std::string label) {
  const std::vector<RankedFactor> rows = ranked(view, factors, measure, column);
  const auto values = view.numbers("/effects", column);
  const auto lows = view.numbers("/effects", fmt::format("{}_ci_low", column));
  const auto highs = view.numbers("/effects", fmt::format("{}_ci_high", column));
  const auto n = view.numbers("/effects", "n");
  IntervalChart drawing{.x = {label, "", "linear", 0.0}};
  Chart chart{fmt::format("{}-{}", column, measure), "",
              "A point for each parameter with its bootstrap interval, the strongest first.", "", "/effects"};
  chart.table.columns = {{"parameter", "", false}, {label + " (95 % interval)"}, {"n"}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t row = rows[i].row;
    const std::string text = interval_text(values[row], lows[row], highs[row], "difference");
    if (i < most_bars)
      drawing.rows.push_back({rows[i].factor->path, "", values[row], lows[row], highs[row], text});
    chart.table.rows.push_back({rows[i].factor->path, Cell{text, values[row], lows[row], highs[row]},
                                Cell{fmt::format("{:.0f}", n[row])}});
    if (i == 0) chart.n = fmt::format("n = {:.0f}", n[row]);
  }
  chart.finding = rows.empty()
                      ? fmt::format("{} hangs on none of the parameters", long_name_of(measure))
                      : fmt::format("{} hangs most on {}", long_name_of(measure), rows.front().factor->path);
  chart.table.caption = chart.finding;
  chart.drawing = std::move(drawing);
  return chart;
}

}  // namespace

ReportDocument sensitivity_document(const ResultView& view) {
  ReportDocument document = begin_study_document(view, ResultKind::sensitivity);
  std::vector<MovedFactor> factors;
  const auto paths = view.texts("/factors", "path");
  const auto lows = view.texts("/factors", "low");
  const auto highs = view.texts("/factors", "high");
  const auto bases = view.texts("/factors", "base");
  for (std::size_t i = 0; i < paths.size(); ++i) factors.push_back({paths[i], lows[i], highs[i], bases[i]});
  std::vector<std::string> measures;
  for (const std::string& measure : view.texts("/effects", "measure"))
    if (std::ranges::find(measures, measure) == measures.end()) measures.push_back(measure);
  document.facts = {view.text("/study", "plan"), fmt::format("{} parameters were moved", factors.size())};
  Section section{"influence", "What the answer hangs on"};
  for (const std::string& measure : measures) {
    Chart chart =
        view.has("/effects", "swing") ? tornado_of(view, factors, measure)
        : view.has("/effects", "mu_star")
            ? indices_of(view, factors, measure, "mu_star", "mean size of the elementary effects")
            : indices_of(view, factors, measure, "total", "share of the variance, with interactions");
    if (document.answer.sentence.empty())
      document.answer.sentence = chart.finding + ".";
    else
      document.answer.sentences.push_back(chart.finding + ".");
    section.add(std::move(chart));
  }
  document.sections.push_back(std::move(section));
  Section moved{"factors", "What was moved, and how far"};
  ReportTable table{"Parameters that were moved",
                    {{"parameter", "", false},
                     {"low", "", false},
                     {"as it is", "", false},
                     {"high", "", false},
                     {"meaning", "", false}},
                    {}};
  for (const MovedFactor& f : factors) {
    const auto* entry = peer_support::find_in_catalogue(f.path);
    table.rows.push_back(
        {f.path, f.low, f.base.empty() ? "-" : f.base, f.high, entry == nullptr ? "-" : entry->meaning});
  }
  moved.add(DetailsBlock{fmt::format("All {} parameters", factors.size()), {Block{std::move(table)}}});
  document.sections.push_back(std::move(moved));
  add_study_sections(view, document);
  return document;
}

}  // namespace peercap::app
