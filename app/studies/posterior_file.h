#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/peer_support/scenario/schedule_spec.h"
#include "sim/support/diagnostics.h"

namespace peercap::app {

inline constexpr const char* posterior_format = "peercap-posterior/1";

/// Parameters that fit what was observed, as many sets as there are (docs/formats/posterior_file.md).
struct PosteriorSample {
  std::string study;
  peer_support::ParameterSettings center;  ///< the mean of each parameter, or the point that fits best
  std::vector<peer_support::ParameterSettings> draws;  ///< at least one
  std::vector<double> weights;                         ///< [draws], summing to 1
};

/// Reads such a file; every problem goes to `diagnostics`, and nothing is returned where there is one. Paths
/// and values are checked where they are set. `blame` is where the file is named.
[[nodiscard]] std::optional<PosteriorSample> read_posterior(const std::string& file, Diagnostics& diagnostics,
                                                            SourceLocation blame = {});

/// `count` draws of equal weight: systematic resampling from the middle of each step (no chance in it), in
/// the order of the file.
[[nodiscard]] std::vector<peer_support::ParameterSettings> even_draws(const PosteriorSample& posterior,
                                                                      std::size_t count);

}  // namespace peercap::app
