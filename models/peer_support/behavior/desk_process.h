#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/peer_support/behavior/case_ledger.h"
#include "models/peer_support/behavior/client_book.h"
#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/match_rank.h"
#include "models/peer_support/behavior/meeting_calendar.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/behavior/supporter_roster.h"
#include "models/peer_support/behavior/weekly_board.h"
#include "sim/kernel/context.h"
#include "sim/kernel/logical_process.h"

namespace peercap::peer_support {

/// The program's office at one site: owns requests, cases, waiting, and everything about supporters in their
/// role. Every race (withdrawal against assignment, leaving against a session) is decided by the order of
/// arrival here.
class DeskProcess final : public LogicalProcess {
 public:
  /// Channels of this process: 0 ... units of the site - 1 lead to the units in order, then one to each
  /// destination. Where sites exchange requests, there follow one to each other desk and one to each unit of
  /// another site, both in order.
  /// `board` outlives the process.
  DeskProcess(const Rules& rules, const Organization& organization, const RandomSource& random, SiteId site,
              WeeklyBoard& board);

  void start(Context& context) override;
  void handle(const Event& event, Context& context) override;
  void finish(Context& context) override;
  void save(StateWriter& state) const override;
  void restore(StateReader& state) override;
  [[nodiscard]] std::string name() const override;

  /// desk_state.cpp
  template <class Archive>
  void visit_state(Archive& archive);

 private:
  static constexpr std::uint32_t no_case = ~std::uint32_t{0};

  /// A request that another site's desk has taken over.
  struct Transferred {
    SiteId site;
    SimTime arrives;
    SimTime requested;
    Channel channel;

    template <class Archive>
    void visit_state(Archive& archive) {
      archive(site, arrives, requested, channel);
    }
  };

  /// The site whose program works as one with this one's from a day on.
  struct Merger {
    SiteId partner;
    SimTime at;
  };

  /// A group debrief that has been fixed.
  struct GroupMeeting {
    std::uint64_t candidate;
    std::uint32_t unit_channel;
    SimTime begin;
    std::vector<std::uint32_t> facilitators;  ///< into the roster

    template <class Archive>
    void visit_state(Archive& archive) {
      archive(candidate, unit_channel, begin, facilitators);
    }
  };

  /// A case in a queue; stale once the entry has been used again.
  struct CaseReference {
    std::uint32_t index;
    std::uint64_t generation;

    template <class Archive>
    void visit_state(Archive& archive) {
      archive(index, generation);
    }
  };

  // timer slots: those of each case entry come after those of the supporters
  enum CaseTimer : std::uint32_t {
    patience_timer,
    recovery_timer,
    relax_timer,
    progress_timer,
    professional_timer,
    other_site_timer,
    timers_per_case
  };
  enum SupporterTimer : std::uint32_t { role_timer, leave_timer, return_timer, timers_per_supporter };
  [[nodiscard]] std::uint32_t case_slot(std::uint32_t index, CaseTimer timer) const;
  [[nodiscard]] std::uint32_t supporter_slot(std::uint32_t index, SupporterTimer timer) const;
  [[nodiscard]] std::uint32_t case_of_slot(std::uint64_t slot) const;

  // people and channels (desk_process.cpp)
  [[nodiscard]] bool is_of_site(ClinicianId person) const;
  /// Of a clinician of the site, or of a client from elsewhere, who then gets one.
  [[nodiscard]] ClientRecord& client_record(ClinicianId person);
  [[nodiscard]] std::uint32_t open_case_of(ClinicianId person) const;
  /// The person's place in the roster, or no_case.
  [[nodiscard]] std::uint32_t supporter_index_of(ClinicianId person) const;
  /// Whether the person has an open request, here or at another site that took it over.
  [[nodiscard]] bool is_in_support(ClinicianId person) const;
  [[nodiscard]] std::uint32_t channel_to_unit(std::uint32_t unit) const;
  [[nodiscard]] std::uint32_t channel_to_desk(SiteId site) const;
  /// The clinician of the unit that has sent the event, at the position in `small`.
  [[nodiscard]] ClinicianId sender_of(const Event& event) const;
  [[nodiscard]] bool is_current(const CaseReference& reference) const;

