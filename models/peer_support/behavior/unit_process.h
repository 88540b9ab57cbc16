#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/peer_support/behavior/clinical_events.h"
#include "models/peer_support/behavior/clinician_state.h"
#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/behavior/weekly_board.h"
#include "models/peer_support/network/trust_network.h"
#include "sim/kernel/context.h"
#include "sim/kernel/logical_process.h"

namespace peercap::peer_support {

/// Personal events are drawn for each person in blocks of this many weeks.
inline constexpr std::uint64_t personal_block_weeks = 13;

/// What a unit knows of the world around it, shared by all units of a replication.
struct Surroundings {
  WeeklyBoard* board = nullptr;           ///< never null
  const TrustNetwork* network = nullptr;  ///< null where the scenario has none: colleagues are the unit
  const UnitTies* ties = nullptr;         ///< likewise
};

/// A unit: owns its clinicians' events, distress, exhaustion and employment, and what the unit thinks of the
/// program.
class UnitProcess final : public LogicalProcess {
 public:
  /// Channel 0 leads to the program's office of the own site; where sites exchange requests, channels 1, 2
  /// ... lead to those of the other sites in order. What `surroundings` points to outlives the process.
  UnitProcess(const Rules& rules, const Organization& organization, UnitId unit,
              const Surroundings& surroundings);

  [[nodiscard]] double load() const override { return unit_.size; }
  void start(Context& context) override;
  void handle(const Event& event, Context& context) override;
  void finish(Context& context) override;
  void save(StateWriter& state) const override;
  void restore(StateReader& state) override;
  [[nodiscard]] std::string name() const override;

  /// unit_state.cpp
  template <class Archive>
  void visit_state(Archive& archive);

 private:
  /// Lists that are filled and used up within one call: one set a thread, so that nothing is allocated each
  /// week and no unit keeps any.
  struct Scratch {
    std::vector<ClinicalEvent> week_events;
    std::vector<IntensitySegment> week_intensity;
    std::vector<std::uint16_t> named;  ///< positions to be named in a report
    std::vector<std::uint16_t> hit;    ///< positions that an event hits
  };
  static Scratch& scratch();

  /// A group of people hit by one event, until their debrief.
  struct PendingGroup {
    CandidateId candidate{0};
    SimTime event_time;
    std::vector<std::uint16_t> positions;

    template <class Archive>
    void visit_state(Archive& archive) {
      archive(candidate, event_time, positions);
    }
  };

  /// What the unit and its people have shown on the board in a week.
  template <class Archive>
  void visit_shown(Archive& archive, std::uint64_t week);

  [[nodiscard]] EntityKey person_key(std::uint32_t position) const;
  [[nodiscard]] std::uint32_t clinician(std::uint32_t position) const;
  [[nodiscard]] const Traits& traits(std::uint32_t position) const;
  [[nodiscard]] bool has_concern(std::uint32_t position) const;
  /// Of somebody who has one.
  [[nodiscard]] Concern& concern(std::uint32_t position);
  [[nodiscard]] const Concern& concern(std::uint32_t position) const;
  [[nodiscard]] bool has_open_case(std::uint32_t position) const;
  /// In an episode and without a case: whom others may name to the program.
  [[nodiscard]] bool is_unsupported(std::uint32_t position) const;
  /// The person's concern, a new one where there was none.
  Concern& open_concern(std::uint32_t position, SimTime now);
  /// Gives the entry back once neither an episode nor a case needs it.
  void drop_concern(std::uint32_t position);

  // unit_process.cpp: the week
  void hear_of_case(const Event& event, Context& context);
  [[nodiscard]] std::uint32_t channel_to_desk(std::uint64_t site) const;
  void run_week(Context& context);
  void draw_week_events(Context& context);
  void publish_supporters(Context& context);

  // unit_events.cpp: what happens to people
  void happen_clinically(CandidateId candidate, Context& context);
  void report_event(CandidateId candidate, const Scratch& people, Context& context);
  void offer_group_debrief(CandidateId candidate, const std::vector<std::uint16_t>& hit, Context& context);
  void hold_group_debrief(CandidateId candidate, double quality, Context& context);
  void schedule_personal_events(std::uint32_t position, std::uint64_t block, Context& context);
  void happen_personally(std::uint32_t position, std::uint64_t index, Context& context);
  /// The jump of distress; `factor`: its mean relative to that of the scenario.
  double expose(std::uint32_t position, double severity_uniform, double slow_uniform, double factor,
                Cause cause, std::uint64_t index, Context& context);
  [[nodiscard]] double severity(double uniform) const;

  // unit_causes.cpp: what the scenario lists beside these
  void weigh_causes();
  [[nodiscard]] double total_weight(std::size_t cause) const;
  /// Expected exposures of a person by a cause, a day.
  [[nodiscard]] double listed_exposures(std::size_t cause, std::uint32_t position) const;
  void arm_cause(std::size_t cause, std::uint64_t number, Context& context);
  void happen_by_cause(std::size_t index, std::uint64_t number, Context& context);
  /// The cause in the scenario's list; null of those that are not listed.
  [[nodiscard]] const EventCause* listed(Cause cause) const;
  void schedule_incidents(Context& context);
  void suffer_incident(std::uint32_t position, std::uint64_t index, Context& context);
  [[nodiscard]] SimTime closing_time() const;
  void close_site(Context& context);

