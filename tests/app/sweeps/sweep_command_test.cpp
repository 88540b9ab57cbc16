#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <span>
#include <sstream>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include "app/commands/merge.h"
#include "app/commands/sweep.h"
#include "app/studies/point_runner.h"
#include "app/sweeps/sweep_content.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/observe/content_digest.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr const char* sweep_of_twelve =
    "set: {run.horizon: 8 weeks, run.burn_in: 2 weeks}\n"
    "vary:\n"
    "  supporters.count: {range: [2, 5], points: 4}\n"
    "  supporters.protected_time: {values: [0.25 h/week, 0.5 h/week, 1 h/week]}\n"
    "measures: [work_hours_per_week, contact_within_limit_share]\n"
    "replications: 3\n";

/// More supporters than there are people who could be some: every third point fails.
constexpr const char* sweep_with_failures =
    "set: {run.horizon: 8 weeks, run.burn_in: 2 weeks}\n"
    "vary:\n"
    "  supporters.count: {values: [3, 4, 5000]}\n"
    "measures: [work_hours_per_week]\n"
    "replications: 3\n";

class SweepCommand : public testing::StudyFiles {
 protected:
  ExitCode run(SweepOptions options, const std::string& name = "out.h5") {
    out_.str("");
    err_.str("");
    if (!options.out) options.out = folder_ / name;
    if (options.job.request.threads == 0) options.job.request.threads = 1;
    return sweep(options, out_, err_);
  }

  ExitCode merge_shards(const std::vector<std::string>& names, const std::string& result) {
    out_.str("");
    err_.str("");
    MergeOptions options;
    for (const std::string& name : names) options.files.push_back(folder_ / name);
    options.out = folder_ / result;
    return merge(options, out_, err_);
  }

