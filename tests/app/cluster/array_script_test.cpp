#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "app/cluster/slurm_script.h"
#include "app/command_line.h"

// The scripts, run by bash with programs in place of peercap's and Slurm's that note what they are asked for.
// What a real Slurm does with them is tested in tests/cluster.

namespace peercap::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

class ClusterScripts : public ::testing::Test {
 protected:
  ClusterScripts() {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    // A name that a shell takes for several things.
    folder_ = fs::path{::testing::TempDir()} / (std::string{"peercap it's $HOME #1 %a "} + info->name());
    fs::remove_all(folder_);
    for (const char* name : {"bin", "x.slurm/shards", "x.slurm/logs"}) fs::create_directories(folder_ / name);
    write_program("scontrol", "echo \"$@\" >>scontrol_calls");
    sweep_.name = "test";
    sweep_.command_line = "peercap submit slurm study.yaml";
    sweep_.program = folder_ / "bin" / "peercap";
    sweep_.study = folder_ / "study.yaml";
    sweep_.study_arguments = {"--set", "a.b=0.5 h/week"};
    sweep_.folder = folder_ / "x.slurm";
    sweep_.result = folder_ / "x.h5";
    sweep_.plan = {.shards = 3,
                   .time_limit = std::chrono::minutes{30},
                   .warning = std::chrono::seconds{62},
                   .memory_mib = 512,
                   .merge_time_limit = std::chrono::minutes{15},
                   .merge_memory_mib = 768};
  }
  ~ClusterScripts() override { fs::remove_all(folder_); }

  void write_program(const std::string& name, const std::string& text) const {
    const fs::path file = folder_ / "bin" / name;
    std::ofstream{file} << "#!/bin/bash\n" << text << "\n";
    fs::permissions(file, fs::perms::owner_all);
  }

  /// Runs a script as Slurm does, for task 2; `meanwhile` is a line of shell with the script's process in
  /// $job.
  int run(const std::string& script, const std::string& meanwhile = "") const {
    std::ofstream{folder_ / "script.sh"} << script;
    std::ofstream{folder_ / "driver.sh"}
        << "cd " << shell_word(sweep_.folder.string()) << " || exit 99\n"
        << "export SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_JOB_ID=77 SLURM_JOB_ID=77 PATH="
        << shell_word((folder_ / "bin").string()) << ":$PATH\n"
        << "bash " << shell_word((folder_ / "script.sh").string()) << " >log 2>&1 &\njob=$!\n"
        << meanwhile << "\nwait $job\n";
    const int status = std::system(("bash " + shell_word((folder_ / "driver.sh").string())).c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  [[nodiscard]] std::string text_of(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream{sweep_.folder / name}.rdbuf();
    return text.str();
  }

  /// A sweep that works until it is told to end, keeping a block then where `keeps` says so.
  void write_long_sweep(const std::string& keeps) const {
    write_program("peercap",
                  "mkdir -p shards/x.shard-2-of-3.h5.partial\n"
                  "trap 'echo TERM >>signals; " +
                      keeps + " exit 143' TERM\ntouch begun\nwhile true; do sleep 0.02; done");
  }

  static constexpr const char* wait_for_begin = "until [[ -e begun ]]; do sleep 0.02; done; ";
  static constexpr const char* keep_a_block = "touch shards/x.shard-2-of-3.h5.partial/runs-0;";

  fs::path folder_;
  SlurmSweep sweep_;
};

TEST_F(ClusterScripts, AskForWhatThePlanSays) {
  sweep_.at_once = 2;
  sweep_.job_options = {"--partition=short", "--comment=two words"};
  const std::string array = array_script(sweep_);
  for (const char* line :
       {"#SBATCH --array=1-3%2\n", "#SBATCH --time=00:30:00\n", "#SBATCH --mem=512M\n", "#SBATCH --requeue\n",
        "#SBATCH --signal=B:USR1@62\n", "#SBATCH --cpus-per-task=1\n", "#SBATCH --open-mode=append\n",
        "#SBATCH --partition=short\n", "#SBATCH \"--comment=two words\"\n"})
    EXPECT_THAT(array, HasSubstr(line));
  const std::string merge = merge_script(sweep_);
  for (const char* line : {"#SBATCH --time=00:15:00\n", "#SBATCH --mem=768M\n", "#SBATCH --partition=short\n",
                           "#SBATCH --kill-on-invalid-dep=yes\n", "#SBATCH --job-name=test-merge\n"})
    EXPECT_THAT(merge, HasSubstr(line));
  EXPECT_THAT(merge, Not(HasSubstr("--array")));
}

// sbatch reads options up to the first command only.
TEST_F(ClusterScripts, OptionsStandBeforeTheFirstCommand) {
  sweep_.setup_commands = {"module load hdf5"};
  for (const std::string& script : {array_script(sweep_), merge_script(sweep_)}) {
    std::istringstream lines{script};
    bool has_begun = false;
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty() && line.front() != '#') has_begun = true;
      EXPECT_FALSE(has_begun && line.starts_with("#SBATCH")) << line;
    }
    EXPECT_THAT(script, HasSubstr("\nmodule load hdf5\n\nset -u\n"));
  }
}

