#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/progress.h"
#include "app/verification/verification_file.h"
#include "sim/statistics/summary.h"

namespace peercap::app {

enum class KnownVerdict {
  passed,
  too_wide,  ///< the interval is too wide for the figure to count as shown
  differs,
};

/// How far a value from replications is from the known one.
struct QuantityCheck {
  const VerificationFile* family = nullptr;
  const KnownSystem* system = nullptr;
  const KnownQuantity* quantity = nullptr;
  Summary simulated;
  double z = 0.0;        ///< (mean - theory) / standard error; infinite where nothing scatters and it differs
  double p_value = 1.0;  ///< two-sided, Student's t
  double adjusted_p_value = 1.0;  ///< Holm, over all quantities of the stage
  int stage = 1;                  ///< that decided
  KnownVerdict verdict = KnownVerdict::passed;
};

struct VerificationOptions {
  ExecutionRequest request = {};
  ProgressStyle progress = ProgressStyle::silent;
  std::int64_t replications = 0;  ///< of each system; 0: as its file says
  std::uint64_t seed = 0;         ///< 0: that of the scenario
  bool two_stages = false;        ///< what does not pass is asked again, with four times the sample
};

struct VerificationOutcome {
  std::vector<QuantityCheck> checks;  ///< in the order of the files
  ExitCode code = ExitCode::done;
};

/// |z| above which a quantity differs, whatever the others do.
inline constexpr double largest_z = 4.0;
/// A half-width of the 95 % interval, as a part of the value, beyond which nothing has been shown.
inline constexpr double widest_half_width = 0.05;
/// Levels of Holm's bound over the suite, by stage.
inline constexpr double stage_levels[] = {1e-3, 2.5e-5};

/// Judges the values of one quantity; without the bound over the suite.
[[nodiscard]] QuantityCheck check_quantity(const KnownQuantity& quantity, const std::vector<double>& values);

/// Adjusts the p-values of all checks of a stage for their number and gives each its verdict.
void judge(std::vector<QuantityCheck>& checks, int stage);

/// Runs every system of the families and holds its quantities against theory. With two stages, what does not
/// pass the first runs again with other seeds and four times the replications, and that decides.
[[nodiscard]] VerificationOutcome run_verification(const std::vector<VerificationFile>& families,
                                                   const VerificationOptions& options, std::ostream& err);

}  // namespace peercap::app
