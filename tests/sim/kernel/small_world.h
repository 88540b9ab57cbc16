#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/kernel/context.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap::testing {

/// A process made of functions, so that a test can say in place what it does.
class ScriptedProcess final : public Unsaved<LogicalProcess> {
 public:
  using Start = std::function<void(Context&)>;
  using Handle = std::function<void(const Event&, Context&)>;

  ScriptedProcess(std::string name, Start start, Handle handle = {}, Start finish = {})
      : name_{std::move(name)},
        start_{std::move(start)},
        handle_{std::move(handle)},
        finish_{std::move(finish)} {}

  void start(Context& context) override {
    if (start_) start_(context);
  }
  void handle(const Event& event, Context& context) override {
    if (handle_) handle_(event, context);
  }
  void finish(Context& context) override {
    if (finish_) finish_(context);
  }
  [[nodiscard]] std::string name() const override { return name_; }

 private:
  std::string name_;
  Start start_;
  Handle handle_;
  Start finish_;
};

template <class... Arguments>
ProcessId add_process(Topology& topology, Arguments&&... arguments) {
  return topology.add(std::make_unique<ScriptedProcess>(std::forward<Arguments>(arguments)...));
}

/// Runs from time 0 to tick 1,000.
inline RunReport run(const Topology& topology, Observer* observer = nullptr,
                     const std::atomic<bool>* stop = nullptr) {
  SequentialEngine engine;
  const RandomSource random{1, 0};
  return engine.run(topology, random, {SimTime{0}, SimTime{1000}, stop}, observer);
}

}  // namespace peercap::testing
