#pragma once

namespace peercap::app {

/// What the program tells the shell.
enum class ExitCode : int {
  done = 0,
  internal_error = 1,
  usage = 2,
  invalid_input = 3,
  target_not_met = 4,  ///< only where a target was required
  partial = 5,         ///< some points failed; the rest is saved
  input_output = 6,
  interrupted = 130,  ///< by Ctrl-C (SIGINT); what was complete is saved
  terminated = 143,   ///< by SIGTERM; what was complete is saved
};

}  // namespace peercap::app
