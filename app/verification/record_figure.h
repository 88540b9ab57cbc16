#pragma once

#include <optional>
#include <string_view>

#include "models/peer_support/model.h"
#include "models/peer_support/scenario/scenario.h"

namespace peercap::app {

/// Figures of one replication's record that are no measures of their own.
enum class RecordFigure {
  least_month,      ///< requests in the month with the fewest
  most_month,       ///< requests in the month with the most
  median_sessions,  ///< of a case
  most_sessions,    ///< of any case; 10 stands for 10 and more
  tenured_share,    ///< of the supporters active at the end, those who joined at least so many years before
};

/// "least_month", ... or nothing.
[[nodiscard]] std::optional<RecordFigure> find_record_figure(std::string_view name);

/// Whether a number is given with it: the years of `tenured_share`.
[[nodiscard]] bool takes_number(RecordFigure figure);

/// NaN where it is not defined.
[[nodiscard]] double value_of(RecordFigure figure, double number,
                              const peer_support::ReplicationOutcome& outcome,
                              const peer_support::Scenario& scenario);

}  // namespace peercap::app
