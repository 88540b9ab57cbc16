#include "sim/kernel/run_failure.h"

#include <utility>

#include "sim/time/civil_date.h"

namespace peercap {
namespace {

std::string describe(FailureKind kind, const std::string& process, const Event& event,
                     const std::string& detail) {
  return std::string{to_string(kind)} + " in process " + process + " at " + date_of(event.time).to_string() +
         " (tick " + std::to_string(event.time.ticks()) + "), event kind " +
         std::to_string(event.kind & ~unsigned{Event::timer_bit}) + (detail.empty() ? "" : ": " + detail);
}

}  // namespace

const char* to_string(FailureKind kind) {
  switch (kind) {
    case FailureKind::event_in_the_past:
      return "event in the past";
    case FailureKind::message_too_early:
      return "message earlier than its channel's least delay";
    case FailureKind::unknown_channel:
      return "message on an undeclared channel";
    case FailureKind::sequence_exhausted:
      return "too many events from one process";
    case FailureKind::after_the_end:
      return "event scheduled after the end of the run";
    case FailureKind::handler_threw:
      return "handler failed";
  }
  return "unknown failure";
}

RunFailure::RunFailure(FailureKind kind, std::string process, const Event& event, const std::string& detail)
    : std::runtime_error{describe(kind, process, event, detail)},
      kind_{kind},
      process_{std::move(process)},
      event_{event} {}

}  // namespace peercap
