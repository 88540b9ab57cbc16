#include "models/reference/mmc_queue.h"

#include <deque>

#include "sim/kernel/context.h"
#include "sim/random/distributions.h"
#include "sim/support/state_archive.h"

namespace peercap::reference {
namespace {

enum class Happening : std::uint16_t { arrival, departure };
enum class Purpose : std::uint16_t { interarrival, service };
enum class StationFact : std::uint16_t { service_begins };

class Station final : public LogicalProcess {
 public:
  explicit Station(const MmcParameters& parameters) : parameters_{parameters} {}

  void start(Context& context) override { schedule_arrival(context); }

  void handle(const Event& event, Context& context) override {
    switch (event.kind_as<Happening>()) {
      case Happening::arrival:
        arrive(context);
        break;
      case Happening::departure:
        depart(context);
        break;
    }
  }

  void finish(Context&) override {}
  void save(StateWriter& state) const override { state(*this); }
  void restore(StateReader& state) override { state(*this); }
  [[nodiscard]] std::string name() const override { return "station"; }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(arrivals_, busy_, queue_);
  }

 private:
  struct Customer {
    std::uint64_t number;
    SimTime arrival;

    template <class Archive>
    void visit_state(Archive& archive) {
      archive(number, arrival);
    }
  };

  void schedule_arrival(Context& context) {
    const double gap =
        standard_exponential(context.random().draw(key_, Purpose::interarrival, arrivals_).uniform());
    context.schedule(context.now() + duration_from_hours(gap / parameters_.arrivals_per_hour),
                     Happening::arrival);
  }

  void arrive(Context& context) {
    const Customer customer{arrivals_++, context.now()};
    if (busy_ < parameters_.servers) {
      ++busy_;
      serve(customer, context);
    } else {
      queue_.push_back(customer);
    }
    schedule_arrival(context);
  }

  void depart(Context& context) {
    if (queue_.empty()) {
      --busy_;
      return;
    }
    const Customer next = queue_.front();
    queue_.pop_front();
    serve(next, context);
  }

  void serve(const Customer& customer, Context& context) {
    const double length =
        standard_exponential(context.random().draw(key_, Purpose::service, customer.number).uniform());
    context.schedule(context.now() + duration_from_hours(length / parameters_.services_per_hour),
                     Happening::departure);
    context.state(StationFact::service_begins, 0, customer.arrival.ticks());
  }

  MmcParameters parameters_;
  EntityKey key_ = EntityKey{}.child("station");
  std::uint64_t arrivals_ = 0;
  std::uint32_t busy_ = 0;
  std::deque<Customer> queue_;
};

class WaitObserver final : public Observer {
 public:
  explicit WaitObserver(SimTime from) : from_{from} {}

  void on_fact(const Fact& fact) override {
    if (fact.a < from_.ticks()) return;
    const std::int64_t wait = fact.time.ticks() - fact.a;
    ++served;
    waited += wait > 0 ? 1U : 0U;
    total_wait_ticks += wait;
  }

  [[nodiscard]] std::unique_ptr<Observer> fork() const override {
    return std::make_unique<WaitObserver>(from_);
  }

  void absorb(const Observer& other) override {
    const auto& seen = dynamic_cast<const WaitObserver&>(other);
    served += seen.served;
    waited += seen.waited;
    total_wait_ticks += seen.total_wait_ticks;
  }
  void save(StateWriter& state) const override { state(*this); }
  void restore(StateReader& state) override { state(*this); }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(served, waited, total_wait_ticks);
  }

  std::uint64_t served = 0;
  std::uint64_t waited = 0;
  std::int64_t total_wait_ticks = 0;

 private:
  SimTime from_;
};

}  // namespace

MmcResult run_mmc(const MmcParameters& parameters, Engine& engine, std::uint64_t seed,
                  std::uint32_t replication, SimDuration warm_up, SimDuration horizon, RunControl* control,
                  const RunState* resume_from) {
  Topology topology;
  topology.add(std::make_unique<Station>(parameters));
  WaitObserver observer{SimTime{} + warm_up};
  const RandomSource random{seed, replication};
  const RunSpan span{SimTime{}, SimTime{} + horizon, nullptr, control, resume_from};
  const RunReport report = engine.run(topology, random, span, &observer);
  return {observer.served, observer.waited, observer.total_wait_ticks, report};
}

}  // namespace peercap::reference
