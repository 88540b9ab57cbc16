#include "models/peer_support/scenario/check.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "models/peer_support/scenario/check_causes.h"
#include "models/peer_support/scenario/check_roster.h"
#include "models/peer_support/scenario/check_times.h"
#include "models/peer_support/scenario/demand_estimate.h"
#include "models/peer_support/scenario/message_number.h"
#include "models/peer_support/scenario/referral_graph.h"
#include "models/peer_support/scenario/staffing.h"
#include "models/peer_support/scenario/turnover_law.h"

namespace peercap::peer_support {
namespace {

constexpr double weeks_per_year = days_per_year / days_per_week;

/// What one site asks of its supporters and its coordinator.
struct SiteDemand {
  std::string name;
  double clinicians = 0;
  double session_hours = 0;  // a week
  double triage_hours = 0;   // a week
};

class Checker {
 public:
  Checker(const Scenario& scenario, DemandMemory* memory)
      : scenario_{scenario},
        memory_{memory},
        supporters_{count_supporters(scenario)},
        departments_{staffed_departments(scenario)} {
    for (const StaffedDepartment& department : departments_) clinicians_ += department.clinicians;
  }

  std::vector<ScenarioProblem> run() {
    check_run();
    check_organization();
    check_supporter_scales();
    check_costs();
    check_matching();
    for (ScenarioProblem& problem : check_times(scenario_)) problems_.push_back(std::move(problem));
    check_referrals();
    if (scenario_.distress.slow_decay < scenario_.distress.fast_decay)
      warn("distress.slow_decay", "slow distress decays faster than fast distress",
           "exchange `slow_decay` and `fast_decay`");
    const bool sound =
        std::ranges::none_of(problems_, [](const auto& p) { return p.severity == Severity::error; });
    if (sound) estimate_sites();
    if (sound && scenario_.program.enabled == Switch::on) check_program();
    if (sound) check_loop_gain();
    return std::move(problems_);
  }

 private:
  void add(std::string path, Severity severity, std::string what, std::string suggestion) {
    problems_.push_back({std::move(path), severity, std::move(what), std::move(suggestion)});
  }
  void fail(std::string path, std::string what, std::string suggestion = {}) {
    add(std::move(path), Severity::error, std::move(what), std::move(suggestion));
  }
  void warn(std::string path, std::string what, std::string suggestion = {}) {
    add(std::move(path), Severity::warning, std::move(what), std::move(suggestion));
  }

  void check_run() {
    if (scenario_.run.horizon < days(1))
      fail("run.horizon", "the horizon is shorter than a day: nothing would be measured",
           "write `horizon: 52 weeks`");
    if (scenario_.run.replications < 1)
      fail("run.replications", "there is no replication: nothing would be measured");
    if (scenario_.run.burn_in < SimDuration{}) fail("run.burn_in", "the burn-in is negative");
  }

  template <class Item>
  std::set<std::string> check_names(const std::vector<Item>& items, const std::string& path) {
    std::set<std::string> names;
    for (const Item& item : items) {
      if (item.name.empty())
        fail(path, "an item without a name");
      else if (!names.insert(item.name).second)
        fail(path + "[" + item.name + "]", "duplicate name `" + item.name + "`",
             "give each item a name of its own");
    }
    return names;
  }

  template <class Item, class Weight>
  void check_some_weight(const std::vector<Item>& items, const std::string& path, Weight weight,
                         std::string_view what) {
    if (std::ranges::none_of(items, [&](const Item& item) { return weight(item) > 0; }))
      fail(path, std::string{"all "} + std::string{what} + " are zero: nobody can be drawn",
           "give at least one a weight above 0");
  }

