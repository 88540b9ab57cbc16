#include <cstdio>

#include "sim/kernel/context.h"
#include "sim/kernel/sequential_engine.h"
#include "sim/random/distributions.h"
#include "sim/support/state_archive.h"
using namespace peercap;

enum class Happening : std::uint16_t { ring };     // what an event means
enum class Purpose : std::uint16_t { answering };  // what a draw is for
enum class PhoneFact : std::uint16_t { rang };     // what observers are told

class Phone final : public LogicalProcess {  // rings, waits, calls the other phone back
 public:
  explicit Phone(std::uint32_t number) : number_{number}, key_{EntityKey{}.child("phone").child(number)} {}
  void start(Context& context) override {
    if (number_ == 0) context.schedule(context.now() + minutes(1), Happening::ring);
  }
  void handle(const Event&, Context& context) override {
    context.state(PhoneFact::rang, number_);
    const double u = context.random().draw(key_, Purpose::answering, calls_++).uniform();
    context.send(0, minutes(5) + duration_from_hours(standard_exponential(u)), Happening::ring);
  }
  void finish(Context&) override {}
  void save(StateWriter& state) const override { state(calls_); }
  void restore(StateReader& state) override { state(calls_); }
  std::string name() const override { return "phone " + std::to_string(number_); }

 private:
  std::uint32_t number_;
  EntityKey key_;
  std::uint64_t calls_ = 0;
};

class Printer final : public Observer {
 public:
  void on_fact(const Fact& fact) override {
    std::printf("%5.2f h  phone %u rings\n", (fact.time - SimTime{}).in_hours(), fact.subject);
  }
  std::unique_ptr<Observer> fork() const override { return std::make_unique<Printer>(); }
  void absorb(const Observer&) override {}
  void save(StateWriter&) const override {}
  void restore(StateReader&) override {}
};

int main() {
  Topology topology;
  const ProcessId first = topology.add(std::make_unique<Phone>(0));
  const ProcessId second = topology.add(std::make_unique<Phone>(1));
  topology.connect(first, second, minutes(5));  // no call back in less than five minutes
  topology.connect(second, first, minutes(5));
  SequentialEngine engine;
  Printer printer;
  const RunReport report =
      engine.run(topology, RandomSource{1, 0}, {SimTime{}, SimTime{} + hours(6)}, &printer);
  std::printf("%llu events\n", static_cast<unsigned long long>(report.events));
}
