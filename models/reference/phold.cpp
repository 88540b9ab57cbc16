#include "models/reference/phold.h"

#include <memory>
#include <string>

#include "sim/kernel/context.h"
#include "sim/random/distributions.h"
#include "sim/support/contract.h"
#include "sim/support/state_archive.h"

namespace peercap::reference {
namespace {

enum class PholdHappening : std::uint16_t { hop };
enum class PholdPurpose : std::uint16_t { first_delay, hop };
enum class PholdFact : std::uint16_t { handled };

constexpr double ticks_per_second = 1e6;

class PholdProcess final : public LogicalProcess {
 public:
  PholdProcess(const PholdParameters& parameters, std::uint32_t number)
      : parameters_{parameters},
        number_{number},
        key_{EntityKey{}.child("phold").child(number)},
        least_delay_{static_cast<std::int64_t>(parameters.least_delay * ticks_per_second)} {}

  void start(Context& context) override {
    for (std::uint32_t i = 0; i < parameters_.events_each; ++i) {
      const Draw draw = context.random().draw(key_, PholdPurpose::first_delay, i);
      context.schedule(context.now() + delay(draw.uniform()), PholdHappening::hop);
    }
  }
  void handle(const Event&, Context& context) override {
    // One draw for both: what is left of the uniform number that decides on remote or not names the target.
    const Draw draw = context.random().draw(key_, PholdPurpose::hop, handled_++);
    const double choice = draw.second_uniform();
    std::uint32_t target = number_;
    if (choice < parameters_.remote_share && parameters_.processes > 1) {
      const double others = parameters_.processes - 1;
      const auto step = static_cast<std::uint32_t>(choice / parameters_.remote_share * others) + 1;
      target = (number_ + step) % parameters_.processes;
    }
    context.send_to(ProcessId{target}, delay(draw.uniform()), PholdHappening::hop);
  }
  void finish(Context& context) override {
    context.state(PholdFact::handled, number_, static_cast<std::int64_t>(handled_));
  }
  void save(StateWriter& state) const override { state(*this); }
  void restore(StateReader& state) override { state(*this); }
  [[nodiscard]] std::string name() const override { return "phold " + std::to_string(number_); }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(handled_);
  }

 private:
  [[nodiscard]] SimDuration delay(double uniform) const {
    const double extra = parameters_.mean_extra_delay * standard_exponential(uniform);
    return least_delay_ + SimDuration{static_cast<std::int64_t>(extra * ticks_per_second)};
  }

  const PholdParameters& parameters_;
  std::uint32_t number_;
  EntityKey key_;
  SimDuration least_delay_;
  std::uint64_t handled_ = 0;
};

}  // namespace

RunReport run_phold(const PholdParameters& parameters, Engine& engine, std::uint64_t seed,
                    SimDuration horizon, Observer* observer, RunControl* control,
                    const RunState* resume_from) {
  require(parameters.processes >= 1 && parameters.least_delay > 0.0 && parameters.remote_share <= 1.0,
          "PHOLD needs a process and a least delay above zero");
  Topology topology;
  for (std::uint32_t i = 0; i < parameters.processes; ++i)
    topology.add(std::make_unique<PholdProcess>(parameters, i));
  const SimDuration least{static_cast<std::int64_t>(parameters.least_delay * ticks_per_second)};
  for (std::uint32_t i = 0; i < parameters.processes; ++i) topology.connect_to_all(ProcessId{i}, least);
  const RunSpan span{SimTime{}, SimTime{} + horizon, nullptr, control, resume_from};
  return engine.run(topology, RandomSource{seed, 0}, span, observer);
}

}  // namespace peercap::reference
