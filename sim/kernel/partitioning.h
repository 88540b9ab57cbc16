#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/event/event.h"
#include "sim/kernel/topology.h"

namespace peercap {

/// How a topology's processes are divided among pending-event sets. A division never changes a result.
struct Partitioning {
  std::vector<std::uint32_t> partition_of;        ///< by process
  std::vector<std::vector<ProcessId>> processes;  ///< by partition, in order of ids
  std::vector<double> loads;                      ///< by partition: the sum of its processes' expected loads
  SimDuration lookahead;  ///< least delay of channels between partitions; the largest duration if none
  std::uint64_t crossing_channels = 0;  ///< that lead from one partition to another
  std::uint64_t channels = 0;           ///< of all processes

  [[nodiscard]] std::size_t size() const { return processes.size(); }
};

/// Cuts the processes into runs of neighbors of about equal load. Neighbors are processes of one component of
/// the graph of channels (Boost.Graph), in the order in which the model added them, except that whoever sends
/// to many comes right before the first of them: an office with its units.
///
/// Where there is a choice, cuts are made where channels with a long delay alone cross, since the least delay
/// that crosses is the length of a window.
///
/// `wanted` partitions (at least 1; else ContractViolation); fewer where there are fewer processes, and up to
/// a third fewer, of up to twice the load, where that makes windows longer.
[[nodiscard]] Partitioning partition_by_load(const Topology& topology, std::size_t wanted);

/// About one partition for each `load` of 6,000, and at least eight a thread where there are more than one,
/// so that a slow one does not hold up the others.
[[nodiscard]] std::size_t recommended_partitions(const Topology& topology, std::size_t threads);

/// Every process on its own partition of `wanted`, by turns: the worst division, for tests.
[[nodiscard]] Partitioning scatter(const Topology& topology, std::size_t wanted);

}  // namespace peercap
