#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/execution_plan.h"
#include "app/studies/study_file.h"
#include "app/studies/study_result.h"

namespace CLI {
class App;
}

namespace peercap::app {

/// The arguments of every command about studies: STUDY|SCENARIO [--set PATH=VALUE]... [--variant NAME]
/// [--json], and of those that run something [--replications N] [--seed N] [--threads N] [--check] [--quiet].
struct StudyArguments {
  std::string file;
  std::vector<std::string> overrides;
  std::string variant;
  std::vector<std::string> targets;
  std::vector<std::string> search;
  int replications = 0;
  std::uint64_t seed = 0;
  std::size_t threads = 0;
  bool check = false;
  bool quiet = false;
  bool json = false;
  std::string out;
  bool force = false;

  /// To outlive the command's parsing.
  void add_file_to(CLI::App& command, const std::string& what);
  void add_target_to(CLI::App& command);
  void add_chance_to(CLI::App& command, const std::string& replications_meaning);
  /// These and [--threads N] [--check] [--quiet].
  void add_execution_to(CLI::App& command, const std::string& replications_meaning);

  /// [--out FILE] [--force]; without FILE NAME-`what`-001.h5, ...
  void add_result_to(CLI::App& command, const std::string& what);

  [[nodiscard]] StudyLoadOptions load_options() const;
  [[nodiscard]] StudyResultPlace result_place(const std::string& suffix,
                                              const std::string& command_line) const;
  [[nodiscard]] ExecutionRequest execution_request() const {
    return {.threads = threads, .check_invariants = check};
  }
};

}  // namespace peercap::app
