#include "sim/kernel/run_capture.h"

#include <algorithm>
#include <string>
#include <utility>

#include "sim/support/state_archive.h"

namespace peercap {
namespace {

void check_pending(const RunState& state, const std::vector<ProcessRecord>& records, SimTime end) {
  const auto fail = [](const std::string& problem) {
    throw StateFormatError{"saved state has a pending event " + problem};
  };
  for (std::size_t i = 0; i < state.pending.size(); ++i) {
    const Event& event = state.pending[i];
    if (event.time < state.reached || event.time >= end) fail("outside the rest of the run");
    if (i > 0 && order_of(event) <= order_of(state.pending[i - 1])) fail("out of order");
    if (event.target.index() >= records.size()) fail("of a process that there is not");
    if (event.is_timer() && event.a >= records[event.target.index()].timers.size())
      fail("of a timer slot that there is not");
    if (is_stale(event, records)) fail("of a timer that is not set");
  }
}

void restore_processes(const RunState& state, const Topology& topology) {
  StateReader reader{state.processes};
  for (std::size_t i = 0; i < topology.size(); ++i) {
    LogicalProcess& process = topology.process(ProcessId{i});
    std::string name;
    std::uint64_t size = 0;
    reader(name, size);
    if (name != process.name())
      throw StateFormatError{"saved state is of another model: process " + std::to_string(i) + " was '" +
                             name + "' and is '" + process.name() + "'"};
    StateReader own{reader.take(size, name.c_str())};
    try {
      process.restore(own);
      own.expect_end();
    } catch (const StateFormatError& error) {
      throw StateFormatError{name + ": " + error.what()};
    }
  }
  reader.expect_end();
}

}  // namespace

RunState capture_run(const Topology& topology, const std::vector<ProcessRecord>& records,
                     const Observer* observer, std::vector<Event> pending, SimTime reached,
                     const RunReport& so_far) {
  RunState state;
  state.reached = reached;
  state.events = so_far.events;
  state.skipped_timers = so_far.skipped_timers;
  std::erase_if(pending, [&](const Event& event) { return is_stale(event, records); });
  std::ranges::sort(pending, {}, order_of);
  state.pending = std::move(pending);

  StateWriter kept;
  kept(records);
  state.records = kept.take();
  StateWriter processes;
  for (std::size_t i = 0; i < topology.size(); ++i) {
    const LogicalProcess& process = topology.process(ProcessId{i});
    processes(process.name());
    processes.sized([&] { process.save(processes); });
  }
  state.processes = processes.take();
  if (observer != nullptr) {
    StateWriter observed;
    observer->save(observed);
    state.observer = observed.take();
  }
  return state;
}

std::vector<ProcessRecord> restore_run(const RunState& state, const Topology& topology, const RunSpan& span,
                                       Observer* observer) {
  if (state.reached < span.begin || state.reached > span.end)
    throw StateFormatError{"saved state is of another span: it is at tick " +
                           std::to_string(state.reached.ticks()) + ", the run lasts from tick " +
                           std::to_string(span.begin.ticks()) + " to " + std::to_string(span.end.ticks())};
  std::vector<ProcessRecord> records;
  StateReader reader{state.records};
  reader(records);
  reader.expect_end();
  if (records.size() != topology.size())
    throw StateFormatError{"saved state is of another model: it has " + std::to_string(records.size()) +
                           " processes, the run has " + std::to_string(topology.size())};
  check_pending(state, records, span.end);
  restore_processes(state, topology);
  if (observer != nullptr) {
    StateReader observed{state.observer};
    try {
      observer->restore(observed);
      observed.expect_end();
    } catch (const StateFormatError& error) {
      throw StateFormatError{std::string{"what was observed: "} + error.what()};
    }
  }
  return records;
}

}  // namespace peercap
