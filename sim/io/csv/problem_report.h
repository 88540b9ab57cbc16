#pragma once

#include <string>

#include "sim/support/diagnostics.h"

namespace peercap::csv {

/// The problems of one file of rows: the first few are listed, the rest is not worth reading.
class ProblemReport {
 public:
  /// At most `max_problems` errors reach `diagnostics`; behind the last stands a note that there may be more.
  ProblemReport(std::string file, int max_problems, Diagnostics& diagnostics);

  /// An error on a line, counted from 1; columns count characters, 0 means none in particular.
  void error(int line, std::string what, std::string suggestion = {}, int column = 0);

  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] bool full() const { return count_ >= max_problems_; }
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  std::string file_;
  int max_problems_;
  Diagnostics* diagnostics_;
  int count_ = 0;
};

}  // namespace peercap::csv
