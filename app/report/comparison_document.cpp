#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/report/documents.h"
#include "app/report/report_parts.h"
#include "app/studies/measure_names.h"
#include "app/studies/text_layout.h"

namespace peercap::app {
namespace {

/// A line of /summary: a measure of a policy.
struct PolicyFigure {
  std::string measure;
  std::string long_name;
  std::string policy;
  std::string better;
  double mean = no_number;
  double low = no_number;
  double high = no_number;
  double n = 0.0;
  bool best = false;

  [[nodiscard]] std::string unit() const {
    const auto found = find_measure(measure);
    return found ? std::string{shown_unit(*found)} : std::string{};
  }
  [[nodiscard]] std::string text() const {
    return n > 0.0 ? interval_text(mean, low, high, unit()) : "not defined";
  }
  [[nodiscard]] Cell cell() const {
    return n > 0.0 ? Cell{text(), mean, low, high, fmt::format("n = {:.0f}", n)} : Cell{text()};
  }
};

/// A line of /pairs.
struct PairFigure {
  std::string measure;
  std::string first;
  std::string second;
  double difference = no_number;
  Interval interval;
  Interval simultaneous;
  double p_holm = no_number;
  double n = 0.0;

  [[nodiscard]] std::string text(Interval of) const {
    const auto found = find_measure(measure);
    return found ? difference_text(*found, difference, of)
                 : interval_text(difference, of.low, of.high, "difference");
  }
  [[nodiscard]] bool is_told() const { return simultaneous.low > 0.0 || simultaneous.high < 0.0; }
};

struct Comparison {
  std::vector<std::string> measures;
  std::vector<std::string> policies;
  std::vector<PolicyFigure> figures;
  std::vector<PairFigure> pairs;

