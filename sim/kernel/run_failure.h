#pragma once

#include <stdexcept>
#include <string>

#include "sim/event/event.h"

namespace peercap {

enum class FailureKind {
  event_in_the_past,   ///< scheduled before the present
  message_too_early,   ///< sent with less than the declared least delay
  unknown_channel,     ///< sent on a channel that was not declared
  sequence_exhausted,  ///< one process made more events than a tie can number
  after_the_end,       ///< scheduled or sent while the books were closed
  handler_threw,       ///< the model's handler failed
};

[[nodiscard]] const char* to_string(FailureKind kind);

/// A run that broke a rule of the kernel, with the process and the event at which it did.
class RunFailure : public std::runtime_error {
 public:
  RunFailure(FailureKind kind, std::string process, const Event& event, const std::string& detail);

  [[nodiscard]] FailureKind kind() const { return kind_; }
  [[nodiscard]] const std::string& process() const { return process_; }
  [[nodiscard]] const Event& event() const { return event_; }

 private:
  FailureKind kind_;
  std::string process_;
  Event event_;
};

/// The run was asked to stop before its end.
class RunInterrupted : public std::runtime_error {
 public:
  RunInterrupted() : std::runtime_error{"the run was interrupted"} {}
};

}  // namespace peercap
