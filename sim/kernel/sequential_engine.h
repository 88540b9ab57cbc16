#pragma once

#include "sim/kernel/engine.h"

namespace peercap {

/// One global queue, one event after another: the oracle for every other engine.
class SequentialEngine final : public Engine {
 public:
  RunReport run(const Topology& topology, const RandomSource& random, const RunSpan& span,
                Observer* observer) override;
};

}  // namespace peercap