  void check_organization() {
    const OrganizationSpec& organization = scenario_.organization;
    const auto professions = check_names(organization.professions, "organization.professions");
    check_names(organization.career_stages, "organization.career_stages");
    check_names(organization.sites, "organization.sites");
    check_some_weight(
        organization.professions, "organization.professions", [](const auto& p) { return p.share; },
        "shares of professions");
    check_some_weight(
        organization.career_stages, "organization.career_stages", [](const auto& s) { return s.share; },
        "shares of career stages");
    if (organization.sites.empty() && organization.roster.empty())
      fail(
          "organization.sites", "the organization has no sites, and so nobody works in it",
          "add `organization: sites: [{name: main, departments: [{name: ward, units: 4}]}]`, one key a line");
    for (ScenarioProblem& problem : check_roster(scenario_)) problems_.push_back(std::move(problem));
    check_names(scenario_.environment.causes, "environment.causes");
    check_names(scenario_.shocks.incidents, "shocks.incidents");
    check_names(scenario_.shocks.closures, "shocks.closures");
    check_names(scenario_.shocks.mergers, "shocks.mergers");
    for (ScenarioProblem& problem : check_causes(scenario_)) problems_.push_back(std::move(problem));
    for (const Site& site : organization.sites) {
      const std::string path = "organization.sites[" + site.name + "]";
      check_names(site.departments, path + ".departments");
      if (site.departments.empty())
        fail(path, "the site `" + site.name + "` has no departments, and so nobody works there",
             "add `departments: [{name: ward, units: 4}]`");
      for (const Department& department : site.departments)
        check_department(department, path + ".departments[" + department.name + "]", professions);
    }
    if (clinicians_ > max_clinicians)
      fail(
          "organization.sites",
          "the organization has " + text_of(clinicians_) + " clinicians; at most 20 million can be simulated",
          "check `units` and `unit_size`");
    check_recruitment();
    if (scenario_.supporters.own_access == OwnAccess::other_site && sites_named() == 1)
      add("supporters.own_access", Severity::note,
          "there is one site, so that supporters are met by colleagues of it", {});
    if (scenario_.supporters.selection == Selection::nominated && organization.network.enabled == Switch::off)
      fail("supporters.selection",
           "nobody trusts anybody (`organization.network.enabled` is off), and so nobody "
           "is named",
           "write `selection: open`, or switch the network on");
  }

  [[nodiscard]] std::size_t sites_named() const {
    std::set<std::string> names;
    for (const StaffedDepartment& department : departments_) names.insert(department.site);
    return names.size();
  }

  void check_department(const Department& department, const std::string& path,
                        const std::set<std::string>& professions) {
    if (department.units < 1 || department.unit_size < 1)
      fail(path, "the department `" + department.name + "` has nobody in it",
           "give it at least one unit of one clinician");
    for (const auto& [name, weight] : department.professions.weights)
      if (!professions.contains(name))
        fail(path + ".professions." + name,
             "the profession `" + name + "` is not among the organization's professions",
             "add it under `organization.professions`, or correct the name");
    if (!department.professions.empty() &&
        std::ranges::none_of(department.professions.weights, [](const auto& w) { return w.second > 0; }))
      fail(path + ".professions", "all weights are zero: nobody can be drawn",
           "give at least one profession a weight above 0");
  }

  void check_recruitment() {
    const double recruitable = count_recruitable(scenario_);
    if (supporters_ > recruitable && clinicians_ > 0)
      fail("supporters.count",
           std::to_string(supporters_) + " supporters are more than the " + text_of(std::floor(recruitable)) +
               " clinicians who can be recruited (of " + text_of(clinicians_) +
               ", those in a career stage with a supporter weight above 0)",
           "lower `supporters.count`, enlarge the organization, or raise `supporter_weight`");
  }

  void check_supporter_scales() {
    const auto check = [this](const std::string& path, const auto& scale) {
      if (scale.low_cutoff < scale.high_cutoff) return;
      fail(path + ".low_cutoff",
           "the cut-off for low scores (" + text_of(scale.low_cutoff) +
               ") is not below that for high scores (" + text_of(scale.high_cutoff) + ")",
           "the published cut-offs are 22 and 42");
    };
    check("supporters.secondary_trauma", scenario_.supporters.secondary_trauma);
    check("supporters.compassion_satisfaction", scenario_.supporters.compassion_satisfaction);
  }

