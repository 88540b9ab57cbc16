#include "app/studies/sizing_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/studies/closed_form.h"
#include "app/studies/text_layout.h"
#include "models/peer_support/scenario/staffing.h"

namespace peercap::app {
namespace {

using peer_support::StaffingLaw;

std::string percent(double share) {
  return fmt::format("{:.12g} %", 100.0 * share);
}

class Report {
 public:
  Report(const Study& study, const SizingOutcome& outcome, const StaffingLaw& law)
      : study_{study}, outcome_{outcome}, law_{law} {}

  /// The answer in one to three sentences.
  [[nodiscard]] std::string answer() const {
    return outcome_.is_found ? found_sentence() : infeasible_sentence();
  }
  /// What a candidate is called: the scenario as it is, where it is empty.
  [[nodiscard]] std::string words(const std::vector<std::int64_t>& candidate) const {
    return candidate.empty() ? "today, " + today_text() : size_words(candidate);
  }

  std::string write() {
    text_ = wrapped(fmt::format("{}: {} clinicians, {} supporters today", study_.spec.name,
                                count_text(static_cast<double>(peer_support::count_clinicians(study_.base))),
                                peer_support::count_supporters(study_.base)));
    if (!study_.spec.description.empty()) text_ += wrapped(study_.spec.description);
    text_ += "\n" + wrapped(answer());
    if (outcome_.is_found) {
      if (outcome_.confirmation) {
        add_heading("WITH " + size_words(outcome_.candidate) + ", ON FRESH REPLICATIONS",
                    *outcome_.confirmation);
        add_targets(*outcome_.confirmation);
      }
      for (const FewerAssessment& fewer : outcome_.fewer) add_fewer(fewer);
    } else {
      add_heading("WITH " + size_words(outcome_.candidate), outcome_.at_candidate);
      add_targets(outcome_.at_candidate);
    }
    add_heading("TODAY, " + today_text(), outcome_.today);
    add_targets(outcome_.today);
    add_course();
    add_trade_offs();
    add_closed_form();
    text_ +=
        "\n" +
        wrapped(fmt::format(
            "{} replications in {}, looking at {} candidate{} by the same chance. Intervals are "
            "95 % over replications; a target is `met` or `missed` only where that is surer, so "
            "that all verdicts of the search are right together. They tell chance, not whether the "
            "assumptions hold.{}",
            count_text(static_cast<double>(outcome_.replications)), duration_text(outcome_.seconds),
            outcome_.history.size(), outcome_.history.size() == 1 ? "" : "s",
            outcome_.failures > 0 ? fmt::format(" {} replications failed and say nothing.", outcome_.failures)
                                  : ""));
    return std::move(text_);
  }

 private:
  [[nodiscard]] bool is_single() const { return study_.search.size() == 1; }

  /// "34 supporters", or the candidate by its paths.
  [[nodiscard]] std::string size_words(const std::vector<std::int64_t>& candidate) const {
    if (!counts_supporters()) return candidate_text(study_, candidate);
    return fmt::format("{} supporter{}", candidate.front(), candidate.front() == 1 ? "" : "s");
  }
  [[nodiscard]] bool counts_supporters() const {
    return is_single() && study_.search.front().path == "supporters.count" &&
           study_.search.front().step == 1.0 && study_.search.front().origin == 0.0;
  }
  [[nodiscard]] std::string all_targets() const {
    return study_.targets.size() == 1 ? "the target" : "every target";
  }

