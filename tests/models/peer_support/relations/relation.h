#pragma once

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "tests/models/peer_support/world.h"

/// Metamorphic relations: what must hold between two runs, on random small organizations.
namespace peercap::peer_support::testing {

/// Relations are tried on this many organizations each, other ones each time; PEERCAP_MODELS asks for more.
[[nodiscard]] int number_of_models();

/// A random organization of one to three sites over some weeks, under any policies; the same for a number on
/// every machine.
[[nodiscard]] Scenario small_model(std::uint64_t number);

/// Changes the scenario, and what a schedule makes of it.
void change_throughout(Scenario& scenario, const std::function<void(Scenario&)>& change);

/// What is the same in two runs.
enum class Same {
  everything,  ///< every event, fact and number observed
  events,      ///< every event; what is read off them may be something else
  facts,       ///< all that processes state; how they came to it may differ
};
[[nodiscard]] bool are_same(const ObservedRun& a, const ObservedRun& b, Same what);

/// A change that cannot matter.
struct Relation {
  std::string name;
  std::function<void(Scenario&)> prepare;  ///< makes the change one that cannot matter
  std::function<void(Scenario&)> change;
  Same same = Same::everything;
  /// Instead of `prepare`: a world in which the change does matter, so that the relation is seen to be able
  /// to fail. Empty where there is none.
  std::function<void(Scenario&)> wake = {};
};
inline void PrintTo(const Relation& relation, std::ostream* out) {
  *out << relation.name;
}

/// Fails unless the relation holds in all its models, and unless waking it breaks it in one of them.
void expect_to_hold(const Relation& relation);

}  // namespace peercap::peer_support::testing
