#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/peer_support/behavior/clinical_events.h"
#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/behavior/rules.h"
#include "sim/kernel/context.h"
#include "sim/kernel/logical_process.h"

namespace peercap::peer_support {

/// A unit's channel to its own site's desk.
inline constexpr std::uint32_t desk_channel = 0;

/// What a unit knows of one of its clinicians.
struct ClinicianState {
  DistressLevel distress;  ///< at `updated`
  SimTime updated;
  SimTime last_exposure;
  SimTime episode_begin;
  double seek_remaining = 0.0;  ///< of the episode's Exp(1) threshold; infinite once it has been used
  float passing_exhaustion = 0.0F;
  float overload_debt = 0.0F;                 ///< hours, as last told by the desk; supporters only
  std::uint32_t episode = 0;                  ///< number of the present or last episode
  std::uint32_t case_channel = desk_channel;  ///< to the desk that has the open case, or had the last one
  std::uint16_t effects_applied = 0;
  Cause cause = Cause::clinical_event;
  bool in_episode = false;
  bool case_open = false;
  bool asked = false;      ///< asked, or was named to the program, in this episode
  bool contacted = false;  ///< in this episode
  bool reached = false;    ///< had an episode at some time of the measured horizon
};

/// A unit: owns its clinicians' events, distress and exhaustion.
class UnitProcess final : public LogicalProcess {
 public:
  /// Channel 0 leads to the program's office of the own site; where sites exchange requests, channels 1, 2
  /// ... lead to those of the other sites in order.
  UnitProcess(const Rules& rules, const Organization& organization, UnitId unit);

  void start(Context& context) override;
  void handle(const Event& event, Context& context) override;
  void finish(Context& context) override;
  [[nodiscard]] std::string name() const override;

 private:
  [[nodiscard]] EntityKey person_key(std::uint32_t position) const;
  [[nodiscard]] std::uint32_t clinician(std::uint32_t position) const;

  // initial state
  void draw_initial_distress(std::uint32_t position, Context& context);
  void schedule_personal_events(std::uint32_t position, std::uint64_t block, Context& context);

  // events
  void run_week(Context& context);
  void happen_clinically(CandidateId candidate, Context& context);
  void happen_personally(std::uint32_t position, std::uint64_t index, Context& context);
  void expose(std::uint32_t position, double severity_uniform, double slow_uniform, Cause cause,
              std::uint64_t index, Context& context);
  [[nodiscard]] double severity(double uniform) const;

  // distress over time
  void bring_up_to_date(ClinicianState& state, SimTime now);
  void begin_episode(std::uint32_t position, Cause cause, Context& context);
  void end_episode(std::uint32_t position, Context& context);
  /// Sets the person's one timer to whatever comes first: asking for help or recovery.
  void arm_next_step(std::uint32_t position, Context& context);
  void send_view(std::uint32_t position, Context& context);
  void seek_help(std::uint32_t position, Context& context);

  // what the desk tells
  void follow_up(std::uint32_t position, Context& context);
  [[nodiscard]] std::uint32_t channel_to_desk(std::uint64_t site) const;
  void take_effect(const EffectMessage& message, Context& context);

  // exhaustion
  void step_exhaustion(SimTime now, Context& context);
  [[nodiscard]] double exhaustion(std::uint32_t position) const;
  void publish_supporters(Context& context);

  const Rules* rules_;  ///< of the present phase
  const Organization& organization_;
  const Unit& unit_;
  const DepartmentEntry& department_;
  const Rota& rota_;
  UnitId id_;
  std::vector<ClinicianState> people_;  ///< by position
  std::vector<std::uint32_t> supporter_positions_;
  std::vector<ClinicalEvent> week_events_;  ///< scratch, so that nothing is allocated each week
  std::vector<std::uint16_t> named_;        ///< scratch: positions to be named in a report
  double mean_exhaustion_ = 0.0;            ///< as published at the last tick
  std::int64_t distressed_ticks_ = 0;       ///< exact, of ended episodes within the measured horizon
};

}  // namespace peercap::peer_support