  [[nodiscard]] ResultContent content(const std::string& name = "out.h5") const {
    return read_result(folder_ / name);
  }
  [[nodiscard]] std::string digest(const std::string& name = "out.h5") const {
    return content_digest(content(name));
  }
  [[nodiscard]] static const ResultVariable& variable(const ResultContent& content, const std::string& path,
                                                      const std::string& name) {
    const auto group = std::ranges::find(content.groups, path, &ResultGroup::path);
    if (group == content.groups.end()) throw std::runtime_error{"no group " + path};
    const auto found = std::ranges::find(group->variables, name, &ResultVariable::name);
    if (found == group->variables.end()) throw std::runtime_error{"no variable " + name};
    return *found;
  }

  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(SweepCommand, WritesWhatThePointsGive) {
  const std::string path = write(sweep_of_twelve);
  ASSERT_EQ(run({.file = path}), ExitCode::done) << err_.str();
  const ResultContent result = content();
  const auto& counts = std::get<std::vector<double>>(variable(result, "/design", "supporters.count").values);
  ASSERT_EQ(counts.size(), 12U);
  EXPECT_EQ(counts.front(), 2.0);
  EXPECT_EQ(counts.back(), 5.0);

  const Study study = load(path);
  const StudyDesign design{study};
  PointRunner runner{study.measures, {.request = {.threads = 1}}};
  std::vector<double> expected;
  (void)runner.run({12,
                    [&](std::size_t p) {
                      return StudyPoint{&study.base, design.settings(p)};
                    }},
                   0, 3, [&](std::size_t, std::int64_t, const PointOutcome& outcome) {
                     expected.push_back(outcome.measures[0]);
                   });
  EXPECT_EQ(std::get<std::vector<double>>(variable(result, "/replications", "work_hours_per_week").values),
            expected);
  const auto& summary =
      std::get<std::vector<double>>(variable(result, "/summary", "work_hours_per_week").values);
  ASSERT_EQ(summary.size(), 120U);
  EXPECT_EQ(summary[10], summarize(std::span{expected}.subspan(3, 3)).mean);
  EXPECT_EQ(summary[14], 3.0);  // n
  EXPECT_THAT(out_.str(), HasSubstr("12 points, 3 replications of each"));
  EXPECT_THAT(out_.str(),
              ::testing::ContainsRegex("supporters.count [2-5], supporters.protected_time [0-9.]+ h/week"));
  EXPECT_FALSE(fs::exists(folder_ / "out.h5.partial"));
  std::istringstream lines{out_.str().substr(0, out_.str().find("Everything"))};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST_F(SweepCommand, ThreadsAndBlocksDoNotChangeTheContent) {
  const std::string path = write(sweep_of_twelve);
  ASSERT_EQ(run({.file = path}), ExitCode::done);
  SweepOptions two{.file = path};
  two.job.request.threads = 2;
  two.job.block_bytes = 1;  // a block for each run
  ASSERT_EQ(run(two, "two.h5"), ExitCode::done);
  EXPECT_EQ(digest("two.h5"), digest());
}

TEST_F(SweepCommand, ShardsMergeIntoTheSame) {
  const std::string path = write(sweep_of_twelve);
  ASSERT_EQ(run({.file = path}), ExitCode::done);
  for (const std::int64_t of : {3, 7}) {
    std::vector<std::string> names;
    for (std::int64_t number = of; number >= 1; --number) {
      names.push_back("shard" + std::to_string(of) + "_" + std::to_string(number) + ".h5");
      ASSERT_EQ(run({.file = path, .shard = {number, of}}, names.back()), ExitCode::done) << err_.str();
    }
    const std::string merged = "merged" + std::to_string(of) + ".h5";
    ASSERT_EQ(merge_shards(names, merged), ExitCode::done) << err_.str();
    EXPECT_EQ(digest(merged), digest());
    EXPECT_THAT(out_.str(), HasSubstr("supporters.count"));
  }
}

TEST_F(SweepCommand, AFolderStandsForItsShards) {
  const std::string path = write(sweep_of_twelve);
  fs::create_directory(folder_ / "shards");
  for (const std::int64_t number : {1, 2})
    ASSERT_EQ(run({.file = path, .shard = {number, 2}}, fmt::format("shards/a.shard-{}-of-2.h5", number)),
              ExitCode::done);
  ASSERT_EQ(merge_shards({"shards"}, "merged.h5"), ExitCode::done) << err_.str();
  ASSERT_EQ(run({.file = path}), ExitCode::done);
  EXPECT_EQ(digest("merged.h5"), digest());
  fs::create_directory(folder_ / "empty");
  EXPECT_EQ(merge_shards({"empty"}, "m.h5"), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is no NAME.shard-I-of-N.h5"));
}

TEST_F(SweepCommand, AShardThatIsCompleteIsLeftAsItIs) {
  const std::string path = write(sweep_of_twelve);
  const SweepOptions shard{.file = path, .shard = {2, 3}, .unfinished = UnfinishedRun::resume};
  ASSERT_EQ(run(shard), ExitCode::done) << err_.str();  // nothing to resume yet: it begins
  const auto written = fs::last_write_time(folder_ / "out.h5");
  ASSERT_EQ(run(shard), ExitCode::done);
  EXPECT_THAT(err_.str(), HasSubstr("holds this shard already"));
  EXPECT_EQ(fs::last_write_time(folder_ / "out.h5"), written);
  EXPECT_THROW((void)run({.file = path, .shard = {1, 3}}), InputOutputError);  // another one is no excuse
}

TEST_F(SweepCommand, MergeSaysEverythingThatIsMissingOrForeign) {
  const std::string path = write(sweep_of_twelve);
  ASSERT_EQ(run({.file = path, .shard = {1, 4}}, "a.h5"), ExitCode::done);
  ASSERT_EQ(run({.file = path, .shard = {1, 4}}, "b.h5"), ExitCode::done);
  ASSERT_EQ(run({.file = path, .load = {.replications = 2}, .shard = {2, 4}}, "c.h5"), ExitCode::done);
  ASSERT_EQ(run({.file = path}, "whole.h5"), ExitCode::done);
  EXPECT_EQ(merge_shards({"a.h5", "b.h5", "c.h5", "whole.h5", "absent.h5"}, "m.h5"), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("both hold shard 1"));
  EXPECT_THAT(err_.str(), HasSubstr("c.h5 is of another sweep"));
  EXPECT_THAT(err_.str(), HasSubstr("whole.h5"));
  EXPECT_THAT(err_.str(), HasSubstr("absent.h5"));
  EXPECT_THAT(err_.str(), HasSubstr("shards 2, 3, 4 of 4 are missing"));
  EXPECT_FALSE(fs::exists(folder_ / "m.h5"));
}

TEST_F(SweepCommand, AFailingPointIsRecordedAndTheRestGoesOn) {
  ASSERT_EQ(run({.file = write(sweep_with_failures)}), ExitCode::partial);
  const ResultContent result = content();
  const auto& values =
      std::get<std::vector<double>>(variable(result, "/replications", "work_hours_per_week").values);
  ASSERT_EQ(values.size(), 9U);
  for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(std::isnan(values[i]), i >= 6) << i;
  EXPECT_THAT(std::get<std::vector<std::int64_t>>(variable(result, "/failures", "point").values),
              ElementsAre(2));
  EXPECT_THAT(std::get<std::vector<std::int64_t>>(variable(result, "/failures", "count").values),
              ElementsAre(3));
  const auto& messages = std::get<std::vector<std::string>>(variable(result, "/failures", "message").values);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_FALSE(messages[0].empty());
  EXPECT_THAT(err_.str(), HasSubstr("point 2, replication 0: " + messages[0].substr(0, 20)));
  EXPECT_THAT(out_.str(), HasSubstr("3 of 9 runs failed"));
}

TEST_F(SweepCommand, FailuresOfShardsMergeIntoTheSame) {
  const std::string path = write(sweep_with_failures);
  ASSERT_EQ(run({.file = path}), ExitCode::partial);
  for (const std::int64_t number : {1, 2, 3, 4})  // the last two cut the failing point in parts
    (void)run({.file = path, .shard = {number, 4}}, std::to_string(number) + ".h5");
  ASSERT_EQ(merge_shards({"1.h5", "2.h5", "3.h5", "4.h5"}, "m.h5"), ExitCode::partial) << err_.str();
  EXPECT_EQ(digest("m.h5"), digest());
}

TEST_F(SweepCommand, StopsAtAFailureWhereThatIsAskedForAndKeepsTheRest) {
  const std::string path = write(sweep_with_failures);
  SweepOptions options{.file = path};
  options.job.on_error = FailurePolicy::stop;
  ASSERT_EQ(run(options), ExitCode::partial);
  EXPECT_THAT(err_.str(), HasSubstr("stopped at a failure: 6 of 9 runs are kept"));
  EXPECT_FALSE(fs::exists(folder_ / "out.h5"));
  EXPECT_EQ(run({.file = path}), ExitCode::input_output);  // what is there is not lost by mistake
  EXPECT_THAT(err_.str(), HasSubstr("--resume"));
  ASSERT_EQ(run({.file = path, .unfinished = UnfinishedRun::resume}), ExitCode::partial);
  ASSERT_EQ(run({.file = path}, "whole.h5"), ExitCode::partial);
  EXPECT_EQ(digest(), digest("whole.h5"));
}

TEST_F(SweepCommand, InterruptedAndResumedItGivesTheSame) {
  const std::string path = write(std::string{sweep_of_twelve} + "seed: 11\n");
  const StudyLoadOptions load{.replications = 60};
  ASSERT_EQ(run({.file = path, .load = load}, "whole.h5"), ExitCode::done);
  const fs::path partial = folder_ / "out.h5.partial";
  const auto block_count = [&] {
    std::error_code missing;
    std::ptrdiff_t count = 0;
    for (fs::directory_iterator at{partial, missing}, end; !missing && at != end; at.increment(missing))
      count += at->path().filename().string().starts_with("runs-") ? 1 : 0;
    return count;
  };
  // The signal may come when the sweep has just ended.
  const auto before = ::signal(SIGINT, SIG_IGN);
  SweepOptions options{.file = path, .load = load};
  options.job.block_bytes = 512;
  int interruptions = 0;
  ExitCode code = ExitCode::interrupted;
  for (std::size_t i = 0; i < 10 && code == ExitCode::interrupted; ++i) {
    std::atomic<bool> is_over{false};
    std::thread interrupter{[&, blocks = block_count() + 1] {
      while (!is_over && block_count() < blocks) std::this_thread::sleep_for(std::chrono::microseconds{200});
      if (!is_over) ::kill(::getpid(), SIGINT);
    }};
    options.job.request.threads = i % 2 + 1;
    options.unfinished = fs::exists(partial) ? UnfinishedRun::resume : UnfinishedRun::refuse;
    code = run(options);
    is_over = true;
    interrupter.join();
    interruptions += code == ExitCode::interrupted ? 1 : 0;
  }
  ::signal(SIGINT, before);
  EXPECT_GT(interruptions, 2);
  if (code == ExitCode::interrupted)
    code = run({.file = path, .load = load, .unfinished = UnfinishedRun::resume});
  ASSERT_EQ(code, ExitCode::done) << err_.str();
  EXPECT_EQ(digest(), digest("whole.h5"));
}

TEST_F(SweepCommand, ASpentBudgetKeepsWhatThereIs) {
  const std::string path = write(std::string{sweep_of_twelve} + "time_budget: 1 ms\n");
  ASSERT_EQ(run({.file = path}), ExitCode::partial);
  EXPECT_THAT(err_.str(), HasSubstr("the time budget is spent"));
  EXPECT_TRUE(fs::exists(folder_ / "out.h5.partial"));
  // Another sweep cannot go on with it.
  EXPECT_EQ(run({.file = path, .load = {.replications = 2}, .unfinished = UnfinishedRun::resume}),
            ExitCode::invalid_input);
}

TEST_F(SweepCommand, ADryRunTellsWhatItWouldTake) {
  const std::string path = write(sweep_of_twelve);
  ASSERT_EQ(run({.file = path, .action = SweepAction::estimate}), ExitCode::done);
  EXPECT_THAT(out_.str(), HasSubstr("points"));
  EXPECT_THAT(out_.str(), HasSubstr("36"));
  EXPECT_FALSE(fs::exists(folder_ / "out.h5"));
  EXPECT_FALSE(fs::exists(folder_ / "out.h5.partial"));
  ASSERT_EQ(run({.file = path, .action = SweepAction::estimate, .form = OutputForm::json}), ExitCode::done);
  const auto number = [&](const std::string& key) {
    const auto at = out_.str().find("\"" + key + "\": ");
    return at == std::string::npos ? -1.0 : std::stod(out_.str().substr(at + key.size() + 4));
  };
  EXPECT_EQ(number("points"), 12.0);
  EXPECT_EQ(number("runs"), 36.0);
  EXPECT_EQ(number("pilot_runs"), 24.0);
  EXPECT_GT(number("seconds"), 0.0);
  EXPECT_GT(number("memory_bytes"), 1e6);
  const double estimated = number("file_bytes");
  ASSERT_EQ(run({.file = path}), ExitCode::done);
  EXPECT_GE(estimated, static_cast<double>(fs::file_size(folder_ / "out.h5")));

  // Of a large design the file is its numbers, and what names them little beside that.
  const std::string large = write(
      "vary:\n"
      "  supporters.count: 1-100\n"
      "  supporters.protected_time: {range: [0.25 h/week, 2 h/week], points: 1000}\n"
      "measures: [work_hours_per_week, contact_within_limit_share]\n"
      "replications: 3\n");
  ASSERT_EQ(run({.file = large, .action = SweepAction::estimate, .form = OutputForm::json}), ExitCode::done);
  constexpr double points = 100'000.0;
  constexpr double statistics = 10.0;
  constexpr double numbers = points * (2.0 * (3.0 + statistics) + 2.0);
  EXPECT_GT(number("file_bytes"), 8.0 * numbers);
  EXPECT_LT(number("file_bytes"), 1.2 * 8.0 * numbers);
}

TEST_F(SweepCommand, SaysWhatAStudyLacks) {
  EXPECT_EQ(run({.file = write("replications: 3\n")}), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is no measure"));
  EXPECT_THAT(err_.str(), HasSubstr("nothing varies"));
  EXPECT_EQ(run({.file = write(sweep_with_failures), .shard = {1, 50}}), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("more shards than runs, of which there are 9"));
}

}  // namespace
}  // namespace peercap::app
