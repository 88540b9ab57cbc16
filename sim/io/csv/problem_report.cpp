#include "sim/io/csv/problem_report.h"

#include <utility>

#include <fmt/format.h>

namespace peercap::csv {

ProblemReport::ProblemReport(std::string file, int max_problems, Diagnostics& diagnostics)
    : file_{std::move(file)}, max_problems_{max_problems}, diagnostics_{&diagnostics} {}

void ProblemReport::error(int line, std::string what, std::string suggestion, int column) {
  if (full()) return;
  ++count_;
  const SourceLocation where{file_, line, column};
  diagnostics_->error(where, std::move(what), std::move(suggestion));
  if (full()) diagnostics_->note(where, fmt::format("{} problems; more in this file are not listed", count_));
}

}  // namespace peercap::csv
