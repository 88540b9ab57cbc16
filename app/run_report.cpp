#include "app/run_report.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "models/peer_support/scenario/staffing.h"

namespace peercap::app {
namespace {

using namespace peer_support;

constexpr char no_break = '\x1f';

/// Lays out the report's lines.
class Lines {
 public:
  explicit Lines(const ResultBuilder& results) : results_{results} {}

  void heading(std::string_view text) { text_ += fmt::format("\n{}\n", text); }

  void row(std::string_view label, Measure measure, std::string_view unit) {
    const Summary s = results_.summary(measure);
    const std::string value =
        s.count == 0 ? "-" : interval_text(s.mean, s.mean_interval.low, s.mean_interval.high, unit);
    text_ += fmt::format("  {:<44} {:>33}\n", label, value);
  }
  void row(std::string_view label, Measure measure) { row(label, measure, info_of(measure).unit); }

  /// One step of the cascade: a count a year and a bar against the first step.
  void step(std::string_view label, Measure measure, double whole) {
    const Summary s = results_.summary(measure);
    constexpr double width = 14.0;
    const double part = whole > 0.0 && s.count > 0 ? std::clamp(s.mean / whole, 0.0, 1.0) : 0.0;
    std::string bar(static_cast<std::size_t>(part * width + 0.5), '#');
    if (bar.empty() && s.mean > 0.0) bar = "|";
    text_ += fmt::format(
        "  {:<38} {:>23} {:<14}\n", label,
        s.count == 0 ? "-" : interval_text(s.mean, s.mean_interval.low, s.mean_interval.high, "1/year"), bar);
  }

