#include "app/verification/verification_report.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

/// Enough digits to see the interval.
std::string figure(double value) {
  return std::isfinite(value) ? fmt::format("{:.5g}", value) : "-";
}

std::string z_text(double z) {
  if (std::isnan(z)) return "-";
  return std::isinf(z) ? (z > 0 ? "+inf" : "-inf") : fmt::format("{:+.2f}", z);
}

std::string verdict_of(const QuantityCheck& check) {
  std::string text{verdict_text(check.verdict)};
  if (check.stage > 1) text += ", second stage";
  return text;
}

}  // namespace

std::string_view verdict_text(KnownVerdict verdict) {
  switch (verdict) {
    case KnownVerdict::passed:
      return "passed";
    case KnownVerdict::too_wide:
      return "too wide";
    case KnownVerdict::differs:
      return "differs";
  }
  return "";
}

std::string verification_report(const std::vector<VerificationFile>& families,
                                const VerificationOutcome& outcome) {
  std::string text;
  const std::string rule(100, '-');
  for (const VerificationFile& family : families) {
    const auto of_family = [&](const QuantityCheck& check) { return check.family == &family; };
    if (std::ranges::none_of(outcome.checks, of_family)) continue;
    text += fmt::format("{}: {}\n", family.name, family.about);
    text += fmt::format("{:<52} {:>10} {:>10}  {:<23} {:>6}  {}\n{}\n", "quantity", "theory", "simulated",
                        "95 % interval", "z", "verdict", rule);
    for (const QuantityCheck& check : outcome.checks) {
      if (!of_family(check)) continue;
      const Summary& s = check.simulated;
      text += fmt::format("{:<52} {:>10} {:>10}  {:<23} {:>6}  {}\n", check.quantity->name,
                          figure(check.quantity->value), figure(s.mean),
                          figure(s.mean_interval.low) + " to " + figure(s.mean_interval.high),
                          z_text(check.z), verdict_of(check));
    }
    text += "\n";
  }
  const auto count = [&](KnownVerdict verdict) {
    return std::ranges::count(outcome.checks, verdict, &QuantityCheck::verdict);
  };
  text +=
      fmt::format("{} quantities: {} passed, {} too wide to count, {} differ\n", outcome.checks.size(),
                  count(KnownVerdict::passed), count(KnownVerdict::too_wide), count(KnownVerdict::differs));
  return text;
}

std::string verification_json(const VerificationOutcome& outcome) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value(verification_format);
  json.key("quantities").begin_array();
  for (const QuantityCheck& check : outcome.checks) {
    const Summary& s = check.simulated;
    json.begin_object();
    json.key("family").value(check.family->name);
    json.key("system").value(check.system->name);
    json.key("name").value(check.quantity->name);
    json.key("what").value(check.quantity->what);
    json.key("formula").value(check.quantity->formula);
    json.key("measured").value(check.quantity->measured_text);
    json.key("theory").value(check.quantity->value);
    json.key("mean").value(s.mean);
    json.key("ci_low").value(s.mean_interval.low);
    json.key("ci_high").value(s.mean_interval.high);
    json.key("replications").value(s.count);
    json.key("z").value(check.z);
    json.key("p").value(check.p_value);
    json.key("p_holm").value(check.adjusted_p_value);
    json.key("stage").value(check.stage);
    json.key("verdict").value(verdict_text(check.verdict));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace peercap::app
