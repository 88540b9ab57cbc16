#pragma once

#include <cstdint>

namespace peercap {

/// Is told of every draw, by its address, and does nothing: an empty call, which costs nothing. Tests that
/// count draws compile the model with a header of their own in place of this one
/// (tests/models/peer_support/draws).
inline void note_draw(std::uint64_t /*entity*/, std::uint16_t /*purpose*/, std::uint64_t /*index*/) {}

}  // namespace peercap
