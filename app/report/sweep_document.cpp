#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/report/documents.h"
#include "app/report/report_parts.h"
#include "app/studies/measure_names.h"

namespace peercap::app {
namespace {

/// A parameter of /design: numbers, or numbers of levels.
struct Factor {
  std::string name;
  std::string unit;
  std::vector<double> values;       ///< [points]
  std::vector<std::string> levels;  ///< empty of a number

  [[nodiscard]] std::string text(double value) const {
    if (levels.empty()) return fmt::format("{:.4g}", value);
    const auto i = static_cast<std::size_t>(value);
    return i < levels.size() ? levels[i] : "-";
  }
};

/// A measure of /summary by point.
struct PointFigures {
  std::string name;
  std::string long_name;
  std::string unit;
  std::vector<double> mean;
  std::vector<double> low;
  std::vector<double> high;
  std::vector<double> n;

  [[nodiscard]] Cell cell(std::size_t i) const {
    if (!(n[i] > 0.0)) return {"not defined"};
    return {interval_text(mean[i], low[i], high[i], unit), mean[i], low[i], high[i],
            fmt::format("n = {:.0f}", n[i])};
  }
  [[nodiscard]] std::string plain(double value) const {
    return unit == "share" ? short_percent(value) : short_number(value);
  }
};

/// The levels of a JSON array of texts, as sweep files hold them.
std::vector<std::string> levels_in(const std::string& json) {
  std::vector<std::string> levels;
  for (std::size_t begin = json.find('"'); begin != std::string::npos; begin = json.find('"', begin)) {
    const std::size_t end = json.find('"', begin + 1);
    if (end == std::string::npos) break;
    levels.push_back(json.substr(begin + 1, end - begin - 1));
    begin = end + 1;
  }
  return levels;
}

std::vector<Factor> read_factors(const ResultView& view) {
  std::vector<Factor> factors;
  for (const ResultVariable& variable : view.group("/design").variables) {
    Factor factor{
        variable.name, variable.unit == "1" ? "" : variable.unit, view.numbers("/design", variable.name), {}};
    for (const auto& [key, value] : variable.attributes)
      if (key == "levels") factor.levels = levels_in(value);
    factors.push_back(std::move(factor));
  }
  return factors;
}

std::vector<PointFigures> read_figures(const ResultView& view) {
  const std::vector<std::string> statistics = view.labels("/summary", "statistic");
  const auto at = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(statistics, name) - statistics.begin());
  };
  std::vector<PointFigures> all;
  for (const ResultVariable& variable : view.group("/summary").variables) {
    const std::vector<double> values = view.numbers("/summary", variable.name);
    const auto found = find_measure(variable.name);
    PointFigures figures{variable.name,
                         variable.long_name,
                         found ? std::string{shown_unit(*found)} : variable.unit,
                         {},
                         {},
                         {},
                         {}};
    for (std::size_t point = 0; point * statistics.size() < values.size(); ++point) {
      const auto value = [&](std::string_view name) { return values[point * statistics.size() + at(name)]; };
      figures.mean.push_back(value("mean"));
      figures.low.push_back(value("ci_low"));
      figures.high.push_back(value("ci_high"));
      figures.n.push_back(value("n"));
    }
    all.push_back(std::move(figures));
  }
  return all;
}

/// The cells of a factor's axis: its own values where they are few, else eight ranges.
struct Bins {
  std::vector<std::string> labels;
  std::vector<std::size_t> of;  ///< [points]
};

Bins bins_of(const Factor& factor) {
  const std::set<double> different(factor.values.begin(), factor.values.end());
  Bins bins;
  constexpr std::size_t most = 24;
  if (different.size() <= most) {
    for (const double value : different) bins.labels.push_back(factor.text(value));
    for (const double value : factor.values)
      bins.of.push_back(static_cast<std::size_t>(std::distance(different.begin(), different.find(value))));
    return bins;
  }
  constexpr std::size_t ranges = 8;
  const double low = *different.begin();
  const double width = (*different.rbegin() - low) / ranges;
  for (std::size_t i = 0; i < ranges; ++i)
    bins.labels.push_back(fmt::format("{:.3g} to {:.3g}", low + static_cast<double>(i) * width,
                                      low + static_cast<double>(i + 1) * width));
  for (const double value : factor.values)
    bins.of.push_back(std::min(ranges - 1, static_cast<std::size_t>((value - low) / width)));
  return bins;
}

std::string label_of(const Factor& factor) {
  return factor.unit.empty() ? factor.name : fmt::format("{} ({})", factor.name, factor.unit);
}

/// A number of three digits beside `value`, by std::floor or std::ceil: the end of a scale.
double outward(double value, double (*round)(double)) {
  if (value == 0.0) return 0.0;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 2.0);
  return round(value / unit) * unit;
}

bool does_not_move(const PointFigures& figures) {
  std::set<std::string> shown;
  for (const double mean : figures.mean)
    if (std::isfinite(mean)) shown.insert(figures.plain(mean));
  return shown.size() < 2;
}

