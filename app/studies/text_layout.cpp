#include "app/studies/text_layout.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/studies/measure_names.h"

namespace peercap::app {
namespace {

constexpr std::size_t width = 80;

}  // namespace

std::string wrapped(std::string_view words, std::size_t indent) {
  std::string text;
  std::string line(indent, ' ');
  while (!words.empty()) {
    const auto space = std::min(words.find(' '), words.size());
    if (line.size() > indent && line.size() + 1 + space > width) {
      text += line + "\n";
      line.assign(indent, ' ');
    }
    if (line.size() > indent) line += ' ';
    line += words.substr(0, space);
    words.remove_prefix(std::min(space + 1, words.size()));
  }
  return text + line + "\n";
}

std::string row(std::string_view label, std::string_view value) {
  const std::size_t used = 2 + label.size() + 1 + value.size();
  if (used <= width) return fmt::format("  {}{}{}\n", label, std::string(width - used + 1, ' '), value);
  if (value.size() <= width) return fmt::format("  {}\n{:>{}}\n", label, value, width);
  return fmt::format("  {}\n{}", label, wrapped(value, 4));
}

void IntervalStrip::include(double low, double mean, double high) {
  for (const double value : {low, mean, high}) {
    if (!std::isfinite(value)) continue;
    from_ = std::min(from_, value);
    to_ = std::max(to_, value);
  }
}

std::size_t IntervalStrip::place(double value) const {
  if (!(to_ > from_)) return width / 2;
  const double share = std::clamp((value - from_) / (to_ - from_), 0.0, 1.0);
  return static_cast<std::size_t>(share * static_cast<double>(width - 1) + 0.5);
}

std::string IntervalStrip::draw(double low, double mean, double high) const {
  std::string strip(width, ' ');
  if (std::isfinite(mark_) && mark_ >= from_ && mark_ <= to_) strip[place(mark_)] = '|';
  if (!std::isfinite(mean)) return strip;
  if (std::isfinite(low) && std::isfinite(high))
    for (std::size_t i = place(low); i <= place(high); ++i) strip[i] = '-';
  strip[place(mean)] = 'o';
  return strip;
}

std::string figure_text(const StudyTarget& target, const TargetAssessment& assessment) {
  if (std::isnan(assessment.estimate)) return "not defined";
  const std::string_view unit = target.target.statistic == TargetStatistic::probability
                                    ? std::string_view{"share"}
                                    : shown_unit(target.measure);
  const Interval& interval = assessment.interval;
  if (std::isfinite(interval.low) && std::isfinite(interval.high))
    return interval_text(assessment.estimate, interval.low, interval.high, unit);
  // An end that the replications do not tell.
  const double scale = unit == "share" ? 100.0 : 1.0;
  return fmt::format("{:.4g}{} (interval open)", assessment.estimate * scale, unit == "share" ? " %" : "");
}

std::string estimate_text(const StudyTarget& target, const TargetAssessment& assessment) {
  if (std::isnan(assessment.estimate)) return "not defined";
  if (target.target.statistic == TargetStatistic::probability || is_share(target.measure))
    return fmt::format("{:.3g} %", 100.0 * assessment.estimate);
  const std::string_view unit = peer_support::info_of(target.measure).unit;
  return unit == "1" || unit.starts_with("1/") ? fmt::format("{:.3g}", assessment.estimate)
                                               : fmt::format("{:.3g} {}", assessment.estimate, unit);
}

std::string_view verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return "met";
    case Verdict::missed:
      return "missed";
    case Verdict::undecided:
      break;
  }
  return "not shown";
}

std::string margin_text(const StudyTarget& target, double margin) {
  const double size = std::abs(margin);
  if (target.target.statistic == TargetStatistic::probability || is_share(target.measure))
    return fmt::format("{:.2g} percentage points", 100.0 * size);
  const std::string_view unit = peer_support::info_of(target.measure).unit;
  if (unit == "1") return fmt::format("{:.3g}", size);
  if (unit.starts_with("1/")) return fmt::format("{:.3g} a {}", size, unit.substr(2));
  return fmt::format("{:.3g} {}", size, unit);
}

std::string difference_text(peer_support::Measure measure, double mean, Interval interval) {
  if (std::isnan(mean)) return "not defined";
  const double scale = is_share(measure) ? 100.0 : 1.0;
  std::string text = interval_text(scale * mean, scale * interval.low, scale * interval.high, "difference");
  if (is_share(measure)) return text + " points";
  const std::string_view unit = peer_support::info_of(measure).unit;
  return unit == "1" || unit.starts_with("1/") ? text : fmt::format("{} {}", text, unit);
}

std::string count_text(double value) {
  std::string text = fmt::format("{:.0f}", value);
  const std::size_t begin = text[0] == '-' ? 1 : 0;
  for (std::size_t i = text.size(); i > begin + 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

}  // namespace peercap::app