  void check_costs() {
    const Costs& costs = scenario_.costs;
    const auto check = [this](const std::string& who, double low, double cost, double high) {
      if (low <= cost && cost <= high) return;
      warn("costs.turnover_" + who,
           "the cost of replacing a " + who + " (" + text_of(cost) +
               ") does not lie between its low and high end (" + text_of(low) + " and " + text_of(high) + ")",
           "set `turnover_" + who + "_low` and `turnover_" + who + "_high` too");
    };
    check("nurse", costs.turnover_nurse_low, costs.turnover_nurse, costs.turnover_nurse_high);
    check("physician", costs.turnover_physician_low, costs.turnover_physician, costs.turnover_physician_high);
  }

  void check_matching() {
    if (scenario_.matching.same_profession != MatchRule::required) return;
    if (count_professions(scenario_) == 1)
      add("matching.same_profession", Severity::note,
          "there is a single profession, so that `required` excludes nobody", {});
  }

  void check_referrals() {
    const auto& destinations = scenario_.referrals.destinations;
    check_names(destinations, "referrals.destinations");
    for (RoutingProblem& problem :
         check_routing(scenario_.referrals, scenario_.environment.personal_share.value))
      fail(std::move(problem.path), std::move(problem.what), std::move(problem.suggestion));
    const CaseRules& rules = scenario_.case_rules;
    if (rules.early_referral.value <= 0 && rules.unresolved_referral.value <= 0) return;
    const auto none = [&](double ReferralDestination::*weight) {
      return std::ranges::none_of(destinations, [&](const auto& d) { return d.*weight > 0; });
    };
    const std::string suggestion =
        "give a destination a weight above 0, or set `early_referral` and `unresolved_referral` to 0";
    if (none(&ReferralDestination::weight_event))
      fail("referrals.destinations",
           "cases after clinical events are referred, but all destinations have `weight_event` 0",
           suggestion);
    if (none(&ReferralDestination::weight_personal) && scenario_.environment.personal_share.value > 0)
      fail("referrals.destinations",
           "cases after personal events are referred, but all destinations have `weight_personal` 0",
           suggestion);
    for (const ReferralDestination& destination : destinations)
      if (destination.places == 0 && (destination.weight_event > 0 || destination.weight_personal > 0))
        warn("referrals.destinations[" + destination.name + "].places",
             "`" + destination.name + "` has no places: whoever is referred there waits until they give up",
             "give it places, or set its weights to 0");
  }

  void estimate_sites() {
    const CaseRules& rules = scenario_.case_rules;
    const double hours_per_case =
        expected_sessions(rules) * (rules.session_length + rules.administration).in_hours();
    std::map<double, DemandEstimate> estimates;  // by event factor: an estimate takes a millisecond
    for (const StaffedDepartment& department : departments_) {
      if (sites_.empty() || sites_.back().name != department.site)
        sites_.push_back({.name = department.site});
      SiteDemand& demand = sites_.back();
      const double people = department.clinicians;
      const auto [place, is_new] = estimates.try_emplace(department.event_factor);
      if (is_new) place->second = estimate_demand(scenario_, department.event_factor, memory_);
      const DemandEstimate& estimate = place->second;
      demand.clinicians += people;
      demand.session_hours += people * estimate.requests * hours_per_case / weeks_per_year;
      demand.triage_hours +=
          people * estimate.triaged * scenario_.program.triage_time.in_hours() / weeks_per_year;
      mean_distress_ += people * estimate.mean_distress / clinicians_;
    }
    for (const SiteDemand& demand : sites_) session_hours_ += demand.session_hours;
  }

  void check_program() {
    const Program& program = scenario_.program;
    if (program.coordinator_hours.hours_per_week <= 0)
      fail("program.coordinator_hours",
           "the program has no coordinator hours: no request would ever be dealt with",
           "give the coordinator hours, or write `enabled: off` for an organization without a program");
    const double window_hours = program.coordinator_windows.open_per_week().in_hours();
    if (program.coordinator_hours.hours_per_week > window_hours)
      fail("program.coordinator_hours",
           text_of(program.coordinator_hours.hours_per_week) +
               " h/week of coordination do not fit into the " + text_of(window_hours) +
               " h/week of `coordinator_windows`",
           "lower the hours or widen the windows");
    if (supporters_ == 0) {
      warn("supporters.count", "the program has no supporters: everybody who asks waits until they withdraw",
           "raise `supporters.count`, or write `enabled: off` for an organization without a program");
      return;
    }
    check_protected_time();
    for (const SiteDemand& site : sites_)
      if (program.coordinator_hours.hours_per_week > 0 &&
          site.triage_hours > program.coordinator_hours.hours_per_week)
        warn("program.coordinator_hours",
             "about " + text_of(site.triage_hours) + " h/week of requests at `" + site.name +
                 "` (an estimate) against " + text_of(program.coordinator_hours.hours_per_week) +
                 " h/week of coordination: the coordinator's queue grows without limit",
             "raise `coordinator_hours` or shorten `triage_time`");
  }