  // unit_distress.cpp: distress over time
  void draw_initial_distress(std::uint32_t position, Context& context);
  [[nodiscard]] DistressLevel distress(std::uint32_t position, SimTime now) const;
  void set_distress(std::uint32_t position, const DistressLevel& level, SimTime now);
  /// Takes off the threshold of asking what the hazard has used of it. Before each change of distress or
  /// rate.
  void settle(std::uint32_t position, SimTime now);
  Concern& begin_episode(std::uint32_t position, Cause cause, Context& context);
  /// EpisodeFlags of an episode that has not ended, and its cause.
  [[nodiscard]] static unsigned episode_flags(const Concern& its);
  void end_episode(std::uint32_t position, EpisodeEnd end, Context& context);
  /// Sets the person's one timer to whatever comes first: asking for help this week, or recovery.
  void arm_next_step(std::uint32_t position, Context& context);
  /// At a tick: asking has to be set only where it comes within the week.
  void look_ahead(std::uint32_t position, double leisure, Context& context);
  [[nodiscard]] double days_until_asking(const Concern& concern, const DistressLevel& level, SimTime now,
                                         double limit) const;
  void send_view(std::uint32_t position, Context& context);
  void take_effect(const EffectMessage& message, Context& context);
  void ease(std::uint32_t position, double keep_fast, double keep_slow, Context& context);
  void count_support(std::uint32_t position, SimTime now);

  // unit_activation.cpp: how need becomes a request
  /// The factor of workload on asking for help.
  [[nodiscard]] double seeking_leisure() const;
  void set_seek_rate(std::uint32_t position, double leisure);
  /// Whether one of those whom the person trusts was in the role of a supporter at the last tick but one.
  [[nodiscard]] bool trusts_supporter(std::uint32_t position);
  void find_trusted_supporters();
  /// Of turning to somebody outside the program, a day and unit of distress.
  [[nodiscard]] float elsewhere_rate(std::uint32_t position) const;
  void seek_help(std::uint32_t position, Context& context);
  void request(std::uint32_t position, Channel channel, SimDuration delay, Context& context);
  void let_others_notice(std::uint32_t position, Context& context);
  void be_noticed(std::uint32_t position, std::uint32_t episode, Channel channel, Context& context);
  void meet_on_round(std::uint64_t week, Context& context);
  void follow_up(std::uint32_t position, Context& context);
  void ask_again(std::uint32_t position, std::uint32_t episode, Context& context);
  [[nodiscard]] double peer_notice(std::uint32_t position) const;
  [[nodiscard]] double users_nearby() const;
  void step_awareness(Context& context);
  void learn(TrustSignal signal);

  // unit_workforce.cpp: exhaustion and employment
  [[nodiscard]] double workload() const;
  void step_exhaustion(Context& context);
  void step_turnover(Context& context);
  void leave(std::uint32_t position, Departure departure, Context& context);
  void hire(std::uint32_t position, Context& context);
  [[nodiscard]] static double exhaustion(const WeeklyState& state);
  [[nodiscard]] double surveyed_exhaustion(std::uint32_t position, const Draw& error) const;
  [[nodiscard]] float& overload_debt(std::uint32_t supporter_position);
  void survey(Context& context);

  const Rules* rules_;        ///< of the present phase
  const Rules& first_rules_;  ///< of the run's begin; the intensity of events is measured against theirs
  const Organization& organization_;
  const Unit& unit_;
  const DepartmentEntry& department_;
  const Rota& rota_;
  Surroundings surroundings_;
  UnitId id_;
  std::vector<WeeklyState> weekly_;     ///< by position
  std::vector<ClinicianState> people_;  ///< by position
  std::vector<Concern> concerns_;       ///< of some of them
  std::vector<std::uint16_t> free_concerns_;
  std::vector<Hired> hired_;                        ///< ascending by position
  std::vector<std::uint32_t> supporter_positions_;  ///< ascending
  std::vector<float> overload_debts_;               ///< hours, of those, as last told by the desk
  std::vector<PendingGroup> groups_;
  /// In compressed rows by position: those of the program's list whom its holder trusts. Made where it is
  /// asked for, and not saved: ties do not change.
  std::vector<std::uint32_t> first_trusted_;
  std::vector<std::uint32_t> trusted_supporters_;
  std::vector<std::vector<double>> cause_weights_;  ///< [cause of the scenario][position]
  SimTime tick_;                                    ///< the last one: the time of which distress is kept
  SimTime next_tick_;
  std::uint64_t week_ = 0;             ///< since the calendar's origin, of the last tick
  double mean_exhaustion_ = 0.0;       ///< as published at the last tick
  double awareness_ = 0.0;             ///< share of people who know the program
  double trust_ = 0.0;                 ///< in the program, 0 to 1
  double told_trust_ = -1.0;           ///< as the desk knows it
  std::uint32_t present_ = 0;          ///< people who hold a position
  std::uint32_t users_ = 0;            ///< people first supported since the last tick
  std::uint32_t embedded_ = 0;         ///< supporters of this unit who look out for colleagues
  std::int64_t distressed_ticks_ = 0;  ///< exact, of ended episodes within the measured horizon
  std::int64_t supported_ticks_ = 0;   ///< exact, of the horizon, in an episode and in support
};

}  // namespace peercap::peer_support
