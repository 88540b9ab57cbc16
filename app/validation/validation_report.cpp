#include "app/validation/validation_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

using peer_support::FigureOrigin;

std::string label_of(const ValidationRow& row) {
  return row.pattern > 0 ? fmt::format("P{}", row.pattern) : std::string{};
}

std::string row_text(const ValidationRow& row) {
  std::string text = fmt::format("  {:<4}{}\n", label_of(row), row.what);
  text += fmt::format("        published  {}{}\n", row.published,
                      row.evidence.empty() ? "" : fmt::format(" [{}]", row.evidence));
  if (!row.because.empty()) text += fmt::format("        accepted   {}\n", row.because);
  text += fmt::format("        simulated  {:<34} n = {:<5} {:<10} {}\n",
                      simulated_text(row.simulated, row.is_share), row.simulated.count,
                      peer_support::to_string(row.origin), inside_text(row.is_inside));
  if (!row.is_inside && !row.explained.empty()) text += fmt::format("        why        {}\n", row.explained);
  return text;
}

template <class Wanted>
std::string table(std::string_view title, const std::vector<ValidationFile>& programs,
                  const ValidationOutcome& outcome, const Wanted& wanted) {
  std::string text;
  int inside = 0;
  int all = 0;
  for (const ValidationFile& program : programs) {
    const auto of_program = [&](const ValidationRow& row) {
      return row.program == program.name && wanted(row);
    };
    if (std::ranges::none_of(outcome.rows, of_program)) continue;
    text += fmt::format("\n{}: {}\n", program.name, program.about);
    for (const ValidationRow& row : outcome.rows) {
      if (!of_program(row)) continue;
      text += row_text(row);
      ++all;
      inside += row.is_inside;
    }
  }
  if (all == 0) return {};
  return fmt::format("{} ({} of {} inside)\n{}\n{}\n", title, inside, all, std::string(96, '-'), text);
}

}  // namespace

std::string simulated_text(const Summary& simulated, bool is_share) {
  if (simulated.count == 0) return "-";
  const double scale = is_share ? 100.0 : 1.0;
  const int digits = is_share ? 1 : 2;
  const auto number = [&](double value) { return fmt::format("{:.{}f}", value * scale, digits); };
  const std::string unit = is_share ? " %" : "";
  if (simulated.count == 1) return number(simulated.mean) + unit + " (n = 1)";
  return fmt::format("{}{} ({} to {})", number(simulated.mean), unit, number(simulated.mean_interval.low),
                     number(simulated.mean_interval.high));
}

std::string_view inside_text(bool is_inside) {
  return is_inside ? "inside" : "not inside";
}

std::string validation_report(const std::vector<ValidationFile>& programs, const ValidationOutcome& outcome) {
  const auto is_predicted = [](const ValidationRow& row) { return row.origin == FigureOrigin::predicted; };
  std::string text =
      table("Fitted or set: an input was moved until the figure came out, or makes its direction", programs,
            outcome, [&](const ValidationRow& row) { return !is_predicted(row); });
  text += table("Predicted: nothing was fitted to it", programs, outcome, is_predicted);
  if (outcome.has_patterns)
    text += fmt::format("{} of {} patterns inside\n", outcome.patterns_inside, peer_support::pattern_count);
  return text;
}

std::string validation_json(const std::vector<ValidationFile>& programs, const ValidationOutcome& outcome) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value(validation_format);
  json.key("programs").begin_array();
  for (const ValidationFile& program : programs) {
    json.begin_object();
    json.key("name").value(program.name);
    json.key("about").value(program.about);
    json.key("figures").begin_array();
    for (const ValidationRow& row : outcome.rows) {
      if (row.program != program.name) continue;
      json.begin_object();
      json.key("name").value(row.name);
      json.key("pattern").value(label_of(row));
      json.key("what").value(row.what);
      json.key("published").value(row.published);
      json.key("evidence").value(row.evidence);
      json.key("because").value(row.because);
      json.key("explained").value(row.explained);
      json.key("accepted_low").value(row.accepted.low);
      json.key("accepted_high").value(row.accepted.high);
      json.key("direction").boolean(row.is_direction);
      json.key("share").boolean(row.is_share);
      json.key("origin").value(peer_support::to_string(row.origin));
      json.key("n").value(row.simulated.count);
      json.key("mean").value(row.simulated.mean);
      json.key("ci_low").value(row.simulated.mean_interval.low);
      json.key("ci_high").value(row.simulated.mean_interval.high);
      json.key("inside").boolean(row.is_inside);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  if (outcome.has_patterns) json.key("patterns_inside").value(outcome.patterns_inside);
  json.end_object();
  return json.take();
}

}  // namespace peercap::app