  [[nodiscard]] std::string found_sentence() const {
    const std::string size = size_words(outcome_.candidate);
    std::string text;
    if (!is_single())
      text = fmt::format("{} meets {} at the least cost ({:.6g}).", size, all_targets(), outcome_.cost);
    else if (counts_supporters() && outcome_.candidate.front() != 1)
      text = fmt::format("{} are enough to meet {}{}.", size, all_targets(), fewer_words());
    else
      text = fmt::format("{} is enough to meet {}{}.", size, all_targets(), fewer_words());
    text += fmt::format(" The search judged right with a probability of at least {}.",
                        percent(study_.spec.probability.value));
    if (outcome_.confirmation && outcome_.confirmation->verdict == Verdict::undecided)
      text += fmt::format(" {} fresh replications agree, but would not show it by themselves.",
                          outcome_.confirmation->replications);
    if (outcome_.rests_on_an_estimate || rests_below())
      text +=
          " What the most replications do not tell from a target counts as not met: the answer may be "
          "one too large, hardly too small.";
    return text;
  }

  /// What is known of the next smaller candidate of a single number.
  [[nodiscard]] std::string fewer_words() const {
    if (outcome_.fewer.empty()) {
      const std::string& below = study_.search.front().below;
      return below.empty() ? ", and nothing smaller was asked for"
                           : fmt::format(", and nothing smaller was looked at: {}", below);
    }
    const CandidateAssessment& fewer = outcome_.fewer.front().assessment;
    const std::string size = counts_supporters() ? fmt::format("{}", fewer.candidate.front())
                                                 : candidate_text(study_, fewer.candidate);
    const std::string_view verb = counts_supporters() && fewer.candidate.front() != 1 ? "are" : "is";
    if (fewer.verdict == Verdict::missed) return fmt::format("; {} {} not", size, verb);
    return fmt::format("; of {} it could not be shown with {} replications", size, fewer.replications);
  }

  /// Whether one fewer could not be told from the target.
  [[nodiscard]] bool rests_below() const {
    return std::ranges::any_of(outcome_.fewer, [](const FewerAssessment& fewer) {
      return fewer.assessment.verdict == Verdict::undecided;
    });
  }

  [[nodiscard]] std::string infeasible_sentence() const {
    const std::size_t binding = outcome_.at_candidate.binding_target();
    const TargetAssessment& worst = outcome_.at_candidate.targets[binding];
    const StudyTarget& target = study_.targets[binding];
    std::string text =
        fmt::format("Nothing in the range meets {}: with {} ", all_targets(), size_words(outcome_.candidate));
    if (worst.margin < 0.0)
      text += fmt::format("`{}` is missed by {}.", target.text, margin_text(target, worst.margin));
    else
      text += fmt::format("`{}` could not be shown with {} replications.", target.text,
                          outcome_.at_candidate.replications);
    const ClosedFormAnswer closed = closed_form_answer(law_, study_.base, target);
    if (!closed.supporters && closed.remark.starts_with("out of reach"))
      text += fmt::format(" By the closed forms it is {}.", closed.remark);
    return text;
  }

  void add_heading(const std::string& what, const CandidateAssessment& assessment) {
    text_ += "\n" + wrapped(fmt::format("{} (n = {})", what, assessment.replications));
  }

  void add_targets(const CandidateAssessment& assessment) {
    for (std::size_t i = 0; i < study_.targets.size(); ++i)
      text_ += row(study_.targets[i].text,
                   fmt::format("{}  {:>9}", figure_text(study_.targets[i], assessment.targets[i]),
                               verdict_text(assessment.targets[i].verdict)));
  }

  void add_fewer(const FewerAssessment& fewer) {
    add_heading("WITH " + size_words(fewer.assessment.candidate), fewer.assessment);
    add_targets(fewer.assessment);
    const std::size_t binding = fewer.assessment.binding_target();
    if (fewer.assessment.verdict != Verdict::met)
      text_ += wrapped(fmt::format("What binds is `{}`.", study_.targets[binding].text), 2);
  }

  [[nodiscard]] std::string today_text() const {
    if (counts_supporters())
      return fmt::format("with {} supporters", peer_support::count_supporters(study_.base));
    std::string text;
    for (const SearchComponent& component : study_.search) {
      const auto info = peer_support::find_factor(study_.base, component.path);
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", component.path,
                          peer_support::text_of_number(study_.base, component.path, *info->number));
    }
    return text;
  }

