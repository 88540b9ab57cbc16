#include "app/verification/observable.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "app/studies/measure_names.h"
#include "sim/io/yaml/number_text.h"
#include "sim/statistics/summary.h"

namespace peercap::app {

using peer_support::ReplicationOutcome;
using peer_support::Scenario;

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr double ticks_per_day = 8.64e10;
constexpr std::size_t deepest = 32;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

/// Recursive descent over sum, product, and single values; ends with the first problem.
class Observable::Parser {
 public:
  explicit Parser(std::string_view text) : rest_{text} {}

  std::optional<Term> parse(std::string& problem) {
    Term term = read_sum();
    skip_blanks();
    if (problem_.empty() && !rest_.empty()) fail(fmt::format("`{}` follows what is complete", rest_));
    problem = problem_;
    if (!problem_.empty()) return std::nullopt;
    return term;
  }

 private:
  void fail(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
    rest_ = {};
  }

  void skip_blanks() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  bool take(char c) {
    skip_blanks();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view take_word() {
    skip_blanks();
    std::size_t length = 0;
    while (length < rest_.size() && is_word(rest_[length])) ++length;
    const std::string_view word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return word;
  }

  Term read_sum() {
    if (++depth_ > deepest) fail("parentheses are nested too deeply");
    Term term = read_product();
    for (;;) {
      if (take('+'))
        term = combine(Kind::sum, std::move(term), read_product());
      else if (take('-'))
        term = combine(Kind::difference, std::move(term), read_product());
      else
        break;
    }
    --depth_;
    return term;
  }

  Term read_product() {
    Term term = read_value();
    for (;;) {
      if (take('*'))
        term = combine(Kind::product, std::move(term), read_value());
      else if (take('/'))
        term = combine(Kind::quotient, std::move(term), read_value());
      else
        return term;
    }
  }

  static Term combine(Kind kind, Term left, Term right) {
    Term term{.kind = kind};
    term.parts.push_back(std::move(left));
    term.parts.push_back(std::move(right));
    return term;
  }

  Term read_value() {
    skip_blanks();
    if (take('(')) {
      Term term = read_sum();
      if (!take(')')) fail("a parenthesis is not closed");
      return term;
    }
    if (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') return read_number();
    const std::string_view word = take_word();
    if (word.empty()) {
      fail(rest_.empty() ? "a value is missing at the end" : fmt::format("`{}` is no value", rest_));
      return {};
    }
    if (take('(')) return read_function(word);
    const auto measure = find_measure(word);
    if (!measure) {
      fail(fmt::format("there is no measure `{}`: {}", word, suggest_measure(word)));
      return {};
    }
    return {.kind = Kind::measure, .measure = *measure};
  }

  Term read_number() {
    std::size_t length = 0;
    while (length < rest_.size() && (is_word(rest_[length]) || rest_[length] == '.')) ++length;
    const std::string_view text = rest_.substr(0, length);
    rest_.remove_prefix(length);
    Term term;
    if (const auto bad = yaml::parse_number(text, term.number)) fail(fmt::format("`{}` {}", text, bad->what));
    return term;
  }

  Term read_function(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, SeriesFunction>, 4> of_series{
        {{"mean_of", SeriesFunction::mean},
         {"variance_of", SeriesFunction::variance},
         {"share_above", SeriesFunction::share_above},
         {"at_week", SeriesFunction::at_week}}};
    static constexpr std::array<std::pair<std::string_view, DestinationFunction>, 5> of_destination{
        {{"wait_days", DestinationFunction::wait_days},
         {"begun_per_day", DestinationFunction::begun_per_day},
         {"waiting", DestinationFunction::waiting},
         {"treated", DestinationFunction::treated},
         {"treated_at_end", DestinationFunction::treated_at_end}}};
    if (const auto figure = find_record_figure(name)) return read_record_figure(name, *figure);
    Term term;
    const std::string_view argument = take_word();
    for (const auto& [known, function] : of_series) {
      if (known != name) continue;
      term.kind = Kind::series;
      term.of_series = function;
      const auto& infos = peer_support::series_infos();
      const auto found = std::ranges::find(infos, argument, &peer_support::MeasureInfo::name);
      if (found == infos.end()) fail(fmt::format("there is no weekly series `{}`", argument));
      term.series = static_cast<peer_support::Series>(found - infos.begin());
      const bool has_second = function == SeriesFunction::share_above || function == SeriesFunction::at_week;
      if (has_second && !take(',')) fail(fmt::format("`{}` takes two values", name));
      skip_blanks();
      if (has_second) term.number = read_number().number;
    }
    for (const auto& [known, function] : of_destination) {
      if (known != name) continue;
      term.kind = Kind::destination;
      term.of_destination = function;
      term.name = std::string{argument};
      if (argument.empty()) fail(fmt::format("`{}` takes the name of a referral destination", name));
    }
    if (term.kind == Kind::number) fail(fmt::format("there is no function `{}`", name));
    if (!take(')')) fail(fmt::format("the parenthesis of `{}` is not closed", name));
    return term;
  }

  Term read_record_figure(std::string_view name, RecordFigure figure) {
    Term term;
    skip_blanks();
    if (takes_number(figure)) term.number = read_number().number;
    term.kind = Kind::record;
    term.of_record = figure;
    if (!take(')')) fail(fmt::format("the parenthesis of `{}` is not closed", name));
    return term;
  }

  std::string_view rest_;
  std::string problem_;
  std::size_t depth_ = 0;
};

std::optional<Observable> Observable::parse(std::string_view text, std::string& problem) {
  auto root = Parser{text}.parse(problem);
  if (!root) return std::nullopt;
  return Observable{std::move(*root)};
}

std::vector<std::string> Observable::destinations() const {
  std::vector<std::string> names;
  const std::function<void(const Term&)> visit = [&](const Term& term) {
    if (term.kind == Kind::destination) names.push_back(term.name);
    for (const Term& part : term.parts) visit(part);
  };
  visit(root_);
  return names;
}

double Observable::value(const ReplicationOutcome& outcome, const Scenario& scenario) const {
  return evaluate(root_, outcome, scenario);
}

double Observable::evaluate(const Term& term, const ReplicationOutcome& outcome, const Scenario& scenario) {
  const auto part = [&](std::size_t i) { return evaluate(term.parts[i], outcome, scenario); };
  switch (term.kind) {
    case Kind::number:
      return term.number;
    case Kind::measure:
      return outcome.measures[static_cast<std::size_t>(term.measure)];
    case Kind::sum:
      return part(0) + part(1);
    case Kind::difference:
      return part(0) - part(1);
    case Kind::product:
      return part(0) * part(1);
    case Kind::quotient: {
      const double divisor = part(1);
      return divisor == 0.0 ? undefined : part(0) / divisor;
    }
    case Kind::series:
      return evaluate_series(term, outcome.series[static_cast<std::size_t>(term.series)]);
    case Kind::destination:
      return evaluate_destination(term, outcome, scenario);
    case Kind::record:
      return value_of(term.of_record, term.number, outcome, scenario);
  }
  return undefined;
}

double Observable::evaluate_series(const Term& term, const std::vector<double>& values) {
  if (values.empty()) return undefined;
  const auto count = static_cast<double>(values.size());
  switch (term.of_series) {
    case SeriesFunction::mean:
      return summarize(values).mean;
    case SeriesFunction::variance: {
      const double deviation = summarize(values).standard_deviation;
      return deviation * deviation;
    }
    case SeriesFunction::share_above:
      return static_cast<double>(
                 std::ranges::count_if(values, [&](double value) { return value > term.number; })) /
             count;
    case SeriesFunction::at_week:
      return term.number < count ? values[static_cast<std::size_t>(term.number)] : undefined;
  }
  return undefined;
}

double Observable::evaluate_destination(const Term& term, const ReplicationOutcome& outcome,
                                        const Scenario& scenario) {
  const auto& destinations = scenario.referrals.destinations;
  const auto found = std::ranges::find(destinations, term.name, &peer_support::ReferralDestination::name);
  if (found == destinations.end()) return undefined;
  const auto& row = outcome.record.destinations[static_cast<std::size_t>(found - destinations.begin())];
  const double horizon_ticks = scenario.run.horizon.in_days() * ticks_per_day;
  switch (term.of_destination) {
    case DestinationFunction::wait_days:
      return row.begun == 0
                 ? undefined
                 : static_cast<double>(row.begun_wait_ticks) / ticks_per_day / static_cast<double>(row.begun);
    case DestinationFunction::begun_per_day:
      return static_cast<double>(row.begun) / scenario.run.horizon.in_days();
    case DestinationFunction::waiting:
      return static_cast<double>(row.begun_wait_ticks) / horizon_ticks;
    case DestinationFunction::treated:
      return static_cast<double>(row.begun_treatment_ticks) / horizon_ticks;
    case DestinationFunction::treated_at_end:
      return static_cast<double>(row.in_treatment_at_end);
  }
  return undefined;
}

}  // namespace peercap::app