  // requests and triage (desk_requests.cpp)
  void receive_request(const RequestMessage& message, ClinicianId client, Context& context);
  /// A new entry for the client, of which only the client's part is filled in.
  [[nodiscard]] std::uint32_t enter_case(ClinicianId client, Channel channel, Context& context);
  void tell_opening(std::uint32_t index, Context& context);
  void receive_view(const ViewMessage& message, ClinicianId client, Context& context);
  void begin_next_triage(Context& context);
  void finish_triage(std::uint32_t index, Context& context);
  void accept(std::uint32_t index, Context& context);
  /// Enters the case among those who wait for a first supporter, since `waiting_since`.
  void await_match(std::uint32_t index, Context& context);
  void arm_patience(std::uint32_t index, SimTime since, Context& context);
  void arm_recovery(std::uint32_t index, Context& context);
  [[nodiscard]] double client_distress(const Case& the_case, SimTime now) const;
  void give_up(std::uint32_t index, Context& context);
  void recover(std::uint32_t index, Context& context);
  void close_case(std::uint32_t index, RequestEnd end, Context& context);
  [[nodiscard]] TrustSignal trust_signal(const Case& the_case, RequestEnd end, const Context& context) const;
  [[nodiscard]] bool is_breached(const Case& the_case, const RandomSource& random) const;

  // requests that come without an episode (desk_arrivals.cpp)
  void arm_direct_request(std::uint64_t number, Context& context);
  void receive_direct_request(std::uint64_t number, Context& context);
  /// The client at `uniform` of the site, or the next one who is neither a supporter nor in support.
  [[nodiscard]] std::optional<ClinicianId> find_client(double uniform) const;
  std::uint32_t enter_without_episode(ClinicianId client, Channel channel, std::uint64_t draw_index,
                                      SimTime requested, Context& context);
  void take_over(Context& context);
  void drop_case(std::uint32_t index, Context& context);
  void inherit_waiting(std::uint64_t number, Context& context);
  void inherit_case(std::uint64_t number, Context& context);

  // those who wait too long (desk_overflow.cpp)
  void arm_overflow(std::uint32_t index, Context& context);
  void overflow(std::uint64_t slot, Context& context);
  [[nodiscard]] std::optional<Merger> find_merger() const;
  [[nodiscard]] bool is_merged(SimTime now) const { return merger_ && now >= merger_->at; }
  /// As of the tick before the last: whether a site has supporters in the role, and the other site with the
  /// most of them for each clinician.
  [[nodiscard]] bool is_staffed(SiteId site) const;
  [[nodiscard]] std::optional<SiteId> staffed_site() const;
  void merge(Context& context);
  void transfer(std::uint32_t index, SiteId to, Context& context);
  void receive_transfer(const Event& event, Context& context);
  void open_transferred(Context& context);
  void end_transfer(const Event& event, Context& context);
  void report_transferred_closing(const Case& the_case, Context& context);
  /// States the end of requests that are on their way between desks when the run ends.
  void finish_transfers(Context& context);
  /// `last_episode` is the person's own unit's to tell; 0 where another desk does.
  void end_membership(ClinicianId person, std::uint32_t last_episode, Context& context);

  // group debriefs and follow-ups (desk_groups.cpp)
  void plan_group_debrief(std::uint64_t candidate, std::uint32_t unit_channel, Context& context);
  void end_group_debrief(std::uint64_t candidate, std::uint32_t unit_channel, Context& context);
  void plan_follow_up(const Case& the_case, Context& context);
  void follow_up(const Event& event, Context& context);

  // matching (desk_matching.cpp)
  void try_match(std::uint32_t index, Context& context);
  void match_waiting(Context& context);
  /// Waiting cases in the order in which they are served.
  void sort_by_priority();
  void assign(std::uint32_t index, std::uint32_t supporter, Context& context);
  [[nodiscard]] bool may_be_matched(const Case& the_case, const SupporterState& supporter,
                                    const RandomSource& random) const;
  [[nodiscard]] const std::string& department_name(ClinicianId person) const;
  [[nodiscard]] bool is_woman(ClinicianId person, const RandomSource& random) const;
  /// In person, or by phone or video.
  [[nodiscard]] bool people_can_meet() const;
  /// By supporter; all where nobody takes turns.
  [[nodiscard]] std::vector<bool> find_on_call(SimTime now) const;
  void schedule_on_call(Context& context);
  void change_on_call(Context& context);
  [[nodiscard]] MatchRank match_rank(const Case& the_case, const SupporterState& supporter, SimDuration wait,
                                     const RandomSource& random) const;
  [[nodiscard]] double match_score(const Case& the_case, const SupporterState& supporter,
                                   SimDuration wait) const;
  [[nodiscard]] std::optional<SimTime> find_session(const Case& the_case, const SupporterState& supporter,
                                                    SimTime earliest, SimDuration length, SimTime now) const;

