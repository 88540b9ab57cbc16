#include "app/commands/estimate.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands/study_arguments.h"
#include "app/commands/study_command.h"
#include "app/studies/closed_form.h"
#include "app/studies/text_layout.h"
#include "app/terminal_style.h"
#include "models/peer_support/scenario/staffing_estimate.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

using peer_support::StaffingEstimate;
using peer_support::StaffingLaw;

constexpr double usual_waiting_probability = 0.05;

std::string percent(double share) {
  if (share > 0.0 && share < 1e-4) return "below 0.01 %";
  return fmt::format("{:.3g} %", 100.0 * share);
}
std::string number(double value) {
  return value >= 1000.0 ? count_text(value) : fmt::format("{:.3g}", value);
}
std::string hours(double value) {
  return fmt::format("{} h/week", number(value));
}
std::string duration(SimDuration time) {
  return fmt::format("{:g} h", time.in_hours());
}

class EstimateReport {
 public:
  explicit EstimateReport(const Study& study) : study_{study}, law_{study.base}, e_{law_.estimate()} {}

  std::string text() {
    text_ = wrapped(fmt::format("{}: {} clinicians, {} supporters; closed forms, nothing simulated",
                                study_.spec.name, count_text(e_.clinicians), e_.supporters));
    add_demand();
    add_waits();
    add_needs();
    text_ += "\nASSUMED\n";
    for (const std::string& assumption : closed_form_assumptions()) text_ += wrapped(assumption, 2);
    return std::move(text_);
  }

  std::string json() {
    yaml::JsonWriter json;
    json.begin_object();
    json.key("format").value("peercap-estimate/1");
    json.key("scenario").value(study_.spec.name);
    json.key("clinicians").value(e_.clinicians);
    json.key("supporters").value(e_.supporters);
    json.key("episodes_per_year").value(e_.episodes_per_year);
    json.key("requests_per_year").value(e_.requests_per_year);
    json.key("sessions_per_case").value(e_.sessions_per_case);
    json.key("session_hours_per_week").value(e_.session_hours_per_week);
    json.key("protected_hours_per_week").value(protected_hours());
    json.key("open_cases").value(e_.open_cases);
    json.key("in_session").value(e_.in_session);
    json.key("between_sessions").value(e_.between_sessions);
    json.key("coordinator_load").value(e_.coordinator_load);
    json.key("waiting_probability").value(law_.waiting_probability(e_.supporters));
    json.key("waiting_probability_without_loss").value(law_.waiting_probability_without_loss(e_.supporters));
    json.key("abandonment").value(law_.abandonment(e_.supporters));
    for (const auto& [name, within] : contact_times()) {
      json.key(fmt::format("contact_within_{}_share", name)).value(law_.contact_share(e_.supporters, within));
      json.key(fmt::format("contact_within_{}_ceiling", name)).value(law_.contact_ceiling(within));
    }
    json.key("square_root_supporters").value(law_.square_root_supporters(usual_waiting_probability));
    json.key("targets").begin_array();
    for (const StudyTarget& target : study_.targets) {
      const ClosedFormAnswer answer = closed_form_answer(law_, study_.base, target);
      json.begin_object();
      json.key("target").value(target.text);
      json.key("supporters");
      if (answer.supporters)
        json.value(*answer.supporters);
      else
        json.null();
      json.key("remark").value(answer.remark);
      json.end_object();
    }
    json.end_array();
    json.key("assumptions").begin_array();
    for (const std::string& assumption : closed_form_assumptions()) json.value(assumption);
    json.end_array();
    json.end_object();
    return json.take();
  }

 private:
  [[nodiscard]] double protected_hours() const {
    return static_cast<double>(e_.supporters) * e_.protected_hours_each;
  }
  [[nodiscard]] std::vector<std::pair<std::string, SimDuration>> contact_times() const {
    return {{"target", study_.base.access.contact_target}, {"limit", study_.base.access.contact_limit}};
  }

  void add_demand() {
    text_ += "\nDEMAND AND OFFERED LOAD\n";
    text_ += row("distress episodes a year", number(e_.episodes_per_year));
    text_ += row("people who want support a year", number(e_.requests_per_year));
    text_ += row("sessions a case", number(e_.sessions_per_case));
    text_ += row("hours of sessions", hours(e_.session_hours_per_week));
    text_ += row("  protected time there is", hours(protected_hours()));
    text_ += row("open cases, by Little's law", fmt::format("{} Erlang", number(e_.open_cases)));
    text_ += row("  places for them",
                 count_text(static_cast<double>(e_.supporters * study_.base.case_rules.max_cases)));
    text_ += row("supporters in session at any time (Erlang R)", number(e_.in_session));
    text_ += row("clients between sessions (Erlang R)", number(e_.between_sessions));
    text_ += row("coordinator's hours taken by requests", percent(e_.coordinator_load));
  }

  void add_waits() {
    text_ += fmt::format("\nWAITS WITH {} SUPPORTERS\n", e_.supporters);
    text_ += row("all places taken (Erlang A)", percent(law_.waiting_probability(e_.supporters)));
    text_ +=
        row("  if nobody gave up (Erlang C)", percent(law_.waiting_probability_without_loss(e_.supporters)));
    text_ += row("give up for want of a place", percent(law_.abandonment(e_.supporters)));
    for (const auto& [name, within] : contact_times()) {
      text_ += row(fmt::format("contacted within {} of asking", duration(within)),
                   percent(law_.contact_share(e_.supporters, within)));
      text_ += row("  with ever so many supporters", percent(law_.contact_ceiling(within)));
    }
  }

  void add_needs() {
    text_ += "\nSUPPORTERS NEEDED\n";
    const auto for_hours = supporters_for_hours(e_);
    text_ += row("so that protected time holds the hours of sessions",
                 for_hours ? fmt::format("{}", *for_hours) : "no number: there is no protected time");
    text_ +=
        row(fmt::format("so that {} find all places taken (square root)", percent(usual_waiting_probability)),
            fmt::format("{}", law_.square_root_supporters(usual_waiting_probability)));
    for (const StudyTarget& target : study_.targets) {
      const ClosedFormAnswer answer = closed_form_answer(law_, study_.base, target);
      text_ += row(target.text, answer.supporters ? fmt::format("{}{}", *answer.supporters, answer.remark)
                                                  : answer.remark);
    }
  }

  const Study& study_;
  StaffingLaw law_;
  const StaffingEstimate& e_;
  std::string text_;
};

}  // namespace

ExitCode estimate(const EstimateOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  const auto study = load_study(options.file, options.load, diagnostics);
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!study) return ExitCode::invalid_input;
  EstimateReport report{*study};
  out << (options.form == OutputForm::json ? report.json() : report.text() + assumed_values_line(*study));
  return ExitCode::done;
}

void add_estimate_command(CLI::App& app, ExitCode& exit_code) {
  auto arguments = std::make_shared<StudyArguments>();
  CLI::App* command = app.add_subcommand(
      "estimate", "Staffing in closed form, in milliseconds: loads, waits, numbers needed");
  arguments->add_file_to(*command, "SCENARIO");
  arguments->add_target_to(*command);
  command->callback([arguments, &exit_code] {
    EstimateOptions options;
    options.file = arguments->file;
    options.load = arguments->load_options();
    options.form = arguments->json ? OutputForm::json : OutputForm::text;
    options.color = choose_color(Stream::error);
    exit_code = estimate(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
