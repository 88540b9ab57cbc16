#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/sim/queueing/reference_values.h"

namespace peercap::queueing {

/// The figure of that name; a failure where there is none.
inline double reference(std::string_view name) {
  for (const ReferenceValue& reference : reference_values)
    if (reference.name == name) return reference.value;
  ADD_FAILURE() << "no reference value is called " << name;
  return 0.0;
}

/// Fails unless `actual` is the figure of that name to the relative tolerance.
inline void expect_reference(std::string_view name, double actual, double tolerance = 1e-11) {
  const double expected = reference(name);
  const double size = expected < 0.0 ? -expected : expected;
  EXPECT_NEAR(actual, expected, tolerance * (size > 0.0 ? size : 1.0)) << name;
}

}  // namespace peercap::queueing
