#pragma once

#include "sim/support/contract.h"
#include "sim/support/state_archive.h"

namespace peercap::testing {

/// A process or an observer of a test that saves nothing: asking it to is a mistake of the test.
template <class Base>
class Unsaved : public Base {
 public:
  void save(StateWriter&) const override { throw ContractViolation{"this test saves nothing"}; }
  void restore(StateReader&) override { throw ContractViolation{"this test restores nothing"}; }
};

}  // namespace peercap::testing