  /// Breaks lines at spaces; `no_break` becomes a space at which no line is broken.
  void paragraph(std::string_view words) {
    std::string line;
    while (!words.empty()) {
      const auto space = std::min(words.find(' '), words.size());
      if (line.size() + 1 + space > 78) {
        text_ += line + "\n";
        line.clear();
      }
      line += (line.empty() ? "" : " ") + std::string{words.substr(0, space)};
      words.remove_prefix(std::min(space + 1, words.size()));
    }
    text_ += line + "\n";
    std::ranges::replace(text_, no_break, ' ');
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  const ResultBuilder& results_;
  std::string text_;
};

/// A figure within a sentence, never broken from its unit and interval.
std::string figure(const Summary& s, std::string_view unit) {
  std::string text = interval_text(s.mean, s.mean_interval.low, s.mean_interval.high, unit);
  std::ranges::replace(text, ' ', no_break);
  return text;
}

std::string hours_text(SimDuration d) {
  const double hours = d.in_hours();
  return hours == std::round(hours) ? fmt::format("{:.0f} h", hours) : fmt::format("{:.1f} h", hours);
}

std::string answer(const Scenario& s, const ResultBuilder& results) {
  if (s.program.enabled == Switch::off)
    return "There is no program in this scenario: nobody is contacted. It is the twin against which effects "
           "are "
           "measured.";
  const Summary judged = results.summary(Measure::contact_within_target_share);
  const Summary unmet = results.summary(Measure::unmet_episodes_share);
  const Summary asked = results.summary(Measure::asked_per_year);
  if (judged.count == 0) return "Nobody asked for support in these replications.";
  return fmt::format(
      "{} people a year want support. {} supporters with {:g} h/week of protected time each reach {} of them "
      "within {} of asking. {} of all distress episodes meet no supporter at all.",
      figure(asked, "1/year"), count_supporters(s), s.supporters.protected_time.hours_per_week,
      figure(judged, "share"), hours_text(s.access.contact_target),
      unmet.count == 0 ? "None" : figure(unmet, "share"));
}

void add_twin(Lines& lines, const Scenario& s) {
  lines.heading("AGAINST THE SAME WORLD WITHOUT A PROGRAM");
  lines.row("distressed days averted, sessions without effect",
            Measure::distressed_days_averted_without_effect, "difference");
  lines.row("distressed days averted, with the effect assumed", Measure::distressed_days_averted,
            "difference");
  lines.row("share with concerning exhaustion averted", Measure::exhausted_share_averted, "difference");
  lines.row("leavers averted a year", Measure::leavers_averted_per_year, "difference");
  lines.row("net benefit a year", Measure::net_benefit_per_year, "difference");
  lines.row("  at the low published cost of turnover", Measure::net_benefit_low_per_year, "difference");
  lines.row("  at the high published cost of turnover", Measure::net_benefit_high_per_year, "difference");
  lines.row("cost a distressed day averted", Measure::cost_per_distressed_day_averted);
  const CaseRules& rules = s.case_rules;
  if (rules.effect_fast.value > 0.0 || rules.effect_slow.value > 0.0)
    lines.paragraph(fmt::format(
        "Days are of a clinician and year. All but the first line rest on the assumption that a session "
        "takes {:g} % of the fast distress away. Trials have not shown it.",
        100.0 * rules.effect_fast.value));
}

}  // namespace

std::string run_report(const Scenario& s, std::uint64_t clinicians, const ResultBuilder& results) {
  Lines lines{results};
  const CivilDate last = date_of(s.run.start.midnight() + s.run.horizon - microseconds(1));
  lines.paragraph(fmt::format("{}: {} clinicians, {} supporters, {} to {}, n = {} replications", s.name,
                              with_thousands(static_cast<double>(clinicians), 0), count_supporters(s),
                              s.run.start.to_string(), last.to_string(), results.replication_count()));
  lines.paragraph("");
  lines.paragraph(answer(s, results));
  lines.paragraph(
      "Means with 95 % intervals over replications; they tell chance, not whether the assumptions hold.");

  lines.heading("DEMAND");
  lines.row("distressing clinical events a year", Measure::clinical_events_per_year);
  lines.row("exposures a clinician and year", Measure::exposures_per_clinician_year);
  lines.row("clinicians with an episode of distress", Measure::clinicians_with_episode_share, "share");
  lines.row("clinicians in distress at any time", Measure::distress_point_prevalence, "share");

  const double episodes = results.summary(Measure::episodes_per_year).mean;
  lines.heading("WHERE PEOPLE ARE LOST (a year)");
  lines.step("distress episodes", Measure::episodes_per_year, episodes);
  lines.step("named by others", Measure::outreach_offers_per_year, episodes);
  lines.step("  by managers", Measure::manager_referrals_per_year, episodes);
  lines.step("  by colleagues", Measure::peer_referrals_per_year, episodes);
  lines.step("asked on their own", Measure::self_referrals_per_year, episodes);
  lines.step("wanted support", Measure::asked_per_year, episodes);
  lines.step("were contacted", Measure::contacted_per_year, episodes);
  lines.row("offers declined", Measure::offers_declined_share, "share");
  lines.row("gave up waiting, of those who wanted support", Measure::withdrawn_share, "share");
  lines.row("recovered before anybody came", Measure::recovered_waiting_share, "share");

  lines.heading("TIME TO FIRST CONTACT, AND UNMET NEED");
  lines.row(fmt::format("contacted within {} of asking", hours_text(s.access.contact_target)),
            Measure::contact_within_target_share, "share");
  lines.row(fmt::format("contacted within {} of asking", hours_text(s.access.contact_limit)),
            Measure::contact_within_limit_share, "share");
  lines.row("median time, of those contacted", Measure::hours_to_contact_median);
  lines.row("nine in ten within", Measure::hours_to_contact_p90);
  lines.row("median time, of all who wait", Measure::hours_to_contact_incidence_median);
  lines.row("episodes met within 72 h of the event", Measure::episodes_contacted_72h_share, "share");
  lines.row("people waiting at any time", Measure::waiting_mean);
  lines.row(fmt::format("weeks with more than {} waiting", s.resilience.waiting_limit),
            Measure::many_waiting_weeks_share, "share");
  lines.row("episodes that meet no supporter", Measure::unmet_episodes_share, "share");

  lines.heading("SUPPORTERS' WORK");
  lines.row("sessions a year", Measure::sessions_per_year);
  lines.row("hours, all supporters together", Measure::work_hours_per_week);
  lines.row("  beside sessions (training, debriefs)", Measure::program_hours_per_week);
  lines.row("protected time used", Measure::protected_hours_used_share, "share");
  lines.row("hours beyond protected time", Measure::overload_hours_per_week);
  lines.row("  of sessions alone", Measure::session_overload_hours_per_week);
  lines.row("cases a supporter and year", Measure::cases_per_supporter_year);
  lines.row("supporters without a case", Measure::supporters_without_case_share, "share");
  lines.row("most cases open at one time", Measure::caseload_max);

  lines.heading("SUPPORTERS' WELL-BEING (surveyed at the end)");
  lines.row("low secondary traumatic stress", Measure::trauma_low_share, "share");
  lines.row("high secondary traumatic stress", Measure::trauma_high_share, "share");
  lines.row("moderate to high compassion satisfaction", Measure::satisfaction_moderate_high_share, "share");
  lines.row("high compassion satisfaction", Measure::satisfaction_high_share, "share");
  lines.row("concerning exhaustion, supporters", Measure::supporters_exhaustion_concerning_share, "share");
  lines.row("concerning exhaustion, all clinicians", Measure::clinicians_exhaustion_concerning_share,
            "share");

  lines.row("supporters who name time as first challenge", Measure::challenge_time_share, "share");

  lines.heading("TURNOVER AND REFERRALS");
  lines.row("supporters at the end", Measure::supporters_at_end);
  lines.row("supporters who left, a year", Measure::supporter_exits_per_year);
  lines.row("supporters who joined, a year", Measure::supporters_joined_per_year);
  lines.row("clinicians who left, a year", Measure::clinicians_left_per_year);
  lines.row("cases referred on, of those contacted", Measure::referred_share, "share");
  lines.row("referrals taken up, a year", Measure::referrals_per_year);
  lines.row("wait for a referral", Measure::referral_wait_days_mean);
  lines.row("gave up the wait for a referral", Measure::referral_given_up_share, "share");

  lines.heading("FAIRNESS AND COST");
  lines.row("gap in coverage between professions", Measure::profession_gap, "share");
  lines.row("gap in coverage between shift patterns", Measure::shift_gap, "share");
  lines.row("cost of the program a year", Measure::program_cost_per_year);
  lines.row("cost a person contacted", Measure::cost_per_contact);
  if (results.summary(Measure::collapsed).mean > 0.0)
    lines.row("replications in which the program collapsed", Measure::collapsed, "share");
  if (results.summary(Measure::service_failed).mean > 0.0)
    lines.row("replications in which service failed", Measure::service_failed, "share");
  if (results.summary(Measure::recovered_share).count > 0) {
    lines.row("recovered after the first scheduled change", Measure::recovered_share, "share");
    lines.row("service recovered after it", Measure::service_recovered_share, "share");
  }
  if (s.run.twin == Switch::on) add_twin(lines, s);
  return lines.take();
}

}  // namespace peercap::app
