#pragma once

#include <utility>

#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/observation/run_record.h"
#include "sim/observe/fact.h"

namespace peercap::peer_support {

/// Gathers a replication's RunRecord from its facts. What happens before the start of the horizon is left
/// out; requests and episodes are followed by the time at which they began.
class RunObserver final : public Observer {
 public:
  RunObserver(const Rules& rules, const Organization& organization);

  /// To be called once for each run, by the observer that absorbs the others.
  void count_people();
  void on_fact(const Fact& fact) override;
  [[nodiscard]] std::unique_ptr<Observer> fork() const override;
  void absorb(const Observer& other) override;
  void save(StateWriter& state) const override;
  void restore(StateReader& state) override;

  [[nodiscard]] const RunRecord& record() const { return record_; }
  /// The record itself, at the end of a run; the observer is used up.
  [[nodiscard]] RunRecord take_record() { return std::move(record_); }

 private:
  void on_episode_end(const Fact& fact, bool recovered);
  void on_request(const Fact& fact);
  void on_request_end(const Fact& fact);
  void on_first_contact(const Fact& fact);
  void on_supporter_fact(const Fact& fact);
  void on_referral_fact(const Fact& fact);
  void on_unit_fact(const Fact& fact);
  void on_survey_fact(const Fact& fact);
  void add_scores(const Fact& fact);
  void on_wait_end(const Fact& fact, RequestEnd end);
  void add_wait(SimDuration wait, int cause);
  [[nodiscard]] WaveRow* wave_of(SimTime t);
  /// Does `act` on the row of each group that the clinician belongs to.
  template <class Act>
  void for_groups_of(std::uint32_t clinician, Act act);
  [[nodiscard]] bool measured(SimTime t) const { return t >= rules_.start; }
  [[nodiscard]] WeekRow* week_of(SimTime t);
  void add_hours(std::uint32_t supporter, const WeekRow& week, std::int64_t protected_ticks,
                 std::int64_t beyond_ticks);
  [[nodiscard]] UnitRow& unit_of_clinician(std::uint32_t clinician);
  /// Of a fact about an episode or an exposure, whose `small` has the cause from bit `shift` on.
  [[nodiscard]] CauseRow& cause_of(const Fact& fact, unsigned shift);
  /// Of a fact about a request; null where it came without an episode.
  [[nodiscard]] CauseRow* cause_of_request(const Fact& fact, unsigned shift = cause_shift);

  const Rules& rules_;
  const Organization& organization_;
  SimTime first_monday_;  ///< in the horizon
  RunRecord record_;
};

template <class Act>
void RunObserver::for_groups_of(std::uint32_t clinician, Act act) {
  const Unit& unit = organization_.units[organization_.unit_of[clinician]];
  const auto row = [this](Grouping grouping, std::size_t i) -> GroupRow& {
    return record_.groups[static_cast<std::size_t>(grouping)][i];
  };
  act(row(Grouping::profession, organization_.professions[clinician]));
  act(row(Grouping::career_stage, organization_.stages[clinician]));
  act(row(Grouping::shift_pattern,
          static_cast<std::size_t>(organization_.department_of(unit).shift_pattern)));
  act(row(Grouping::site, unit.site.index()));
}

}  // namespace peercap::peer_support