  /// Every size of a single number that was looked at, with its figure of the target that binds.
  void add_course() {
    if (!is_single() || outcome_.history.size() < 2) return;
    const CandidateAssessment& judged =
        outcome_.fewer.empty() ? outcome_.at_candidate : outcome_.fewer.front().assessment;
    const std::size_t binding = judged.binding_target();
    const StudyTarget& target = study_.targets[binding];
    std::vector<const CandidateAssessment*> looks;
    for (const CandidateAssessment& look : outcome_.history) looks.push_back(&look);
    std::ranges::stable_sort(looks, {}, [](const CandidateAssessment* look) { return look->candidate; });
    IntervalStrip strip;
    for (const CandidateAssessment* look : looks) {
      const TargetAssessment& t = look->targets[binding];
      strip.include(t.interval.low, t.estimate, t.interval.high);
    }
    strip.mark(target.target.statistic == TargetStatistic::probability ? target.target.level
                                                                       : target.target.value);
    text_ += "\n" + wrapped(fmt::format("EVERY SIZE LOOKED AT, by {} (| is the target)", target.text));
    for (const CandidateAssessment* look : looks) {
      const TargetAssessment& t = look->targets[binding];
      text_ += row(fmt::format("{} (n = {})", size_words(look->candidate), look->replications),
                   fmt::format("{}  {}", figure_text(target, t),
                               strip.draw(t.interval.low, t.estimate, t.interval.high)));
    }
  }

  void add_trade_offs() {
    const std::vector<CandidateAssessment> kept = trade_offs(study_, outcome_);
    if (kept.size() < 2) return;
    std::string names;
    for (const StudyTarget& target : study_.targets)
      names += fmt::format("{}{}", names.empty() ? "" : ", ", peer_support::info_of(target.measure).name);
    text_ += "\n" + wrapped(fmt::format("TRADE-OFFS: looked at, and beaten by none in cost and {}", names));
    for (const CandidateAssessment& look : kept) {
      std::string figures;
      for (std::size_t i = 0; i < study_.targets.size(); ++i)
        figures += fmt::format("{}{}", figures.empty() ? "" : ", ",
                               estimate_text(study_.targets[i], look.targets[i]));
      text_ += row(size_words(look.candidate), fmt::format("{}  (n = {})", figures, look.replications));
    }
  }

  void add_closed_form() {
    if (!counts_supporters()) return;
    text_ += "\nBY CLOSED FORMS (peercap estimate)\n";
    for (const StudyTarget& target : study_.targets) {
      const ClosedFormAnswer closed = closed_form_answer(law_, study_.base, target);
      text_ += row(target.text, closed.supporters ? fmt::format("{}{}", *closed.supporters, closed.remark)
                                                  : closed.remark);
    }
    if (const auto hours = supporters_for_hours(law_.estimate()))
      text_ += row("protected time holds the hours of sessions", fmt::format("{}", *hours));
    text_ += wrapped(
        "They leave out shifts, matching, absences, turnover, training and feedback, which is what the "
        "simulation adds.",
        2);
  }

  const Study& study_;
  const SizingOutcome& outcome_;
  const StaffingLaw& law_;
  std::string text_;
};

}  // namespace

std::string sizing_answer(const Study& study, const SizingOutcome& outcome,
                          const peer_support::StaffingLaw& law) {
  return Report{study, outcome, law}.answer();
}

std::string sizing_words(const Study& study, const SizingOutcome& outcome,
                         const peer_support::StaffingLaw& law, const std::vector<std::int64_t>& candidate) {
  return Report{study, outcome, law}.words(candidate);
}

std::string sizing_report(const Study& study, const SizingOutcome& outcome, const StaffingLaw& law) {
  return Report{study, outcome, law}.write();
}

}  // namespace peercap::app
