#include <cstdlib>
#include <sstream>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

#include "app/commands/submit.h"
#include "sim/io/input_output_error.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

constexpr const char* small_sweep =
    "set: {run.horizon: 2 weeks, run.burn_in: 2 weeks}\n"
    "vary: {supporters.count: 2-5}\n"
    "measures: [work_hours_per_week]\n"
    "replications: 3\n";

class SubmitCommand : public testing::StudyFiles {
 protected:
  SubmitCommand() : path_before_{std::getenv("PATH")} {
    options_.file = write(small_sweep);
    options_.out = folder_ / "x.h5";
    options_.wishes.shards = 3;
  }
  ~SubmitCommand() override { ::setenv("PATH", path_before_.c_str(), 1); }

  ExitCode run() {
    out_.str("");
    err_.str("");
    return submit_slurm(options_, out_, err_);
  }

  /// In place of Slurm's; it notes how it is called.
  void install_sbatch(const std::string& text) {
    fs::create_directories(folder_ / "bin");
    const fs::path file = folder_ / "bin" / "sbatch";
    std::ofstream{file} << "#!/bin/bash\necho \"$@\" >>" << (folder_ / "calls").string() << "\n"
                        << text << "\n";
    fs::permissions(file, fs::perms::owner_all);
    ::setenv("PATH", ((folder_ / "bin").string() + ":" + path_before_).c_str(), 1);
    options_.action = SubmitAction::submit;
  }

  [[nodiscard]] std::string text_of(const fs::path& file) const {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
  }

  /// The message of the error that run() throws.
  std::string refusal() {
    try {
      (void)run();
    } catch (const InputOutputError& error) {
      return error.what();
    }
    return "no error";
  }

  /// What the command line makes of the words.
  int parse(std::vector<std::string> words) {
    CLI::App app{"peercap"};
    ExitCode exit_code = ExitCode::done;
    add_submit_command(app, exit_code, "peercap");
    std::reverse(words.begin(), words.end());
    try {
      app.parse(words);
    } catch (const CLI::ParseError& error) {
      message_ = error.what();
      return 2;
    }
    return static_cast<int>(exit_code);
  }

  std::string path_before_;
  SubmitOptions options_;
  std::ostringstream out_;
  std::ostringstream err_;
  std::string message_;
};

TEST_F(SubmitCommand, WritesBothScriptsAndTellsHowToSubmitThem) {
  ASSERT_EQ(run(), ExitCode::done) << err_.str();
  const fs::path folder = folder_ / "x.slurm";
  EXPECT_THAT(text_of(folder / "array.sh"), HasSubstr("#SBATCH --array=1-3\n"));
  EXPECT_THAT(text_of(folder / "merge.sh"), HasSubstr("result=" + (folder_ / "x.h5").string()));
  EXPECT_TRUE(fs::is_directory(folder / "logs"));
  EXPECT_TRUE(fs::is_directory(folder / "shards"));
  EXPECT_THAT(out_.str(), HasSubstr("job=$(sbatch --parsable " + (folder / "array.sh").string() + ")\n"));
  EXPECT_THAT(out_.str(),
              HasSubstr("sbatch --dependency=\"afterok:${job%%;*}\" " + (folder / "merge.sh").string()));
  EXPECT_THAT(err_.str(), HasSubstr("`peercap sweep` may be simpler"));
  EXPECT_FALSE(fs::exists(folder_ / "x.h5"));
}

TEST_F(SubmitCommand, NothingIsOverwritten) {
  ASSERT_EQ(run(), ExitCode::done);
  const std::string before = text_of(folder_ / "x.slurm/array.sh");
  options_.wishes.shards = 2;
  EXPECT_THAT(refusal(), HasSubstr("x.slurm: cannot create this folder: it exists already"));
  EXPECT_EQ(text_of(folder_ / "x.slurm/array.sh"), before);

  std::ofstream{folder_ / "y.h5"} << "something";
  options_.out = folder_ / "y.h5";
  EXPECT_THAT(refusal(), HasSubstr("y.h5: cannot be the result: it exists already"));
  EXPECT_FALSE(fs::exists(folder_ / "y.slurm"));
}

TEST_F(SubmitCommand, WithoutANameItTakesTheNextThatIsFree) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  options_.out.reset();
  EXPECT_EQ(run(), ExitCode::done);
  EXPECT_EQ(run(), ExitCode::done);
  std::ofstream{folder_ / "test-003.h5"} << "something";
  EXPECT_EQ(run(), ExitCode::done);
  fs::current_path(before);
  for (const char* name : {"test-001.slurm", "test-002.slurm", "test-004.slurm"})
    EXPECT_TRUE(fs::exists(folder_ / name / "merge.sh")) << name;
  EXPECT_FALSE(fs::exists(folder_ / "test-003.slurm"));
}

TEST_F(SubmitCommand, WhatChangesTheStudyIsHandedOn) {
  options_.load.overrides = {"supporters.protected_time=0.5 h/week"};
  options_.load.seed = 7;
  options_.load.replications = 4;
  ASSERT_EQ(run(), ExitCode::done) << err_.str();
  EXPECT_THAT(text_of(folder_ / "x.slurm/array.sh"),
              HasSubstr(" --set 'supporters.protected_time=0.5 h/week' --replications 4 --seed 7)\n"));
}

