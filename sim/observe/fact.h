#pragma once

#include <cstdint>
#include <memory>

#include "sim/time/sim_time.h"

namespace peercap {

class StateReader;
class StateWriter;

/// Something that has happened, stated by a process for whoever listens. Its meaning belongs to the model.
struct Fact {
  SimTime time;
  std::uint16_t kind = 0;
  std::uint16_t small = 0;
  std::uint32_t subject = 0;
  std::int64_t a = 0;
  std::int64_t b = 0;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(time, kind, small, subject, a, b);
  }
};

/// Listens to facts. An observer cannot act on the run: measuring never changes what is measured.
/// Each thread of a parallel run has an observer of its own, made by `fork` and merged by `absorb`; what
/// an observer accumulates must therefore not depend on the order of facts of different processes (integers,
/// exact sums).
class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;

  virtual void on_fact(const Fact& fact) = 0;
  /// An empty observer of the same kind.
  [[nodiscard]] virtual std::unique_ptr<Observer> fork() const = 0;
  /// Adds what `other`, made by fork() of this one, has seen.
  virtual void absorb(const Observer& other) = 0;

  /// Writes all that was seen so far, in a form that does not depend on how facts were split and merged.
  virtual void save(StateWriter& state) const = 0;
  /// Takes over what an observer of the same kind has saved, in place of what this one has seen.
  virtual void restore(StateReader& state) = 0;
};

}  // namespace peercap
