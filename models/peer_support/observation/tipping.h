#pragma once

#include "models/peer_support/behavior/rules.h"

namespace peercap::peer_support {

/// A mean-field construct of the supporters of a program, not a part of the simulated world: N supporters
/// share a load of L hours of work a week. Recruits join at a constant rate r, and supporters leave for other
/// reasons at rate a and from the role at rate b exp(c o), o = max(0, L / N - p) being the weekly hours of
/// each beyond protected time p:
///
///     N' = r - N (a + b exp(c max(0, L / N - p)))
struct TippingTerms {
  double recruits = 0.0;         ///< r: who join a year
  double role_exits = 0.0;       ///< b: a supporter and year, without overload
  double other_exits = 0.0;      ///< a: a supporter and year
  double effect = 0.0;           ///< c: on the log hazard, for an hour a week beyond protected time
  double protected_hours = 0.0;  ///< p: a supporter and week
};

/// The greatest load, in hours a week, at which the construct has an equilibrium: the saddle-node, above
/// which N falls from any number. NaN where r, b or c is not positive.
///
/// Exits N (a + b exp(c (L / N - p))) are least at N = L / x with
///
///     b exp(c (x - p)) (c x - 1) = a,   that is  y e^y = (a / b) exp(c p - 1)  with y = c x - 1
///
/// if supporters are overloaded there (x > p), else where overload begins, at x = p. Equating the least exits
/// with r gives L = r x / (a + b exp(c (x - p))). Without other exits x = 1 / c and L = r exp(c p - 1) / (b
/// c).
[[nodiscard]] double tipping_load(const TippingTerms& terms);

/// The construct's terms from a scenario as it begins: recruits at the trust given, exits at average strain,
/// with `concerning` the share of people whose exhaustion is concerning. An hour a week beyond protected time
/// keeps up a debt, by which exhaustion rises too, and a loss of satisfaction, as far as the loops are on.
[[nodiscard]] TippingTerms tipping_terms(const Rules& rules, const Organization& organization, double trust,
                                         double concerning);

}  // namespace peercap::peer_support
