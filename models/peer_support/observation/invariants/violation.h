#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/peer_support/organization/organization.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// Whom a violation is about.
enum class Party : std::uint8_t { run, clinician, supporter, unit, site, destination };

/// Something that must never happen, and did.
struct Violation {
  SimTime time;
  Party party = Party::run;
  std::uint32_t number = 0;  ///< of the party, in the organization
  std::string what;          ///< "has two open requests"

  friend auto operator<=>(const Violation&, const Violation&) = default;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(time, party, number, what);
  }
};

/// Counts violations and remembers the first few in order of time, party and words: the same ones in whatever
/// order they were added, so that neither partitions nor threads can be told from a report.
class ViolationList {
 public:
  static constexpr std::size_t most_shown = 8;

  void add(SimTime time, Party party, std::uint32_t number, std::string what);
  void absorb(const ViolationList& other);

  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] const std::vector<Violation>& first() const { return first_; }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(count_, first_);
  }

 private:
  void remember(Violation violation);

  std::uint64_t count_ = 0;
  std::vector<Violation> first_;  ///< in order
};

/// A replication that broke invariants: a mistake of the program, whatever the scenario. The message names
/// the first few.
class InvariantViolation : public std::logic_error {
 public:
  InvariantViolation(const ViolationList& broken, const Organization& organization);

  [[nodiscard]] const ViolationList& broken() const { return broken_; }

 private:
  ViolationList broken_;
};

}  // namespace peercap::peer_support