TEST_F(ClusterScripts, PassShellcheck) {
  if (std::system("command -v shellcheck >/dev/null") != 0) GTEST_SKIP() << "there is no shellcheck";
  // What has a dollar sign in single quotes is reported; that is what such a name needs.
  sweep_.result = "/data/two words/x.h5";
  sweep_.program = "/opt/peercap";
  sweep_.study = "/data/it's/study.yaml";
  sweep_.setup_commands = {"module load hdf5"};
  for (const std::string& script : {array_script(sweep_), merge_script(sweep_)}) {
    std::ofstream{folder_ / "script.sh"} << script;
    EXPECT_EQ(std::system(("shellcheck " + shell_word((folder_ / "script.sh").string())).c_str()), 0);
  }
}

TEST_F(ClusterScripts, ATaskSweepsItsShard) {
  write_program("peercap", "printf '%s\\n' \"$@\" >arguments");
  sweep_.setup_commands = {"export FROM_SETUP=yes"};
  EXPECT_EQ(run(array_script(sweep_)), 0) << text_of("log");
  EXPECT_EQ(text_of("arguments"),
            "sweep\n" + sweep_.study.string() +
                "\n--set\na.b=0.5 h/week\n--shard\n2/3\n--out\nshards/x.shard-2-of-3.h5\n"
                "--resume\n--threads\n1\n");
  EXPECT_EQ(text_of("scontrol_calls"), "");
}

// The number of an array's last task is that of the whole array: a task names itself by both.
TEST_F(ClusterScripts, BeforeTheTimeLimitATaskKeepsItsWorkAndIsQueuedAgain) {
  write_long_sweep(keep_a_block);
  EXPECT_EQ(run(array_script(sweep_), std::string{wait_for_begin} + "kill -USR1 $job"), 143);
  EXPECT_EQ(text_of("signals"), "TERM\n");
  EXPECT_EQ(text_of("scontrol_calls"), "requeue 77_2\n");
}

TEST_F(ClusterScripts, ATaskThatGotNowhereIsNotQueuedAgain) {
  write_long_sweep("");
  EXPECT_EQ(run(array_script(sweep_), std::string{wait_for_begin} + "kill -USR1 $job"), 143);
  EXPECT_EQ(text_of("scontrol_calls"), "");
  EXPECT_THAT(text_of("log"), HasSubstr("submit with a longer one"));
}

TEST_F(ClusterScripts, ACanceledTaskKeepsItsWorkAndIsNotQueuedAgain) {
  write_long_sweep(keep_a_block);
  EXPECT_EQ(run(array_script(sweep_), std::string{wait_for_begin} + "kill -TERM $job"), 143);
  EXPECT_EQ(text_of("signals"), "TERM\n");
  EXPECT_TRUE(fs::exists(sweep_.folder / "shards/x.shard-2-of-3.h5.partial/runs-0"));
  EXPECT_EQ(text_of("scontrol_calls"), "");
}

TEST_F(ClusterScripts, ATaskThatEndsInTimeAllTheSameSucceeds) {
  write_program("peercap",
                "trap 'touch shards/x.shard-2-of-3.h5; exit 0' TERM\n"
                "touch begun\nwhile true; do sleep 0.02; done");
  EXPECT_EQ(run(array_script(sweep_), std::string{wait_for_begin} + "kill -USR1 $job; kill -TERM $job"), 0);
  EXPECT_EQ(text_of("scontrol_calls"), "");
}

TEST_F(ClusterScripts, ATaskWaitsForAnotherProcessOnItsShard) {
  fs::create_directories(sweep_.folder / "shards/x.shard-2-of-3.h5.partial");
  std::ofstream{sweep_.folder / "shards/x.shard-2-of-3.h5.partial/lock"} << "process 1";
  write_program("peercap", "[[ -e released ]]");
  const std::string lock = "shards/x.shard-2-of-3.h5.partial/lock";
  // The driver holds the lock until the task has said that it waits.
  EXPECT_EQ(run("until [[ -e held ]]; do sleep 0.02; done\n" + array_script(sweep_),
                "exec 9<" + lock +
                    "; flock 9; touch held; until grep -q waiting log; do sleep 0.02; done; touch released; "
                    "exec 9<&-"),
            0)
      << text_of("log");
}

// The shard records them; the merge is to run, and to tell.
TEST_F(ClusterScripts, FailedRunsAreNoFailureOfATask) {
  write_program("peercap", "touch shards/x.shard-2-of-3.h5\nexit 5");
  EXPECT_EQ(run(array_script(sweep_)), 0);
  write_program("peercap", "rm shards/x.shard-2-of-3.h5\nexit 5");
  EXPECT_EQ(run(array_script(sweep_)), 5);
}

TEST_F(ClusterScripts, WhatPeercapSaysIsWhatATaskSays) {
  write_program("peercap", "exit 6");
  EXPECT_EQ(run(array_script(sweep_)), 6);
  EXPECT_THAT(text_of("log"), HasSubstr("exit code 6"));
}

TEST_F(ClusterScripts, TheMergeRunsOnce) {
  write_program("peercap", "printf '%s\\n' \"$@\" >arguments; touch \"${@: -1}\"");
  EXPECT_EQ(run(merge_script(sweep_)), 0) << text_of("log");
  EXPECT_EQ(text_of("arguments"), "merge\nshards\n--out\n" + sweep_.result.string() + "\n");
  write_program("peercap", "exit 6");
  EXPECT_EQ(run(merge_script(sweep_)), 0);
  EXPECT_THAT(text_of("log"), HasSubstr("is there already"));
}

}  // namespace
}  // namespace peercap::app
