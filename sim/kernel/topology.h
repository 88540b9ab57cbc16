#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/kernel/logical_process.h"
#include "sim/time/sim_time.h"

namespace peercap {

/// A way from one process to another with its least delay, the lookahead. Channels of a process are numbered
/// 0, 1, ... in the order in which they were connected.
struct Channel {
  ProcessId target;
  SimDuration least_delay;
};

/// All processes and who may send to whom: declared before the run, so that an engine knows how far processes
/// can run ahead of each other.
class Topology {
 public:
  /// Throws ContractViolation beyond EventTie::max_source processes.
  ProcessId add(std::unique_ptr<LogicalProcess> process);

  /// Declares that `source` sends to `target`, never with a delay below `least_delay` (> 0, else
  /// ContractViolation). Returns the number of the channel at `source`.
  std::uint32_t connect(ProcessId source, ProcessId target, SimDuration least_delay);

  /// Declares that `source` may send to every process, never with a delay below `least_delay` (> 0, else
  /// ContractViolation): one declaration where a channel to each would be many.
  void connect_to_all(ProcessId source, SimDuration least_delay);

  /// Declares that processes also see each other's states outside of messages, as they were at least
  /// `least_delay` ago: nobody may run further ahead of the others than that.
  void share_states(SimDuration least_delay) { shared_delay_ = least_delay; }
  /// The largest duration where nothing is shared.
  [[nodiscard]] SimDuration shared_delay() const { return shared_delay_; }

  [[nodiscard]] std::size_t size() const { return processes_.size(); }
  [[nodiscard]] LogicalProcess& process(ProcessId id) const { return *processes_[id.index()]; }
  [[nodiscard]] std::span<const Channel> channels(ProcessId id) const { return channels_[id.index()]; }

  /// Of connect_to_all; nothing where the process sends on channels alone.
  [[nodiscard]] std::optional<SimDuration> delay_to_all(ProcessId id) const {
    const SimDuration delay = delays_to_all_[id.index()];
    return delay > SimDuration{} ? std::optional{delay} : std::nullopt;
  }

  /// The least delay of all channels; the largest duration where there is no channel.
  [[nodiscard]] SimDuration lookahead() const;

 private:
  std::vector<std::unique_ptr<LogicalProcess>> processes_;
  std::vector<std::vector<Channel>> channels_;
  std::vector<SimDuration> delays_to_all_;  ///< by process; zero where there is none
  SimDuration shared_delay_{std::numeric_limits<std::int64_t>::max()};
};

}  // namespace peercap
