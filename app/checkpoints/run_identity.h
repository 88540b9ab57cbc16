#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/peer_support/scenario_yaml/load.h"

namespace peercap::app {

/// What a saved state belongs to: states of equal identities fit together, whatever the number of
/// replications.
struct RunIdentity {
  std::string program;        ///< version and commit
  std::string scenario;       ///< every parameter, one a line, the number of replications left out
  std::string roster_sha256;  ///< empty without a roster
  std::uint64_t replications = 0;
  bool is_checked = false;  ///< for broken invariants: what is checked goes on from what was checked

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(program, scenario, roster_sha256, replications, is_checked);
  }

  /// SHA-256 of all but `replications`.
  [[nodiscard]] std::string digest() const;
};

[[nodiscard]] RunIdentity identity_of(const peer_support::LoadedScenario& loaded);

/// Why `asked` cannot go on from what `saved` left, a line each ("run.seed is 7 there and 8 here"); empty
/// where it can. More replications than there are no reason, fewer are.
[[nodiscard]] std::vector<std::string> differences(const RunIdentity& saved, const RunIdentity& asked);

}  // namespace peercap::app