  void check_protected_time() {
    const Supporters& supporters = scenario_.supporters;
    const double protected_hours = supporters_ * supporters.protected_time.hours_per_week;
    if (session_hours_ <= protected_hours) return;
    const std::string consequence = supporters.unprotected_work == UnprotectedWork::refused
                                        ? "the queue grows without limit"
                                        : "supporters give the rest of their own time";
    warn("supporters.protected_time",
         "about " + text_of(session_hours_) + " h/week of sessions (an estimate) against " +
             text_of(protected_hours) + " h/week of protected time: " + consequence,
         "raise `supporters.count` or `protected_time`");
  }

  /// The gain once around the loops through exhaustion: contagion in the unit; exhaustion -> events ->
  /// distress -> exhaustion; and exhaustion -> events -> load -> overload of supporters -> exhaustion; and
  /// vacancies. At 1 the noise has no bound.
  void check_loop_gain() {
    const Exhaustion& exhaustion = scenario_.exhaustion;
    const double events = scenario_.environment.exhaustion_error_gain;
    const double distress_path = events * exhaustion.distress_gain * mean_distress_;
    const double gain = exhaustion.unit_gain + distress_path + overload_path(events) + vacancy_path();
    if (gain < 1) return;
    fail("exhaustion.unit_gain",
         "the feedback of exhaustion on itself has a gain of " + text_of(gain) + " (" +
             text_of(exhaustion.unit_gain) + " in the unit, " + text_of(distress_path) +
             " through distress, " + text_of(overload_path(events)) + " through overload, " +
             text_of(vacancy_path()) + " through vacancies); at 1 and above exhaustion grows without limit",
         "lower `unit_gain`, `distress_gain`, `overload_gain`, `environment.exhaustion_error_gain` or "
         "`turnover.vacancy_workload`");
  }

  /// Exhaustion -> people who leave -> vacant places -> workload of the others.
  [[nodiscard]] double vacancy_path() const {
    const double vacant = TurnoverLaw{scenario_}.mean_rate_slope() * scenario_.turnover.vacancy.in_days();
    return scenario_.exhaustion.workload_gain * scenario_.turnover.vacancy_workload * vacant;
  }

  [[nodiscard]] double overload_path(double event_gain) const {
    const Supporters& supporters = scenario_.supporters;
    if (scenario_.program.enabled == Switch::off || supporters_ == 0 || clinicians_ <= 0) return 0;
    const double protected_hours = supporters_ * supporters.protected_time.hours_per_week;
    if (session_hours_ <= protected_hours) return 0;
    // Every further hour of load is an hour of debt for someone, held for the time of its decay.
    const double hours_per_supporter = session_hours_ / supporters_;
    const double debt_gain =
        event_gain * hours_per_supporter * supporters.overload_decay.in_days() / days_per_week;
    return scenario_.exhaustion.overload_gain * debt_gain * supporters_ / clinicians_;
  }

  const Scenario& scenario_;
  DemandMemory* memory_;
  std::vector<ScenarioProblem> problems_;
  std::vector<SiteDemand> sites_;
  int supporters_;
  std::vector<StaffedDepartment> departments_;
  double clinicians_ = 0;
  double session_hours_ = 0;
  double mean_distress_ = 0;
};

}  // namespace

std::vector<ScenarioProblem> check(const Scenario& scenario, DemandMemory* memory) {
  return Checker{scenario, memory}.run();
}

}  // namespace peercap::peer_support
