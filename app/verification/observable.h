#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/verification/record_figure.h"
#include "models/peer_support/model.h"
#include "models/peer_support/observation/measures.h"
#include "models/peer_support/scenario/scenario.h"

namespace peercap::app {

/// What is computed from one replication to be held against theory: measures, numbers, + - * / and
/// parentheses, and functions of a weekly series, of a referral destination, or of the record.
///
///     1 - contact_within_target_share
///     waiting_over_time_mean + session_hours_per_week / 168
///     share_above(open_cases, 34)          weeks whose value is above 34, as a share
///     mean_of(open_cases), variance_of(open_cases), at_week(open_cases, 4)
///     wait_days(coach), begun_per_day(coach), waiting(coach), treated(coach), treated_at_end(coach)
///     least_month(), most_month(), median_sessions(), most_sessions(), tenured_share(3)
///
/// Week 0 is the first Monday of the horizon. `waiting` and `treated` are means over time: days waited
/// before, and days of, the treatments that began in the horizon, over its length.
class Observable {
 public:
  /// Nothing where the text makes no sense; `problem` then says why.
  [[nodiscard]] static std::optional<Observable> parse(std::string_view text, std::string& problem);

  /// NaN where it is not defined; a destination that the scenario does not have is not.
  [[nodiscard]] double value(const peer_support::ReplicationOutcome& outcome,
                             const peer_support::Scenario& scenario) const;

  /// The referral destinations that are named.
  [[nodiscard]] std::vector<std::string> destinations() const;

 private:
  enum class Kind { number, measure, sum, difference, product, quotient, series, destination, record };
  enum class SeriesFunction { mean, variance, share_above, at_week };
  enum class DestinationFunction { wait_days, begun_per_day, waiting, treated, treated_at_end };

  struct Term {
    Kind kind = Kind::number;
    double number = 0.0;  ///< also the number that a function takes
    peer_support::Measure measure = {};
    peer_support::Series series = {};
    SeriesFunction of_series = SeriesFunction::mean;
    DestinationFunction of_destination = DestinationFunction::wait_days;
    RecordFigure of_record = RecordFigure::least_month;
    std::string name = {};  ///< of a destination
    std::vector<Term> parts = {};
  };
  class Parser;

  explicit Observable(Term root) : root_{std::move(root)} {}
  static double evaluate(const Term& term, const peer_support::ReplicationOutcome& outcome,
                         const peer_support::Scenario& scenario);
  static double evaluate_series(const Term& term, const std::vector<double>& values);
  static double evaluate_destination(const Term& term, const peer_support::ReplicationOutcome& outcome,
                                     const peer_support::Scenario& scenario);

  Term root_;
};

}  // namespace peercap::app
