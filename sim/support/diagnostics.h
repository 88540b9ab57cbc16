#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace peercap {

/// Where in a user's input something stands. Lines and columns count from 1; 0 means unknown.
struct SourceLocation {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const SourceLocation&, const SourceLocation&) = default;
};

enum class Severity { error, warning, note };

/// One thing to tell the user about the input: what is wrong, why, and what to do about it.
struct Problem {
  Severity severity = Severity::error;
  SourceLocation where;
  std::string what;        ///< the problem and why it is one, one sentence without a final period
  std::string suggestion;  ///< what to write instead; may be empty
};

/// All problems of one input, collected in one pass so that the user sees every one of them at once.
class Diagnostics {
 public:
  void add(Problem problem);
  void error(SourceLocation where, std::string what, std::string suggestion = {});
  void warning(SourceLocation where, std::string what, std::string suggestion = {});
  void note(SourceLocation where, std::string what, std::string suggestion = {});

  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] bool empty() const { return problems_.empty(); }

  /// The problems sorted by file, line and column; equal places keep the order in which they were found.
  [[nodiscard]] std::vector<Problem> sorted() const;

 private:
  std::vector<Problem> problems_;
  std::size_t errors_ = 0;
};

}  // namespace peercap