/// The mean of a measure over a factor, or two: of all points of a cell.
Chart map_of(const PointFigures& figures, const Factor& x, const Factor* y, const std::string& id) {
  const Bins columns = bins_of(x);
  const Bins rows =
      y == nullptr ? Bins{{"all points"}, std::vector<std::size_t>(x.values.size(), 0)} : bins_of(*y);
  std::vector<double> sums(columns.labels.size() * rows.labels.size(), 0.0);
  std::vector<double> counts(sums.size(), 0.0);
  for (std::size_t i = 0; i < figures.mean.size(); ++i) {
    if (!std::isfinite(figures.mean[i])) continue;
    const std::size_t cell = rows.of[i] * columns.labels.size() + columns.of[i];
    sums[cell] += figures.mean[i];
    counts[cell] += 1.0;
  }
  const bool share = figures.unit == "share";
  HeatmapChart drawing{.x = label_of(x),
                       .y = y == nullptr ? "" : label_of(*y),
                       .columns = columns.labels,
                       .rows = rows.labels};
  double least = no_number;
  double most = no_number;
  std::string least_place;
  std::string most_place;
  Chart chart{
      id,
      "",
      fmt::format("A grid of {} by {} cells; the color is the mean of {} over the points of a cell.",
                  columns.labels.size(), rows.labels.size(), figures.long_name),
      fmt::format("{} points, {:.0f} replications each", figures.mean.size(),
                  figures.n.empty() ? 0.0 : figures.n.front()),
      "/summary",
      y == nullptr ? "" : "Where more parameters vary, a cell is the mean over all values of the others."};
  chart.table.columns = {{label_of(x), "", false},
                         {y == nullptr ? "points" : label_of(*y), "", false},
                         {figures.long_name, share ? "%" : ""},
                         {"n (points)"}};
  for (std::size_t row = 0; row < rows.labels.size(); ++row)
    for (std::size_t column = 0; column < columns.labels.size(); ++column) {
      const std::size_t cell = row * columns.labels.size() + column;
      if (counts[cell] == 0.0) continue;
      const double mean = sums[cell] / counts[cell];
      drawing.cells.push_back({column, row, share ? 100.0 * mean : mean});
      const std::string place = y == nullptr ? fmt::format("{} {}", x.name, columns.labels[column])
                                             : fmt::format("{} {} and {} {}", x.name, columns.labels[column],
                                                           y->name, rows.labels[row]);
      if (!(least <= mean)) {
        least = mean;
        least_place = place;
      }
      if (!(most >= mean)) {
        most = mean;
        most_place = place;
      }
      chart.table.rows.push_back({columns.labels[column], rows.labels[row], Cell{figures.plain(mean), mean},
                                  Cell{fmt::format("{:.0f}", counts[cell]), counts[cell]}});
    }
  const double scale = share ? 100.0 : 1.0;
  drawing.scale = {figures.long_name,
                   share                 ? "%"
                   : figures.unit == "1" ? ""
                                         : figures.unit,
                   std::isfinite(least) ? outward(scale * least, std::floor) : 0.0,
                   std::isfinite(most) ? outward(scale * most, std::ceil) : 1.0};
  if (!std::isfinite(least))
    chart.finding = fmt::format("{} is defined at no point", figures.long_name);
  else if (figures.plain(least) == figures.plain(most))
    chart.finding =
        fmt::format("{}: {} wherever these parameters are", figures.long_name, figures.plain(least));
  else
    chart.finding = fmt::format("{}: from {} at {} to {} at {}", figures.long_name, figures.plain(least),
                                least_place, figures.plain(most), most_place);
  chart.table.caption = chart.finding;
  chart.drawing = std::move(drawing);
  return chart;
}

/// Correlation of ranks, which tells of any steady effect.
double rank_correlation(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<std::size_t> both;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (std::isfinite(x[i]) && std::isfinite(y[i])) both.push_back(i);
  if (both.size() < 3) return no_number;
  const auto ranks = [&](const std::vector<double>& values) {
    std::vector<std::size_t> order(both.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[both[i]]; });
    std::vector<double> rank(order.size());
    for (std::size_t i = 0; i < order.size();) {
      std::size_t end = i;
      while (end < order.size() && values[both[order[end]]] == values[both[order[i]]]) ++end;
      for (std::size_t k = i; k < end; ++k) rank[order[k]] = 0.5 * static_cast<double>(i + end - 1);
      i = end;
    }
    return rank;
  };
  const std::vector<double> a = ranks(x);
  const std::vector<double> b = ranks(y);
  const double mean = 0.5 * static_cast<double>(both.size() - 1);
  double ab = 0.0;
  double aa = 0.0;
  double bb = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean) * (b[i] - mean);
    aa += (a[i] - mean) * (a[i] - mean);
    bb += (b[i] - mean) * (b[i] - mean);
  }
  return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : no_number;
}

}  // namespace

