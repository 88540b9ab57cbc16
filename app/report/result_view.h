#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/report/report_document.h"
#include "models/peer_support/observation/measures.h"
#include "sim/observe/result_content.h"

namespace peercap::app {

/// A measure as the file's /summary has it.
struct MeasureFigure {
  std::string name;
  std::string long_name;
  std::string unit;  ///< as interval_text() takes it: "share" for what is shown in percent
  double mean = no_number;
  double low = no_number;
  double high = no_number;
  double p05 = no_number;
  double p95 = no_number;
  std::int64_t n = 0;  ///< replications in which it is defined

  [[nodiscard]] bool is_defined() const { return n > 0; }
  /// "70 % (69 to 71)", or "not defined".
  [[nodiscard]] std::string text() const;
  [[nodiscard]] Cell cell() const;
};

/// What a result file holds, by the names of its groups and columns. Everything a report says is read here,
/// and only here. Throws InputOutputError, naming the file, where a group or column is missing that its kind
/// of result always has.
class ResultView {
 public:
  /// Borrows the content; `file` is named in messages.
  ResultView(const ResultContent& content, std::string file);

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] bool has(std::string_view group) const { return find(group) != nullptr; }
  [[nodiscard]] const ResultGroup& group(std::string_view path) const;
  [[nodiscard]] bool has(std::string_view group, std::string_view variable) const;
  [[nodiscard]] const ResultVariable& variable(std::string_view group, std::string_view name) const;

  /// Values of a column or an array, row-major; whole numbers are given as numbers too.
  [[nodiscard]] std::vector<double> numbers(std::string_view group, std::string_view name) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view group, std::string_view name) const;
  /// Labels of a dimension.
  [[nodiscard]] std::vector<double> places(std::string_view group, std::string_view dimension) const;
  [[nodiscard]] std::vector<std::string> labels(std::string_view group, std::string_view dimension) const;
  /// A text of a group of texts; empty where it is missing.
  [[nodiscard]] std::string text(std::string_view group, std::string_view name) const;
  /// An attribute of the file as text; empty where it is missing.
  [[nodiscard]] std::string attribute(std::string_view name) const;

  /// A measure of a run's /summary.
  [[nodiscard]] MeasureFigure measure(std::string_view name) const;
  [[nodiscard]] MeasureFigure measure(peer_support::Measure measure) const {
    return this->measure(peer_support::info_of(measure).name);
  }
  [[nodiscard]] std::vector<std::string> measures() const;
  /// Replications of a run.
  [[nodiscard]] std::int64_t replications() const;
  /// "n = 100 replications".
  [[nodiscard]] std::string n() const;

  /// A parameter of a run's /parameters as it is written, "0.5 h/week"; empty where there is none.
  [[nodiscard]] std::string parameter(std::string_view path) const;

 private:
  [[nodiscard]] const ResultGroup* find(std::string_view group) const;

  const ResultContent& content_;
  std::string file_;
  std::map<std::string, std::size_t, std::less<>> summary_rows_;
  std::map<std::string, std::string, std::less<>> parameters_;
};

}  // namespace peercap::app
