#include "app/studies/closed_form.h"
#include "app/studies/sizing_report.h"
#include "app/studies/text_layout.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

class JsonReport {
 public:
  JsonReport(const Study& study, const SizingOutcome& outcome, const peer_support::StaffingLaw& law)
      : study_{study}, outcome_{outcome}, law_{law} {}

  std::string write() {
    json_.begin_object();
    json_.key("format").value("peercap-sizing/1");
    json_.key("study").value(study_.spec.name);
    json_.key("found").boolean(outcome_.is_found);
    json_.key("probability").value(study_.spec.probability.value);
    json_.key("rests_on_an_estimate").boolean(outcome_.rests_on_an_estimate);
    json_.key(outcome_.is_found ? "answer" : "nearest");
    write_candidate(outcome_.candidate);
    json_.key("cost").value(outcome_.cost);
    if (outcome_.confirmation) write_assessment("confirmation", *outcome_.confirmation);
    write_assessment("at_answer", outcome_.at_candidate);
    json_.key("one_fewer").begin_array();
    for (const FewerAssessment& fewer : outcome_.fewer) write_assessment({}, fewer.assessment);
    json_.end_array();
    write_assessment("today", outcome_.today);
    json_.key("looked_at").begin_array();
    for (const CandidateAssessment& candidate : outcome_.history) write_assessment({}, candidate);
    json_.end_array();
    json_.key("trade_offs").begin_array();
    for (const CandidateAssessment& candidate : trade_offs(study_, outcome_))
      write_candidate(candidate.candidate);
    json_.end_array();
    write_closed_form();
    json_.key("replications").value(outcome_.replications);
    json_.key("failed_replications").value(outcome_.failures);
    json_.key("seconds").value(outcome_.seconds);
    json_.end_object();
    return json_.take();
  }

 private:
  void write_candidate(const std::vector<std::int64_t>& candidate) {
    json_.begin_object();
    for (std::size_t i = 0; i < candidate.size(); ++i) {
      const auto [path, value] = setting_of(study_.search[i], study_.base, candidate[i]);
      json_.key(path).value(value);
    }
    json_.end_object();
  }

  void write_assessment(std::string_view key, const CandidateAssessment& assessment) {
    if (!key.empty()) json_.key(key);
    json_.begin_object();
    json_.key("candidate");
    write_candidate(assessment.candidate);
    json_.key("n").value(assessment.replications);
    json_.key("verdict").value(verdict_text(assessment.verdict));
    json_.key("targets").begin_array();
    for (std::size_t i = 0; i < assessment.targets.size(); ++i) {
      const TargetAssessment& target = assessment.targets[i];
      json_.begin_object();
      json_.key("target").value(study_.targets[i].text);
      json_.key("measure").value(peer_support::info_of(study_.targets[i].measure).name);
      json_.key("estimate").value(target.estimate);
      json_.key("ci_low").value(target.interval.low);
      json_.key("ci_high").value(target.interval.high);
      json_.key("margin").value(target.margin);
      json_.key("verdict").value(verdict_text(target.verdict));
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void write_closed_form() {
    json_.key("closed_form").begin_array();
    for (const StudyTarget& target : study_.targets) {
      const ClosedFormAnswer closed = closed_form_answer(law_, study_.base, target);
      json_.begin_object();
      json_.key("target").value(target.text);
      json_.key("supporters");
      if (closed.supporters)
        json_.value(*closed.supporters);
      else
        json_.null();
      json_.key("remark").value(closed.remark);
      json_.end_object();
    }
    json_.end_array();
  }

  const Study& study_;
  const SizingOutcome& outcome_;
  const peer_support::StaffingLaw& law_;
  yaml::JsonWriter json_;
};

}  // namespace

std::string sizing_json(const Study& study, const SizingOutcome& outcome,
                        const peer_support::StaffingLaw& law) {
  return JsonReport{study, outcome, law}.write();
}

}  // namespace peercap::app