ReportDocument sweep_document(const ResultView& view) {
  ReportDocument document = begin_study_document(view, ResultKind::sweep);
  std::vector<Factor> factors = read_factors(view);
  const std::vector<PointFigures> figures = read_figures(view);
  const std::size_t points = figures.empty() ? 0 : figures.front().mean.size();
  std::string varied;
  for (const Factor& f : factors) varied += (varied.empty() ? "" : ", ") + f.name;
  document.facts = {
      fmt::format("{} points", with_thousands(static_cast<double>(points), 0)),
      fmt::format("n = {} replications of each point", view.labels("/replications", "replication").size()),
      "varied: " + varied};
  Section maps{"maps", "What the parameters do"};
  std::vector<std::string> unmoved;
  // The two parameters that vary and matter most for the first measure span its maps.
  std::erase_if(
      factors, [](const Factor& f) { return std::set<double>(f.values.begin(), f.values.end()).size() < 2; });
  for (std::size_t m = 0; m < figures.size(); ++m) {
    std::vector<std::pair<double, std::size_t>> influence;
    for (std::size_t f = 0; f < factors.size(); ++f) {
      const double r = rank_correlation(factors[f].values, figures[m].mean);
      influence.emplace_back(std::isfinite(r) ? std::abs(r) : 0.0, f);
    }
    std::ranges::stable_sort(influence, std::ranges::greater{}, &std::pair<double, std::size_t>::first);
    if (influence.empty()) continue;
    const Factor& x = factors[influence[0].second];
    const Factor* y = influence.size() > 1 ? &factors[influence[1].second] : nullptr;
    if (does_not_move(figures[m])) {
      const auto defined =
          std::ranges::find_if(figures[m].mean, [](double mean) { return std::isfinite(mean); });
      unmoved.push_back(defined == figures[m].mean.end()
                            ? fmt::format("{} is defined at no point.", figures[m].long_name)
                            : fmt::format("{} is {} at every point (n = {} points).", figures[m].long_name,
                                          figures[m].plain(*defined), points));
      continue;
    }
    Chart chart = map_of(figures[m], x, y, "map-" + figures[m].name);
    if (document.answer.sentence.empty())
      document.answer.sentence = chart.finding + ".";
    else if (document.answer.sentences.size() < 4)
      document.answer.sentences.push_back(chart.finding + ".");
    maps.add(std::move(chart));
  }
  if (!unmoved.empty()) maps.add(TextBlock{unmoved});
  for (const std::string& sentence : unmoved) document.answer.sentences.push_back(sentence);
  if (document.answer.sentence.empty())
    document.answer.sentence = fmt::format("A design of {} points; their measures are in the table.", points);
  ReportTable ranks{"How steadily each measure moves with each parameter (rank correlation over the points)",
                    {{"measure", "", false}},
                    {}};
  for (const Factor& f : factors) ranks.columns.push_back({f.name});
  for (const PointFigures& f : figures) {
    std::vector<Cell> row{f.long_name};
    for (const Factor& factor : factors) {
      const double r = rank_correlation(factor.values, f.mean);
      row.push_back(std::isfinite(r)
                        ? Cell{with_thousands(r, 2), r, no_number, no_number, fmt::format("n = {}", points)}
                        : Cell{"-"});
    }
    ranks.rows.push_back(std::move(row));
  }
  maps.add(std::move(ranks));
  document.sections.push_back(std::move(maps));
  document.answer.warnings.push_back(
      "Values of the picture are means over points and replications; the table of points has their "
      "intervals.");
  Section table_section{"points", "Every point"};
  constexpr std::size_t most_rows = 500;
  ReportTable table{"Points with their measures, means with 95 % intervals", {{"point", "", false}}, {}};
  for (const Factor& f : factors) table.columns.push_back({label_of(f)});
  for (const PointFigures& f : figures) table.columns.push_back({f.long_name});
  for (std::size_t i = 0; i < std::min(points, most_rows); ++i) {
    std::vector<Cell> row{std::to_string(i)};
    for (const Factor& f : factors)
      row.push_back(f.levels.empty() ? Cell{f.text(f.values[i]), f.values[i]} : Cell{f.text(f.values[i])});
    for (const PointFigures& f : figures) row.push_back(f.cell(i));
    table.rows.push_back(std::move(row));
  }
  if (points > most_rows)
    table_section.lead =
        fmt::format("The first {} of {} points; peercap export gives all of them.", most_rows, points);
  table_section.add(
      DetailsBlock{fmt::format("{} points", std::min(points, most_rows)), {Block{std::move(table)}}});
  document.sections.push_back(std::move(table_section));
  if (view.has("/failures") && !view.texts("/failures", "message").empty())
    document.answer.warnings.push_back(fmt::format(
        "{} kinds of failures are recorded in the file: the points concerned have fewer replications.",
        view.texts("/failures", "message").size()));
  add_study_sections(view, document);
  return document;
}

}  // namespace peercap::app
