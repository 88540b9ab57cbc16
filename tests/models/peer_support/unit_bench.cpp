#include "tests/models/peer_support/unit_bench.h"

#include <cmath>

#include "sim/kernel/sequential_engine.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap::peer_support::testing {
namespace {

enum class ScriptEvent : std::uint16_t { speak = 1000 };
constexpr SimDuration least_delay = minutes(15);

}  // namespace

class UnitBench::Desk final : public peercap::testing::Unsaved<LogicalProcess> {
 public:
  explicit Desk(UnitBench& bench) : bench_{bench} {}

  void start(Context& context) override {
    for (std::size_t i = 0; i < bench_.script_.size(); ++i)
      context.schedule(context.now() + bench_.script_[i].at - least_delay, ScriptEvent::speak, {0, i, 0});
  }

  void handle(const Event& event, Context& context) override {
    if (event.kind_as<ScriptEvent>() == ScriptEvent::speak) {
      const Line& line = bench_.script_[event.a];
      context.send(line.unit, least_delay, line.kind, line.payload);
      return;
    }
    const auto processes = static_cast<std::uint32_t>(bench_.organization_.units.size());
    const std::uint32_t process = event.tie.source().value();
    const std::uint32_t unit = bench_.reversed_ ? processes - 1 - process : process;
    bench_.heard_.push_back({context.now() - least_delay, unit, event});
    if (bench_.opens_cases_ && event.kind_as<Happening>() == Happening::request)
      context.send(unit, least_delay, Happening::case_opened, {event.small, 0, 0});
  }

  void finish(Context&) override {}
  [[nodiscard]] std::string name() const override { return "scripted desk"; }

 private:
  UnitBench& bench_;
};

UnitBench::UnitBench(Scenario scenario, std::uint32_t replication)
    : rules_{std::make_unique<Rules>(scenario)},
      random_{scenario.run.seed, replication},
      organization_{build_organization(scenario, random_)} {}

void UnitBench::set_network(const std::vector<ClinicianPair>& ties) {
  network_ = std::make_unique<TrustNetwork>(organization_.clinician_count(), ties);
  ties_ = std::make_unique<UnitTies>(count_unit_ties(*network_, organization_));
}

void UnitBench::tell(std::uint32_t unit, SimDuration at, Happening kind, const Payload& payload) {
  script_.push_back({unit, at, kind, payload});
}

const FactLog& UnitBench::run() {
  WeeklyBoard board{organization_.clinician_count(), organization_.units.size(),
                    organization_.supporters.size()};
  const Surroundings surroundings{&board, network_.get(), ties_.get()};
  const std::size_t units = organization_.units.size();
  Topology topology;
  std::vector<ProcessId> process_of(units);
  for (std::size_t i = 0; i < units; ++i) {
    const std::size_t unit = reversed_ ? units - 1 - i : i;
    process_of[unit] =
        topology.add(std::make_unique<UnitProcess>(*rules_, organization_, UnitId{unit}, surroundings));
  }
  const ProcessId desk = topology.add(std::make_unique<Desk>(*this));
  for (std::size_t unit = 0; unit < units; ++unit) {
    topology.connect(process_of[unit], desk, least_delay);
    topology.connect(desk, process_of[unit], least_delay);
  }
  SequentialEngine engine;
  engine.run(topology, random_, {rules_->begin, rules_->end, nullptr}, &log_);
  return log_;
}

std::vector<UnitMessage> UnitBench::heard(Happening kind) const {
  std::vector<UnitMessage> found;
  for (const UnitMessage& message : heard_)
    if (message.event.kind_as<Happening>() == kind) found.push_back(message);
  return found;
}

std::vector<SentRequest> UnitBench::requests(Channel channel) const {
  std::vector<SentRequest> found;
  for (const UnitMessage& heard : this->heard(Happening::request)) {
    const RequestMessage message = RequestMessage::unpack(heard.event);
    if (message.channel != channel) continue;
    found.push_back(
        {heard.sent, organization_.units[heard.unit].first_clinician + message.position, message});
  }
  return found;
}

std::vector<double> UnitBench::weekly(PeerFact kind, std::uint32_t unit, bool second) const {
  std::vector<double> course;
  for (const Fact& f : log_.facts())
    if (kind_of(f) == kind && f.subject == unit)
      course.push_back(static_cast<double>(second ? f.b : f.a) / 1048576.0);
  return course;
}

std::vector<double> UnitBench::awareness(std::uint32_t unit) const {
  return weekly(PeerFact::unit_climate, unit, false);
}

std::vector<double> UnitBench::trust(std::uint32_t unit) const {
  return weekly(PeerFact::unit_climate, unit, true);
}

std::vector<double> UnitBench::exhaustion_sum(std::uint32_t unit) const {
  return weekly(PeerFact::unit_week, unit, true);
}

Scenario single_shot_scenario() {
  Scenario s = plain_scenario(160, 25, 0);
  simplify_people(s);
  cut_feedback(s);
  s.environment.personal_share = {1.0};
  s.environment.exposure_rate = per_year(1.0);
  s.distress.jump_mean = 1.0;
  s.distress.susceptibility_log_sd = 0.0;
  s.distress.slow_share = {0.0};
  s.distress.fast_decay = duration_from_days(2.27);
  return s;
}

double share_margin(double p, double n) {
  return 4.0 * std::sqrt(p * (1.0 - p) / n);
}

double count_margin(double mean) {
  return 4.0 * std::sqrt(mean);
}

}  // namespace peercap::peer_support::testing
