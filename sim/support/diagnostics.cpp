#include "sim/support/diagnostics.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace peercap {

void Diagnostics::add(Problem problem) {
  if (problem.severity == Severity::error) ++errors_;
  problems_.push_back(std::move(problem));
}

void Diagnostics::error(SourceLocation where, std::string what, std::string suggestion) {
  add({Severity::error, std::move(where), std::move(what), std::move(suggestion)});
}

void Diagnostics::warning(SourceLocation where, std::string what, std::string suggestion) {
  add({Severity::warning, std::move(where), std::move(what), std::move(suggestion)});
}

void Diagnostics::note(SourceLocation where, std::string what, std::string suggestion) {
  add({Severity::note, std::move(where), std::move(what), std::move(suggestion)});
}

std::vector<Problem> Diagnostics::sorted() const {
  auto problems = problems_;
  std::ranges::stable_sort(problems, [](const Problem& a, const Problem& b) {
    return std::tie(a.where.file, a.where.line, a.where.column) <
           std::tie(b.where.file, b.where.line, b.where.column);
  });
  return problems;
}

}  // namespace peercap