  [[nodiscard]] const PolicyFigure* figure(const std::string& measure, const std::string& policy) const {
    const auto found = std::ranges::find_if(
        figures, [&](const PolicyFigure& f) { return f.measure == measure && f.policy == policy; });
    return found == figures.end() ? nullptr : &*found;
  }
};

Comparison read_comparison(const ResultView& view) {
  Comparison c;
  const auto measures = view.texts("/summary", "measure");
  const auto long_names = view.texts("/summary", "long_name");
  const auto policies = view.texts("/summary", "policy");
  const auto better = view.texts("/summary", "better");
  const auto means = view.numbers("/summary", "mean");
  const auto lows = view.numbers("/summary", "ci_low");
  const auto highs = view.numbers("/summary", "ci_high");
  const auto ns = view.numbers("/summary", "n");
  const auto best = view.numbers("/summary", "best");
  for (std::size_t i = 0; i < measures.size(); ++i) {
    c.figures.push_back({measures[i], long_names[i], policies[i], better[i], means[i], lows[i], highs[i],
                         ns[i], best[i] > 0.0});
    if (std::ranges::find(c.measures, measures[i]) == c.measures.end()) c.measures.push_back(measures[i]);
  }
  c.policies = view.texts("/policies", "name");
  const auto pair_measures = view.texts("/pairs", "measure");
  const auto firsts = view.texts("/pairs", "first");
  const auto seconds = view.texts("/pairs", "second");
  const auto differences = view.numbers("/pairs", "difference");
  const auto ci_low = view.numbers("/pairs", "ci_low");
  const auto ci_high = view.numbers("/pairs", "ci_high");
  const auto both_low = view.numbers("/pairs", "simultaneous_ci_low");
  const auto both_high = view.numbers("/pairs", "simultaneous_ci_high");
  const auto p = view.numbers("/pairs", "p_value_holm");
  const auto pair_n = view.numbers("/pairs", "n");
  for (std::size_t i = 0; i < pair_measures.size(); ++i)
    c.pairs.push_back({pair_measures[i],
                       firsts[i],
                       seconds[i],
                       differences[i],
                       {ci_low[i], ci_high[i]},
                       {both_low[i], both_high[i]},
                       p[i],
                       pair_n[i]});
  return c;
}

ChartAxis axis_of(const PolicyFigure& figure) {
  const bool share = figure.unit() == "share";
  return {figure.long_name, share ? "%" : figure.unit(), share ? "percent" : "linear"};
}

/// Where a policy stands against another by a measure, in words.
std::string standing(const Comparison& c, const std::string& measure) {
  const auto best =
      std::ranges::find_if(c.figures, [&](const PolicyFigure& f) { return f.measure == measure && f.best; });
  if (best == c.figures.end()) return {};
  std::string untold;
  for (const PairFigure& pair : c.pairs)
    if (pair.measure == measure && !pair.is_told() &&
        (pair.first == best->policy || pair.second == best->policy))
      untold += (untold.empty() ? "" : ", ") + (pair.first == best->policy ? pair.second : pair.first);
  return untold.empty() ? fmt::format("By {} the best policy is {} with {}; it differs from every other.",
                                      best->long_name, best->policy, best->text())
                        : fmt::format("By {} the best mean is that of {} with {}; it cannot be told from {}.",
                                      best->long_name, best->policy, best->text(), untold);
}

Chart means_chart(const Comparison& c, const std::string& measure) {
  IntervalChart drawing;
  const PolicyFigure* any = nullptr;
  for (const std::string& policy : c.policies)
    if (const PolicyFigure* f = c.figure(measure, policy)) {
      any = f;
      if (f->n > 0.0)
        drawing.rows.push_back(
            {policy, "", f->mean, f->low, f->high, f->text(), f->best ? "good" : "neutral"});
    }
  drawing.x = axis_of(*any);
  const std::string words = standing(c, measure);
  Chart chart{"means-" + measure, words.empty() ? fmt::format("{} of each policy", any->long_name) : words,
              "A point for the mean of each policy, with its 95 % interval.",
              fmt::format("n = {:.0f} replications of each policy", any->n), "/summary"};
  chart.table = {chart.finding, {{"policy", "", false}, {"mean (95 % interval)"}, {"n"}}, {}};
  for (const std::string& policy : c.policies)
    if (const PolicyFigure* f = c.figure(measure, policy))
      chart.table.rows.push_back({policy, f->cell(), Cell{fmt::format("{:.0f}", f->n)}});
  chart.drawing = std::move(drawing);
  return chart;
}

Chart differences_chart(const Comparison& c, const std::string& measure) {
  const PolicyFigure* any = c.figure(measure, c.policies.front());
  IntervalChart drawing{.x = axis_of(*any)};
  drawing.x.label = "difference in " + drawing.x.label;
  drawing.reference = {0.0, "no difference"};
  std::size_t told = 0;
  std::size_t all = 0;
  Chart chart{"differences-" + measure,
              "",
              "A point for each pair of policies: the mean of the differences replication by replication, "
              "with an interval that holds for all pairs at once.",
              "",
              "/pairs",
              "Policies meet the same chance (common random numbers). Intervals hold for all pairs of the "
              "measure at once (Bonferroni, 95 %)."};
  chart.table.columns = {{"first less second", "", false},
                         {"difference (95 % interval)"},
                         {"interval for all pairs at once"},
                         {"p (Holm)"},
                         {"n"}};
  for (const PairFigure& pair : c.pairs) {
    if (pair.measure != measure) continue;
    ++all;
    if (pair.is_told()) ++told;
    const std::string label = fmt::format("{} less {}", pair.first, pair.second);
    drawing.rows.push_back({label, "", pair.difference, pair.simultaneous.low, pair.simultaneous.high,
                            pair.text(pair.simultaneous), "neutral"});
    chart.table.rows.push_back(
        {label, Cell{pair.text(pair.interval), pair.difference, pair.interval.low, pair.interval.high},
         pair.text(pair.simultaneous),
         std::isfinite(pair.p_holm)
             ? Cell{pair.p_holm < 0.001 ? "below 0.001" : fmt::format("{:.3f}", pair.p_holm), pair.p_holm}
             : Cell{"-"},
         Cell{fmt::format("{:.0f}", pair.n)}});
    chart.n = fmt::format("n = {:.0f} replications of each policy", pair.n);
  }
  chart.finding = fmt::format("{} of {} pairs of policies differ in {}", told, all, any->long_name);
  chart.table.caption = chart.finding;
  chart.drawing = std::move(drawing);
  return chart;
}

Chart tradeoff_chart(const Comparison& c, const std::string& x, const std::string& y) {
  const PolicyFigure* fx = c.figure(x, c.policies.front());
  const PolicyFigure* fy = c.figure(y, c.policies.front());
  FrontierChart drawing{.x = axis_of(*fx), .y = axis_of(*fy)};
  const auto larger = [](const PolicyFigure& f) { return f.better != "smaller"; };
  drawing.better_x = larger(*fx) ? "up" : "down";
  drawing.better_y = larger(*fy) ? "up" : "down";
  Chart chart{"tradeoff",
              fmt::format("{} against {}: no policy is better in both than those marked", fx->long_name,
                          fy->long_name),
              "A point for each policy with its 95 % intervals in both measures.",
              fmt::format("n = {:.0f} replications of each policy", fx->n), "/summary"};
  chart.table = {chart.finding, {{"policy", "", false}, {fx->long_name}, {fy->long_name}}, {}};
  for (const std::string& policy : c.policies) {
    const PolicyFigure* a = c.figure(x, policy);
    const PolicyFigure* b = c.figure(y, policy);
    const bool beaten = std::ranges::any_of(c.policies, [&](const std::string& other) {
      const PolicyFigure* ox = c.figure(x, other);
      const PolicyFigure* oy = c.figure(y, other);
      const double dx = (larger(*fx) ? 1.0 : -1.0) * (ox->mean - a->mean);
      const double dy = (larger(*fy) ? 1.0 : -1.0) * (oy->mean - b->mean);
      return dx >= 0.0 && dy >= 0.0 && (dx > 0.0 || dy > 0.0);
    });
    drawing.points.push_back({policy, a->mean, b->mean, a->low, a->high, b->low, b->high, !beaten});
    chart.table.rows.push_back({policy, a->cell(), b->cell()});
  }
  chart.drawing = std::move(drawing);
  return chart;
}

}  // namespace

ReportDocument comparison_document(const ResultView& view) {
  ReportDocument document = begin_study_document(view, ResultKind::comparison);
  const Comparison c = read_comparison(view);
  const double n = c.figures.empty() ? 0.0 : c.figures.front().n;
  document.facts = {fmt::format("{} policies: {}", c.policies.size(), fmt::join(c.policies, ", ")),
                    fmt::format("n = {:.0f} replications of each, by the same chance", n),
                    view.text("/study", "end")};
  for (const std::string& measure : c.measures) {
    const std::string words = standing(c, measure);
    if (words.empty()) continue;
    if (document.answer.sentence.empty())
      document.answer.sentence = words;
    else
      document.answer.sentences.push_back(words);
  }
  if (document.answer.sentence.empty())
    document.answer.sentence =
        "The policies are compared measure by measure below; the study has no target that says which end is "
        "better.";
  if (!c.measures.empty())
    for (const std::string& policy : c.policies)
      if (const PolicyFigure* f = c.figure(c.measures.front(), policy);
          f != nullptr && document.answer.figures.size() < 6)
        document.answer.figures.push_back({fmt::format("{}: {}", policy, f->long_name), f->text(),
                                           fmt::format("n = {:.0f} replications", f->n), f->mean, f->low,
                                           f->high, f->unit(), f->best ? "good" : "neutral"});
  document.answer.warnings.push_back(
      "Intervals tell chance alone, not whether the assumptions of the scenario hold.");

  Section policies{"policies", "What is compared"};
  DefinitionsBlock words;
  const auto names = view.texts("/policies", "name");
  const auto descriptions = view.texts("/policies", "description");
  for (std::size_t i = 0; i < names.size(); ++i)
    words.items.emplace_back(names[i], descriptions[i].empty() ? "no description" : descriptions[i]);
  policies.add(std::move(words));
  ReportTable table{"Means with 95 % intervals", {{"measure", "", false}}, {}};
  for (const std::string& policy : c.policies) table.columns.push_back({policy});
  for (const std::string& measure : c.measures) {
    const PolicyFigure* first = c.figure(measure, c.policies.front());
    std::vector<Cell> row{first == nullptr ? measure : first->long_name};
    for (const std::string& policy : c.policies) {
      const PolicyFigure* f = c.figure(measure, policy);
      row.push_back(f == nullptr ? Cell{"-"} : f->cell());
    }
    table.rows.push_back(std::move(row));
  }
  policies.add(std::move(table));
  if (c.measures.size() >= 2) policies.add(tradeoff_chart(c, c.measures[1], c.measures[0]));
  document.sections.push_back(std::move(policies));

  Section measures{"measures", "Measure by measure"};
  measures.lead =
      "Paired differences take the same replications of both policies, and so are surer than the means "
      "beside each other look.";
  for (const std::string& measure : c.measures) {
    measures.add(means_chart(c, measure));
    measures.add(differences_chart(c, measure));
  }
  document.sections.push_back(std::move(measures));
  if (view.has("/rank_stability")) {
    Section stability{"stability", "Does the order hold where assumptions are drawn anew?"};
    ReportTable shares{"Share of the draws in which each policy is first",
                       {{"measure", "", false}, {"policy", "", false}, {"first in", "%"}},
                       {}};
    const auto of = view.texts("/rank_stability", "measure");
    const auto policy = view.texts("/rank_stability", "policy");
    const auto share = view.numbers("/rank_stability", "first_share");
    for (std::size_t i = 0; i < of.size(); ++i)
      shares.rows.push_back({of[i], policy[i], Cell{short_percent(share[i]), share[i]}});
    stability.add(std::move(shares));
    document.sections.push_back(std::move(stability));
  }
  add_study_sections(view, document);
  return document;
}

}  // namespace peercap::app
