#include "app/studies/posterior_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PosteriorFile : public testing::StudyFiles {
 protected:
  std::optional<PosteriorSample> read(const std::string& text) {
    const auto path = folder_ / "posterior.json";
    std::ofstream{path} << text;
    return read_posterior(path.string(), diagnostics_);
  }
  [[nodiscard]] std::string first_problem() const {
    return diagnostics_.empty() ? std::string{} : diagnostics_.sorted().front().what;
  }
  Diagnostics diagnostics_;
};

constexpr const char* center = R"("center": {"supporters.count": "5"}, )";

TEST_F(PosteriorFile, ReadsDrawsAndTheirWeights) {
  const auto posterior = read(std::string{R"({"format": "peercap-posterior/1", "study": "s", )"} + center +
                              R"("draws": [{"weight": 0.25, "set": {"supporters.count": "4"}},
                                           {"weight": 0.75, "set": {"supporters.count": "6"}}]})");
  ASSERT_TRUE(posterior.has_value()) << first_problem();
  EXPECT_EQ(posterior->study, "s");
  EXPECT_THAT(posterior->weights, ElementsAre(0.25, 0.75));
  EXPECT_EQ(posterior->draws[1].front(), (std::pair<std::string, std::string>{"supporters.count", "6"}));
  EXPECT_EQ(posterior->center.front().second, "5");
}

TEST_F(PosteriorFile, RefusesWhatIsNone) {
  EXPECT_FALSE(read("{\"format\": \"peercap-study/1\"}").has_value());
  EXPECT_THAT(first_problem(), HasSubstr("this is no posterior"));
}

TEST_F(PosteriorFile, RefusesWeightsThatAreNoShares) {
  EXPECT_FALSE(read(std::string{R"({"format": "peercap-posterior/1", )"} + center +
                    R"("draws": [{"weight": 0.4, "set": {"supporters.count": "4"}}]})")
                   .has_value());
  EXPECT_THAT(first_problem(), HasSubstr("sum to 0.4"));
}

TEST_F(PosteriorFile, RefusesADrawWithoutParametersOrWithANegativeWeight) {
  EXPECT_FALSE(read(std::string{R"({"format": "peercap-posterior/1", )"} + center +
                    R"("draws": [{"weight": -1, "set": {"supporters.count": "4"}}, {"weight": 1}]})")
                   .has_value());
  EXPECT_EQ(diagnostics_.error_count(), 2U);
}

TEST_F(PosteriorFile, RefusesAFileThatIsNotThere) {
  EXPECT_FALSE(read_posterior((folder_ / "nothing.json").string(), diagnostics_).has_value());
  EXPECT_EQ(diagnostics_.error_count(), 1U);
}

TEST(EvenDraws, TakeEachSetAsOftenAsItsWeightSays) {
  PosteriorSample posterior;
  for (const char* count : {"1", "2", "3"}) posterior.draws.push_back({{"supporters.count", count}});
  posterior.weights = {0.2, 0.5, 0.3};
  const auto draws = even_draws(posterior, 10);
  ASSERT_EQ(draws.size(), 10U);
  int counts[3] = {};
  for (const auto& draw : draws) ++counts[draw.front().second[0] - '1'];
  EXPECT_THAT(counts, ElementsAre(2, 5, 3));
  EXPECT_THROW((void)even_draws(PosteriorSample{}, 3), ContractViolation);
}

}  // namespace
}  // namespace peercap::app
