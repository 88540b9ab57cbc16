#include "sim/kernel/topology.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/support/contract.h"

namespace peercap {

ProcessId Topology::add(std::unique_ptr<LogicalProcess> process) {
  require(processes_.size() < EventTie::max_source, "more processes than an event's tie can name");
  const ProcessId id{processes_.size()};
  processes_.push_back(std::move(process));
  channels_.emplace_back();
  delays_to_all_.emplace_back();
  return id;
}

std::uint32_t Topology::connect(ProcessId source, ProcessId target, SimDuration least_delay) {
  require(source.index() < size() && target.index() < size(),
          "a channel names a process that does not exist");
  require(least_delay > SimDuration{}, "a channel needs a least delay above zero");
  auto& channels = channels_[source.index()];
  channels.push_back({target, least_delay});
  return static_cast<std::uint32_t>(channels.size() - 1);
}

void Topology::connect_to_all(ProcessId source, SimDuration least_delay) {
  require(source.index() < size(), "a channel names a process that does not exist");
  require(least_delay > SimDuration{}, "a channel needs a least delay above zero");
  delays_to_all_[source.index()] = least_delay;
}

SimDuration Topology::lookahead() const {
  SimDuration least{std::numeric_limits<std::int64_t>::max()};
  for (const auto& channels : channels_)
    for (const Channel& channel : channels) least = std::min(least, channel.least_delay);
  for (const SimDuration delay : delays_to_all_)
    if (delay > SimDuration{}) least = std::min(least, delay);
  return least;
}

}  // namespace peercap
