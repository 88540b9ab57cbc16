#include "tests/sim/io/hdf5/sample_content.h"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace peercap {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<std::int64_t> count_up(std::size_t n) {
  std::vector<std::int64_t> numbers(n);
  for (std::size_t i = 0; i < n; ++i) numbers[i] = static_cast<std::int64_t>(i);
  return numbers;
}

ResultGroup make_group(std::string path, std::string description, GroupShape shape) {
  ResultGroup group;
  group.path = std::move(path);
  group.description = std::move(description);
  group.shape = shape;
  return group;
}

ResultGroup make_replications() {
  ResultGroup group =
      make_group("/replications", "One value of each measure a replication.", GroupShape::arrays);
  group.dimensions = {
      {.name = "point", .unit = "1", .long_name = "design point", .labels = count_up(2)},
      {.name = "replication", .unit = "1", .long_name = "replication", .labels = count_up(3)}};
  group.variables = {
      {.name = "mean_wait",
       .unit = "h",
       .long_name = "mean wait",
       .description = "Time from request to first contact, mean over cases.",
       .dimensions = {"point", "replication"},
       .values = std::vector<double>{1.5, missing, 0.1, -0.0, 1e308, 5e-324},
       .attributes = {{"cell_methods", "case: mean"}}},
      {.name = "cases",
       .unit = "1",
       .long_name = "cases",
       .description = "Cases opened.",
       .dimensions = {"point", "replication"},
       .values = std::vector<std::int64_t>{1, -2, 3, 4, std::numeric_limits<std::int64_t>::max(),
                                           std::numeric_limits<std::int64_t>::min()}},
      {.name = "status",
       .unit = "",
       .long_name = "status",
       .description = "How the replication ended.",
       .dimensions = {"point", "replication"},
       .values = std::vector<std::string>{"done", "", "dönë", "完了", "done", "stopped"}}};
  return group;
}

ResultGroup make_summary(std::size_t rows) {
  std::vector<std::string> measures(rows);
  std::vector<double> means(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    measures[i] = i % 2 == 0 ? "mean_wait" : "coverage";
    means[i] = 0.25 * static_cast<double>(i);
  }
  if (rows > 1) means[1] = missing;
  ResultGroup group = make_group("/summary", "Every measure of every point.", GroupShape::table);
  group.dimensions = {{.name = "row", .unit = "1", .long_name = "row", .labels = count_up(rows)}};
  group.variables = {column("point", "1", "design point", "Number of the design point.", count_up(rows)),
                     column("measure", "", "measure", "Name of the measure.", measures),
                     column("mean", "1", "mean", "Mean over replications.", means)};
  return group;
}

ResultGroup make_series() {
  constexpr std::size_t points = 1;
  constexpr std::size_t days = 400;
  std::vector<double> values(points * 3 * days);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.5 * static_cast<double>(i);
  ResultGroup group = make_group("/series", "Measures on their dates.", GroupShape::arrays);
  group.dimensions = {{.name = "point", .unit = "1", .long_name = "design point", .labels = count_up(points)},
                      {.name = "statistic",
                       .unit = "",
                       .long_name = "statistic",
                       .labels = std::vector<std::string>{"mean", "p05", "p95"}},
                      {.name = "time",
                       .unit = "days since 2026-01-05 00:00:00",
                       .long_name = "date",
                       .labels = count_up(days),
                       .attributes = {{"calendar", "standard"}}}};
  group.variables = {{.name = "coverage",
                      .unit = "1",
                      .long_name = "coverage",
                      .description = "Share of episodes that reached a supporter.",
                      .dimensions = {"point", "statistic", "time"},
                      .values = values}};
  return group;
}

ResultVariable make_text(std::string name, std::string long_name, std::string text) {
  return {.name = std::move(name),
          .unit = {},
          .long_name = std::move(long_name),
          .description = {},
          .dimensions = {},
          .values = std::vector<std::string>{std::move(text)}};
}

}  // namespace

ResultContent make_sample_content(std::size_t rows) {
  ResultContent content;
  content.file_type = "peercap-result";
  content.provenance = {{"version", "0.1.0"},
                        {"seed", std::int64_t{-7}},
                        {"seed_hex", "0xfffffffffffffff9"},
                        {"wall_seconds", 1.25},
                        {"command_line", "peercap run Übung.yaml"},
                        {"created", "2026-01-05T00:00:00Z"},
                        {"host", ""}};
  ResultGroup texts = make_group("/scenario", "The scenario, in full.", GroupShape::texts);
  texts.variables = {make_text("source", "as given", "name: Zürich\nunits: [Ωmega, 内科, 🏥]\n"),
                     make_text("resolved", "with all defaults", std::string(100'000, 'x')),
                     make_text("schema", "", "")};
  ResultGroup empty = make_group("/events", "No events were asked for.", GroupShape::table);
  empty.dimensions = {
      {.name = "row", .unit = "1", .long_name = "row", .labels = std::vector<std::int64_t>{}}};
  empty.variables = {column("time", "s", "time", "When it was.", std::vector<double>{}),
                     column("event", "", "event", "What happened.", std::vector<std::string>{}),
                     column("entity", "1", "entity", "To whom.", std::vector<std::int64_t>{})};
  ResultGroup no_columns = make_group("/supporters", "", GroupShape::table);
  no_columns.dimensions = {{.name = "row", .unit = "", .long_name = "", .labels = count_up(2)}};
  ResultGroup inner = make_group("/units/waits/detail", "A group in groups.", GroupShape::arrays);
  inner.variables = {{.name = "total",
                      .unit = "h",
                      .long_name = "total",
                      .description = "A single number.",
                      .dimensions = {},
                      .values = std::vector<double>{42.0}}};
  content.groups = {texts, make_replications(), make_summary(rows), make_series(), empty, no_columns, inner};
  return content;
}

ResultContent make_numbered_content(std::size_t rows, std::int64_t seed) {
  std::vector<std::int64_t> numbers(rows);
  for (std::size_t i = 0; i < rows; ++i) numbers[i] = seed + static_cast<std::int64_t>(i * i % 1009);
  ResultContent content;
  content.file_type = "peercap-result";
  content.provenance = {{"seed", seed}};
  ResultGroup table = make_group("/summary", "Numbers.", GroupShape::table);
  table.dimensions = {{.name = "row", .unit = "1", .long_name = "row", .labels = count_up(rows)}};
  table.variables = {column("number", "1", "number", "A number that depends on the seed.", numbers)};
  content.groups = {table};
  return content;
}

}  // namespace peercap