  // sessions (desk_sessions.cpp)
  [[nodiscard]] SimDuration draw_session_length(const Case& the_case, const RandomSource& random) const;
  /// The length with this supporter, booked now: service adapts to load.
  [[nodiscard]] SimDuration adapt_length(SimDuration length, std::uint32_t index, std::uint32_t supporter,
                                         SimTime now);
  [[nodiscard]] bool others_wait(std::uint32_t index) const;
  void book_session(std::uint32_t index, SimTime begin, SimDuration length, Context& context);
  void book_next_session(std::uint32_t index, SimTime earliest, Context& context);
  void begin_session(std::uint32_t index, Context& context);
  void end_session(std::uint32_t index, Context& context);
  void decide_after_session(std::uint32_t index, Context& context);
  void refer(std::uint32_t index, Context& context);
  [[nodiscard]] double referral_weight(Cause cause, const ReferralDestination& destination) const;
  /// Refers the client; whether they go, or nothing where no destination fits the cause.
  std::optional<bool> make_referral(const Case& the_case, Context& context);
  /// A referred client has given up waiting: a failure to the supporter; the client may ask again.
  void hear_of_loss(const ReferralMessage& lost, Context& context);
  void release_supporter(const Case& the_case);
  void drop_booking(const Case& the_case);
  /// Their supporter is gone: the client waits for another one.
  void hand_over(std::uint32_t index, Context& context);

  // supporters (desk_supporters.cpp)
  void run_week(Context& context);
  void publish_debt(std::uint32_t index, Context& context);
  void spend_program_time(std::uint32_t index, ProgramWork work, SimDuration time, Context& context);
  void set_role(std::uint32_t index, SupporterRole role, Context& context);
  void run_countdowns(std::uint32_t index, Context& context);
  void stop_countdowns(std::uint32_t index, Context& context);
  void go_on_leave(std::uint32_t index, Context& context);
  void suspend(std::uint32_t index, SupporterRole role, SimDuration time, Context& context);
  void come_back(std::uint32_t index, Context& context);
  void end_terms(Context& context);
  void leave(std::uint32_t index, ExitReason reason, Context& context);
  void hand_over_cases(std::uint32_t index, Context& context);
  void end_employment(ClinicianId person, Context& context);
  void show_supporters(std::uint64_t week) const;
  template <class Archive>
  void visit_shown(Archive& archive, std::uint64_t week);
  [[nodiscard]] std::int64_t week_of_run(SimTime now) const;
  [[nodiscard]] EntityKey supporter_key(const SupporterState& supporter) const;

  // new supporters (desk_recruitment.cpp)
  void line_up_candidates();
  void invite_cohort(Context& context);
  [[nodiscard]] int cohort_share() const;
  [[nodiscard]] double joining_probability() const;
  void finish_training(std::uint32_t index, Context& context);

  // how supporters are looked after, and look after others beside cases (desk_care.cpp)
  void care_for_supporters(Context& context);
  void debrief(std::uint32_t index, Context& context);
  void debrief_after_case(std::uint32_t index, Context& context);
  void check_in(std::uint32_t index, Context& context);
  void visit_units(Context& context);
  /// How many embedded supporters a unit has, where that is new to it: all units', or one's.
  void tell_all_embedded(Context& context);
  void tell_embedded_of(std::uint32_t unit_channel, Context& context);
  void tell_embedded(std::uint32_t unit_channel, std::uint32_t count, Context& context);
  void survey_supporters(Context& context);
  [[nodiscard]] bool goes_to_professional(const Case& the_case) const;
  /// Where a supporter's own request goes, if to the supporters of another site.
  [[nodiscard]] std::optional<SiteId> site_of_own_access(const Case& the_case) const;
  [[nodiscard]] bool is_of_supporter(const Case& the_case) const;

  const Rules* rules_;  ///< of the present phase
  const Organization& organization_;
  MeetingCalendar calendar_;
  SiteId site_;
  std::uint32_t first_unit_;
  std::uint32_t unit_count_;
  std::uint32_t first_clinician_;
  SupporterRoster supporters_;
  CaseLedger cases_;
  ClientBook clients_;                                     ///< by clinician of the site
  std::map<std::uint32_t, ClientRecord> foreign_clients_;  ///< by clinician: those with a case here
  std::map<std::uint32_t, Transferred> transferred_;       ///< by clinician of the site: cases elsewhere
  std::optional<SiteId> helping_site_;                     ///< where requests go that wait too long
  std::optional<Merger> merger_;
  WeeklyBoard& board_;
  std::uint64_t week_ = 0;       ///< since the calendar's origin, of the last tick
  SimTime next_on_call_change_;  ///< others that are scheduled are of a rota that is no more
  TransferMessage incoming_;     ///< the parts of a transfer come one right after the other
  std::size_t incoming_parts_ = 0;
  std::vector<GroupMeeting> group_meetings_;  ///< to come or running
  std::deque<CaseReference> triage_queue_;    ///< in order of arrival
  std::optional<CaseReference> in_triage_;    ///< with the coordinator now
  std::vector<CaseReference> waiting_;        ///< for a supporter, in order of acceptance
  std::vector<std::uint32_t> candidates_;     ///< indices into the roster, in the order of recruitment
  std::vector<double> trust_;                 ///< of each unit in the program, as last heard
  std::vector<std::uint32_t> told_embedded_;  ///< embedded supporters each unit knows of
};

}  // namespace peercap::peer_support