TEST_F(SubmitCommand, TheStudyIsRefusedAsASweepWouldRefuseIt) {
  options_.file = write("measures: [work_hours_per_week]\n");
  EXPECT_EQ(run(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("nothing varies"));
  options_.file = write(small_sweep);
  options_.wishes.shards = 13;
  EXPECT_EQ(run(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("--shards 13"));
  EXPECT_THAT(err_.str(), HasSubstr("more shards than runs, of which there are 12"));
  EXPECT_FALSE(fs::exists(folder_ / "x.slurm"));
}

TEST_F(SubmitCommand, WhatNoScriptCanHoldIsRefused) {
  options_.wishes.time_limit = std::chrono::minutes{1};
  EXPECT_EQ(run(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("no time to work"));
  options_.wishes.time_limit.reset();
  options_.job_options = {"--comment=a\nrm -rf ."};
  EXPECT_EQ(run(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("control character"));
  for (const char* option : {"--array=1-5", "-d", "--chdir=/data", "short", "-"}) {
    options_.job_options = {option};
    EXPECT_EQ(run(), ExitCode::invalid_input) << option;
  }
  options_.job_options.clear();
  EXPECT_FALSE(fs::exists(folder_ / "x.slurm"));
  // Slurm replaces %a and its like in the whole name of the file for messages.
  for (const char* name : {"a%b.h5", "a\\b.h5"}) {
    options_.out = folder_ / name;
    EXPECT_EQ(run(), ExitCode::invalid_input) << name;
    EXPECT_THAT(err_.str(), HasSubstr("choose another place with --out"));
  }
  EXPECT_FALSE(fs::exists(folder_ / "a%b.slurm"));
}

TEST_F(SubmitCommand, SubmitsTheMergeBehindTheArray) {
  install_sbatch("[[ $* == *merge.sh ]] && echo 4712 || echo '4711;ward'");
  ASSERT_EQ(run(), ExitCode::done) << err_.str();
  const std::string folder = (folder_ / "x.slurm").string();
  EXPECT_EQ(
      text_of(folder_ / "calls"),
      "--parsable " + folder + "/array.sh\n--parsable --dependency=afterok:4711 " + folder + "/merge.sh\n");
  EXPECT_THAT(out_.str(), HasSubstr("squeue --jobs=4711,4712"));
}

TEST_F(SubmitCommand, TellsItsJobsAsJson) {
  install_sbatch("echo 4711");
  options_.form = OutputForm::json;
  ASSERT_EQ(run(), ExitCode::done);
  EXPECT_THAT(out_.str(), HasSubstr("\"format\": \"peercap-submission/1\""));
  EXPECT_THAT(out_.str(), HasSubstr("\"array_job\": \"4711\""));
  EXPECT_THAT(out_.str(), HasSubstr("\"runs\": 12"));
}

TEST_F(SubmitCommand, WithoutSbatchNothingIsWritten) {
  options_.action = SubmitAction::submit;
  ::setenv("PATH", folder_.c_str(), 1);
  EXPECT_THAT(refusal(), HasSubstr("there is no sbatch on PATH"));
  EXPECT_FALSE(fs::exists(folder_ / "x.slurm"));
}

TEST_F(SubmitCommand, WhereSbatchRefusesTheArrayNothingIsLeft) {
  install_sbatch("exit 1");
  EXPECT_THAT(refusal(), HasSubstr("array.sh: cannot submit it: sbatch ended with exit code 1"));
  EXPECT_FALSE(fs::exists(folder_ / "x.slurm"));
  EXPECT_EQ(out_.str(), "");
}

TEST_F(SubmitCommand, WhereSbatchRefusesTheMergeItSaysWhatToDo) {
  install_sbatch("[[ $* == *merge.sh ]] && exit 1 || echo 4711");
  const std::string message = refusal();
  EXPECT_THAT(message, HasSubstr("to submit the merge: sbatch --dependency=afterok:4711 "));
  EXPECT_THAT(message, HasSubstr("scancel 4711"));
  EXPECT_TRUE(fs::exists(folder_ / "x.slurm/merge.sh"));
}

TEST_F(SubmitCommand, AnAnswerThatIsNoJobIsAnError) {
  install_sbatch("echo 'all is well'");
  EXPECT_THAT(refusal(), HasSubstr("sbatch answered `all is well`"));
  EXPECT_TRUE(fs::exists(folder_ / "x.slurm/array.sh"));
}

TEST_F(SubmitCommand, TheCommandLineIsChecked) {
  const auto with = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"submit", "slurm", options_.file, "--out", (folder_ / "x.h5").string()});
    return parse(words);
  };
  EXPECT_EQ(parse({"submit"}), 2);
  EXPECT_EQ(parse({"submit", "slurm"}), 2);
  EXPECT_EQ(with({"--time", "soon"}), 2);
  EXPECT_THAT(message_, HasSubstr("a time limit is written"));
  EXPECT_EQ(with({"--memory", "much"}), 2);
  EXPECT_THAT(message_, HasSubstr("memory is written"));
  EXPECT_EQ(with({"--shards", "1"}), 2);
  EXPECT_EQ(with({"--threads", "0"}), 2);
  EXPECT_FALSE(fs::exists(folder_ / "x.slurm"));

  ::testing::internal::CaptureStdout();
  EXPECT_EQ(with({"--shards", "4", "--time", "1:30:00", "--memory", "2G", "-p", "short", "-A", "ward",
                  "--qos", "low", "--at-once", "2", "--threads", "2", "--sbatch=--exclusive", "--setup",
                  "module load hdf5"}),
            0);
  (void)::testing::internal::GetCapturedStdout();
  const std::string script = text_of(folder_ / "x.slurm/array.sh");
  for (const char* line : {"#SBATCH --array=1-4%2\n", "#SBATCH --time=01:30:00\n", "#SBATCH --mem=2048M\n",
                           "#SBATCH --partition=short\n", "#SBATCH --account=ward\n", "#SBATCH --qos=low\n",
                           "#SBATCH --exclusive\n", "#SBATCH --cpus-per-task=2\n", "\nmodule load hdf5\n"})
    EXPECT_THAT(script, HasSubstr(line));
}

}  // namespace
}  // namespace peercap::app
