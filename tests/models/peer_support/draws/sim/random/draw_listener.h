#pragma once

#include <compare>
#include <cstdint>
#include <vector>

/// Stands in for the header of the same path in draws_test, which compiles the model with it: every draw
/// leaves its address.
namespace peercap {

struct DrawAddress {
  std::uint16_t purpose = 0;
  std::uint64_t entity = 0;
  std::uint64_t index = 0;

  friend auto operator<=>(const DrawAddress&, const DrawAddress&) = default;
};

/// In the order in which they were made, by one thread.
inline std::vector<DrawAddress> noted_draws;

inline void note_draw(std::uint64_t entity, std::uint16_t purpose, std::uint64_t index) {
  noted_draws.push_back({purpose, entity, index});
}

}  // namespace peercap
