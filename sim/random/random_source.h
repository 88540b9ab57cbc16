#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "sim/random/draw_listener.h"
#include "sim/random/philox.h"

namespace peercap {

/// Names a person, unit, event or case for random draws: a hash of the path of names and positions that leads
/// to it, never a dense index, so that one more unit or person leaves everybody else's draws as they were.
class EntityKey {
 public:
  constexpr EntityKey() = default;
  constexpr explicit EntityKey(std::uint64_t value) : value_{value} {}

  [[nodiscard]] constexpr std::uint64_t value() const { return value_; }
  [[nodiscard]] constexpr EntityKey child(std::uint64_t position) const {
    return EntityKey{mix(value_ ^ mix(position + 0x9e3779b97f4a7c15ULL))};
  }
  [[nodiscard]] constexpr EntityKey child(std::string_view name) const {
    std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return child(hash);
  }

  friend constexpr auto operator<=>(EntityKey, EntityKey) = default;

 private:
  /// A bijection of 64-bit words that spreads every bit (the finalizer of MurmurHash3, with other shifts by
  /// Stafford).
  [[nodiscard]] static constexpr std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
  }

  std::uint64_t value_ = 0;
};

/// The two 64-bit words at one address, and numbers made of them.
class Draw {
 public:
  constexpr Draw(std::uint64_t first, std::uint64_t second) : words_{first, second} {}

  /// Uniform on the open interval (0, 1): an odd multiple of 2^-53, so that 1 - u is exact and as likely as
  /// u.
  [[nodiscard]] constexpr double uniform() const { return to_unit(words_[0]); }
  [[nodiscard]] constexpr double second_uniform() const { return to_unit(words_[1]); }
  [[nodiscard]] constexpr std::uint64_t bits() const { return words_[0]; }
  [[nodiscard]] constexpr std::uint64_t second_bits() const { return words_[1]; }
  /// One of four independent parts of 32 bits.
  [[nodiscard]] constexpr std::uint32_t quarter(std::size_t i) const {
    return static_cast<std::uint32_t>(words_[i / 2] >> (32 * (i % 2)));
  }

  [[nodiscard]] static constexpr double to_unit(std::uint64_t word) {
    // 52 bits, not 53: above 2^52 a double has no room for the half, and the largest word would round to 1.
    return (static_cast<double>(word >> 12) + 0.5) * 0x1p-52;
  }

 private:
  std::array<std::uint64_t, 2> words_;
};

template <class T>
concept DrawPurpose = std::is_enum_v<T> && sizeof(T) <= 2;

/// All chance of one replication. A draw is a pure function of (seed, replication, entity, purpose, index):
/// it does not depend on threads, on order, or on what else was drawn.
class RandomSource {
 public:
  RandomSource(std::uint64_t seed, std::uint32_t replication);

  /// The draw of `entity` for `purpose` at its natural `index` (candidate number, week, case and session),
  /// which has 48 bits.
  template <DrawPurpose Purpose>
  [[nodiscard]] Draw draw(EntityKey entity, Purpose purpose, std::uint64_t index) const {
    return draw_raw(entity, static_cast<std::uint16_t>(purpose), index);
  }

 private:
  [[nodiscard]] Draw draw_raw(EntityKey entity, std::uint16_t purpose, std::uint64_t index) const {
    note_draw(entity.value(), purpose, index);
    const auto block = philox4x32_10(
        {static_cast<std::uint32_t>(entity.value()), static_cast<std::uint32_t>(entity.value() >> 32),
         static_cast<std::uint32_t>(index),
         static_cast<std::uint32_t>(index >> 32 & 0xffffU) | static_cast<std::uint32_t>(purpose) << 16},
        key_);
    return {static_cast<std::uint64_t>(block[1]) << 32 | block[0],
            static_cast<std::uint64_t>(block[3]) << 32 | block[2]};
  }

  std::array<std::uint32_t, 2> key_;
};

}  // namespace peercap
