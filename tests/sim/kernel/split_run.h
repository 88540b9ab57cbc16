#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "sim/kernel/engine.h"
#include "sim/support/state_archive.h"

namespace peercap::testing {

/// Where a run is to be cut.
struct Cut {
  SimTime at;
  bool exact = true;      ///< else at the first time from then on at which the engine asks anyway
  std::uint32_t run = 0;  ///< of several runs one after the other, counted from zero
};

/// Keeps the state at one cut, as it is read back from its bytes.
class CutControl final : public RunControl {
 public:
  CutControl(const Cut& cut, Wish wish, std::uint32_t first_run = 0)
      : cut_{cut}, wish_{wish}, run_{first_run} {}

  Wish at(SimTime reached, std::uint64_t events) override {
    if (reached < reached_) ++run_;
    reached_ = reached;
    events_ = events;
    if (state_ || run_ != cut_.run || reached < cut_.at) return Wish::go_on;
    return wish_;
  }
  void keep(RunState&& state) override {
    StateWriter writer;
    writer(state);
    const auto bytes = writer.take();
    size_ = bytes.size();
    StateReader reader{bytes};
    reader(state_.emplace());
    reader.expect_end();
  }
  [[nodiscard]] SimTime next_cut() const override { return cut_.exact ? cut_.at : SimTime::never(); }

  /// Nothing where the run came to its end before.
  [[nodiscard]] const std::optional<RunState>& state() const { return state_; }
  [[nodiscard]] std::uint32_t run() const { return run_; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  Cut cut_;
  Wish wish_;
  std::uint32_t run_;
  SimTime reached_{std::numeric_limits<std::int64_t>::min()};
  std::uint64_t events_ = 0;
  std::optional<RunState> state_;
  std::size_t size_ = 0;
};

}  // namespace peercap::testing
