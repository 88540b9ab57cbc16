#include "app/export/table_export.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "sim/time/civil_date.h"

namespace peercap::app {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20;

std::string_view name_of(const ResultGroup& group) {
  return std::string_view{group.path}.substr(1);
}

std::string number_text(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : std::string{};
}

std::string value_text(const ResultValues& values, std::size_t i) {
  if (const auto* numbers = std::get_if<std::vector<double>>(&values)) return number_text(numbers->at(i));
  if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&values))
    return std::to_string(integers->at(i));
  return csv_field(std::get<std::vector<std::string>>(values).at(i));
}

/// The day that a `time` dimension counts from.
std::optional<CivilDate> origin_of(const ResultDimension& dimension) {
  constexpr std::string_view begin = "days since ";
  if (!dimension.unit.starts_with(begin)) return std::nullopt;
  return CivilDate::parse(std::string_view{dimension.unit}.substr(begin.size(), 10));
}

/// The dimensions that span a group's table: those of its variables, the group's order.
std::vector<const ResultDimension*> dimensions_of(const ResultGroup& group) {
  std::vector<const ResultDimension*> used;
  for (const ResultDimension& dimension : group.dimensions)
    if (std::ranges::any_of(group.variables, [&](const ResultVariable& v) {
          return std::ranges::find(v.dimensions, dimension.name) != v.dimensions.end();
        }))
      used.push_back(&dimension);
  return used;
}

std::uint64_t rows_of(const ResultGroup& group) {
  std::uint64_t rows = 1;
  for (const ResultDimension* dimension : dimensions_of(group)) rows *= value_count(dimension->labels);
  return rows;
}

/// Numbers of a variable one after the other, a piece of a stream at a time.
class VariableReader {
 public:
  explicit VariableReader(const ResultVariable& variable) : variable_{variable} {}

  [[nodiscard]] std::string text(std::uint64_t i) {
    if (!variable_.stream) return value_text(variable_.values, static_cast<std::size_t>(i));
    if (i < first_ || i >= first_ + piece_.size()) {
      first_ = i;
      piece_.resize(static_cast<std::size_t>(
          std::min<std::uint64_t>(std::uint64_t{1} << 16, variable_.stream.count - i)));
      variable_.stream.read(first_, piece_);
    }
    return number_text(piece_[static_cast<std::size_t>(i - first_)]);
  }

 private:
  const ResultVariable& variable_;
  std::uint64_t first_ = 0;
  std::vector<double> piece_;
};

/// Where a variable's value stands that belongs to a place of the whole table.
std::uint64_t index_in(const ResultVariable& variable, const std::vector<const ResultDimension*>& dimensions,
                       const std::vector<std::uint64_t>& place) {
  std::uint64_t index = 0;
  for (const std::string& name : variable.dimensions)
    for (std::size_t d = 0; d < dimensions.size(); ++d)
      if (dimensions[d]->name == name) index = index * value_count(dimensions[d]->labels) + place[d];
  return index;
}

void write_group(const ResultGroup& group, const TextSink& sink) {
  const std::vector<const ResultDimension*> dimensions = dimensions_of(group);
  const bool is_table = group.shape != GroupShape::arrays;
  std::string text;
  const auto begin_row = [&] {
    if (text.size() < piece_size) return;
    sink(text);
    text.clear();
  };
  std::string header;
  std::vector<std::optional<CivilDate>> origins;
  const auto head = [&](std::string_view name) { header += (header.empty() ? "" : ",") + csv_field(name); };
  for (const ResultDimension* dimension : dimensions) {
    origins.push_back(origin_of(*dimension));
    if (is_table) continue;
    head(dimension->name);
    if (origins.back()) head("date");
  }
  for (const ResultVariable& variable : group.variables) head(variable.name);
  text = header + "\n";
  std::vector<VariableReader> readers;
  for (const ResultVariable& variable : group.variables) readers.emplace_back(variable);
  std::vector<std::uint64_t> place(dimensions.size(), 0);
  const std::uint64_t rows = rows_of(group);
  for (std::uint64_t row = 0; row < rows; ++row) {
    begin_row();
    bool first = true;
    const auto field = [&](std::string_view value) {
      if (!first) text += ',';
      first = false;
      text += value;
    };
    if (!is_table)
      for (std::size_t d = 0; d < dimensions.size(); ++d) {
        const std::string label = value_text(dimensions[d]->labels, static_cast<std::size_t>(place[d]));
        field(label);
        if (origins[d]) {
          const double days_since = std::strtod(label.c_str(), nullptr);
          field(date_of(origins[d]->midnight() + days(static_cast<std::int64_t>(std::floor(days_since))))
                    .to_string());
        }
      }
    for (std::size_t v = 0; v < readers.size(); ++v)
      field(readers[v].text(index_in(group.variables[v], dimensions, place)));
    text += '\n';
    for (std::size_t d = dimensions.size(); d-- > 0;) {
      if (++place[d] < value_count(dimensions[d]->labels)) break;
      place[d] = 0;
    }
  }
  sink(text);
}

}  // namespace

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::vector<ExportTable> export_tables(const ResultContent& content) {
  std::vector<ExportTable> tables;
  for (const ResultGroup& group : content.groups) {
    if (group.shape == GroupShape::texts) continue;
    ExportTable table{std::string{name_of(group)}, group.description, rows_of(group), {}};
    for (const ResultVariable& variable : group.variables) table.columns.push_back(variable.name);
    tables.push_back(std::move(table));
  }
  return tables;
}

bool write_csv(const ResultContent& content, std::string_view table, const TextSink& sink) {
  const auto found = std::ranges::find_if(content.groups, [&](const ResultGroup& g) {
    return g.shape != GroupShape::texts && name_of(g) == table;
  });
  if (found == content.groups.end()) return false;
  write_group(*found, sink);
  return true;
}

std::string columns_csv(const ResultContent& content) {
  std::string text = "table,column,unit,meaning\n";
  const auto add = [&](std::string_view table, std::string_view column, std::string_view unit,
                       std::string_view meaning) {
    text += fmt::format("{},{},{},{}\n", csv_field(table), csv_field(column), csv_field(unit),
                        csv_field(meaning));
  };
  for (const ResultGroup& group : content.groups) {
    if (group.shape == GroupShape::texts) continue;
    if (group.shape == GroupShape::arrays)
      for (const ResultDimension* dimension : dimensions_of(group)) {
        add(name_of(group), dimension->name, dimension->unit, dimension->long_name);
        if (origin_of(*dimension)) add(name_of(group), "date", "", "day on which it begins");
      }
    for (const ResultVariable& variable : group.variables)
      add(name_of(group), variable.name, variable.unit,
          variable.description.empty() ? variable.long_name : variable.description);
  }
  return text;
}

void write_text_file(const std::filesystem::path& file, ExistingFile existing,
                     const std::function<void(const TextSink&)>& write) {
  DurableFile target{file, existing, operating_system()};
  std::uint64_t offset = 0;
  write([&](std::string_view text) {
    target.write(text.data(), text.size(), offset);
    offset += text.size();
  });
  target.publish();
}

}  // namespace peercap::app
