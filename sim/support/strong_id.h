#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace peercap {

/// An index that belongs to one kind of thing: a SupporterId cannot index clinicians.
/// Default-constructed ids are invalid.
template <class Tag>
class StrongId {
 public:
  using Value = std::uint32_t;

  constexpr StrongId() = default;
  constexpr explicit StrongId(Value value) : value_{value} {}
  constexpr explicit StrongId(std::size_t value) : value_{static_cast<Value>(value)} {}

  [[nodiscard]] constexpr Value value() const { return value_; }
  [[nodiscard]] constexpr std::size_t index() const { return value_; }
  [[nodiscard]] constexpr bool valid() const { return value_ != std::numeric_limits<Value>::max(); }

  friend constexpr auto operator<=>(StrongId, StrongId) = default;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(value_);
  }

 private:
  Value value_ = std::numeric_limits<Value>::max();
};

}  // namespace peercap

template <class Tag>
struct std::hash<peercap::StrongId<Tag>> {
  std::size_t operator()(peercap::StrongId<Tag> id) const noexcept { return id.value(); }
};
