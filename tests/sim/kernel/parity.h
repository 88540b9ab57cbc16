#pragma once

#include <cstddef>
#include <ostream>
#include <vector>

#include "sim/kernel/conservative_engine.h"

namespace peercap::testing {

/// Engines in windows of every kind, each to be held against the sequential one.
struct EngineCase {
  ConservativeOptions options;
};

inline std::ostream& operator<<(std::ostream& out, const EngineCase& engine) {
  const ConservativeOptions& o = engine.options;
  out << to_string(o.executor) << "_" << o.threads << "_threads_" << o.partitions << "_partitions";
  if (o.scattered) out << "_scattered";
  if (o.longest_window < SimDuration{SimTime::never().ticks()}) out << "_short_windows";
  return out;
}

[[nodiscard]] inline std::vector<EngineCase> engine_cases(SimDuration short_window) {
  std::vector<EngineCase> cases;
  for (const ExecutorKind executor : {ExecutorKind::serial, ExecutorKind::threads, ExecutorKind::tbb})
    for (const std::size_t threads : {std::size_t{1}, std::size_t{2}, std::size_t{5}}) {
      if (executor == ExecutorKind::serial && threads > 1) continue;
      for (const std::size_t partitions : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{120}})
        for (const bool scattered : {false, true})
          cases.push_back(
              {{.executor = executor, .threads = threads, .partitions = partitions, .scattered = scattered}});
    }
  cases.push_back(
      {{.executor = ExecutorKind::threads, .threads = 3, .partitions = 5, .longest_window = short_window}});
  cases.push_back({{.executor = ExecutorKind::tbb, .threads = 2, .partitions = 0}});
  return cases;
}

}  // namespace peercap::testing
