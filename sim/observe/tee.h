#pragma once

#include <memory>
#include <utility>

#include "sim/observe/fact.h"

namespace peercap {

/// Two observers that listen to the same facts.
class Tee final : public Observer {
 public:
  /// Both outlive this one.
  Tee(Observer& first, Observer& second) : first_{&first}, second_{&second} {}

  void on_fact(const Fact& fact) override {
    first_->on_fact(fact);
    second_->on_fact(fact);
  }
  [[nodiscard]] std::unique_ptr<Observer> fork() const override {
    return std::unique_ptr<Observer>{new Tee{first_->fork(), second_->fork()}};
  }
  void absorb(const Observer& other) override {
    const auto& parts = dynamic_cast<const Tee&>(other);
    first_->absorb(*parts.first_);
    second_->absorb(*parts.second_);
  }
  void save(StateWriter& state) const override {
    first_->save(state);
    second_->save(state);
  }
  void restore(StateReader& state) override {
    first_->restore(state);
    second_->restore(state);
  }

 private:
  Tee(std::unique_ptr<Observer> first, std::unique_ptr<Observer> second)
      : owned_first_{std::move(first)},
        owned_second_{std::move(second)},
        first_{owned_first_.get()},
        second_{owned_second_.get()} {}

  std::unique_ptr<Observer> owned_first_;  ///< of a fork
  std::unique_ptr<Observer> owned_second_;
  Observer* first_;
  Observer* second_;
};

}  // namespace peercap
