#pragma once

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <unordered_map>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck.h>

/// Properties: statements about all inputs of a kind, tried on random ones, and on ever smaller ones once one
/// fails.
namespace peercap::testing {

/// The number in the environment variable, or `otherwise`.
[[nodiscard]] inline std::uint64_t number_from_environment(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// Keeps RapidCheck from reading its own configuration, which begins with a seed from the clock.
class SilentListener final : public rc::detail::TestListener {
 public:
  void onTestCaseFinished(const rc::detail::CaseDescription&) override {}
  void onShrinkTried(const rc::detail::CaseDescription&, bool) override {}
  void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

/// Fails the current test, with a small counterexample and the command that finds it again, where `property`
/// does not hold: a function whose arguments RapidCheck makes up, that draws what it needs by `*rc::gen::...`
/// and speaks through RC_ASSERT. The cases are the same in every run of a program;
/// PEERCAP_PROPERTY_SEED asks for others, PEERCAP_PROPERTY_CASES for another number of them.
template <class Property>
void check_property(Property&& property, int cases = 100) {
  const ::testing::TestInfo& test = *::testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = std::string{test.test_suite_name()} + "." + test.name();
  rc::detail::TestMetadata metadata;
  metadata.id = name;
  metadata.description = name;
  rc::detail::TestParams parameters;
  parameters.seed = number_from_environment("PEERCAP_PROPERTY_SEED", 20'260'105);
  parameters.maxSuccess =
      static_cast<int>(number_from_environment("PEERCAP_PROPERTY_CASES", static_cast<std::uint64_t>(cases)));
  SilentListener listener;
  const auto result = rc::detail::checkProperty(rc::detail::toProperty(std::forward<Property>(property)),
                                                metadata, parameters, listener,
                                                std::unordered_map<std::string, rc::detail::Reproduce>{});
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream told;
  rc::detail::printResultMessage(result, told);
  FAIL() << told.str() << "\n\nTo see it again: PEERCAP_PROPERTY_SEED=" << parameters.seed
         << " PEERCAP_PROPERTY_CASES=" << parameters.maxSuccess << ", and this program with --gtest_filter='"
         << name << "'";
}

}  // namespace peercap::testing
