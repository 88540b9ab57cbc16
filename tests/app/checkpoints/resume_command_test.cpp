#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/checkpoints/partial_folder.h"
#include "app/commands/run.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/observe/content_digest.h"
#include "tests/sim/io/files/temporary_folder.h"

// What lies in RESULT.partial, and what the command says of it; with the command as a function.

namespace peercap::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

class ResumeCommand : public ::testing::Test {
 protected:
  ResumeCommand() {
    options_.scenario = PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml";
    options_.out = folder_ / "result.h5";
    options_.request.threads = 2;
    options_.command_line = "peercap run small_clinic.yaml --out result.h5";
    options_.checkpoint_every = std::chrono::milliseconds{20};
    set_replications(1000);
  }

  void set_replications(int count) {
    options_.load.overrides = {"run.replications=" + std::to_string(count)};
  }

  ExitCode run_it() {
    out_.str("");
    err_.str("");
    return run(options_, out_, err_);
  }

  /// Runs until SIGTERM comes, after at least one checkpoint of finished replications.
  void interrupt_it() {
    std::jthread sender{[this](const std::stop_token& stop) {
      while (!fs::exists(partial_ / "finished") && !stop.stop_requested())
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
      if (!stop.stop_requested()) std::raise(SIGTERM);
    }};
    ASSERT_EQ(run_it(), ExitCode::terminated) << err_.str();
  }

  ExitCode resume_it() {
    options_.unfinished = UnfinishedRun::resume;
    return run_it();
  }

  [[nodiscard]] std::string digest() const { return content_digest(read_result(*options_.out)); }

  /// Of the same run in one piece.
  std::string undisturbed_digest() {
    RunOptions options = options_;
    options.out = folder_ / "undisturbed.h5";
    options.unfinished = UnfinishedRun::refuse;
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(run(options, out, err), ExitCode::done) << err.str();
    return content_digest(read_result(*options.out));
  }

  TemporaryFolder folder_;
  fs::path partial_ = folder_ / "result.h5.partial";
  RunOptions options_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(ResumeCommand, ARunThatEndsLeavesNoFolder) {
  EXPECT_EQ(run_it(), ExitCode::done);
  EXPECT_FALSE(fs::exists(partial_));
}

TEST_F(ResumeCommand, AnInterruptedRunSaysWhatIsSavedAndHowToGoOn) {
  interrupt_it();
  EXPECT_FALSE(fs::exists(*options_.out));
  EXPECT_THAT(err_.str(),
              ::testing::MatchesRegex("interrupted: [0-9]+ of 1000 replications are finished.*, all in "
                                      ".*/result.h5.partial. To go on:\n"
                                      "  peercap run small_clinic.yaml --out result.h5 --resume\n"));
}

TEST_F(ResumeCommand, TheResultIsThatOfARunInOnePiece) {
  const std::string expected = undisturbed_digest();
  interrupt_it();
  for (const ExecutionRequest& request :
       {ExecutionRequest{EngineChoice::windows, 1, 3}, ExecutionRequest{EngineChoice::sequential, 2, 0}}) {
    options_.request = request;
    const fs::path copy = folder_ / "copy.partial";
    fs::copy(partial_, copy);
    ASSERT_EQ(resume_it(), ExitCode::done) << err_.str();
    EXPECT_THAT(err_.str(),
                AllOf(HasSubstr("going on from"), HasSubstr("of 1000 replications are finished")));
    EXPECT_EQ(digest(), expected);
    EXPECT_FALSE(fs::exists(partial_));
    fs::remove(*options_.out);
    fs::rename(copy, partial_);
  }
}

TEST_F(ResumeCommand, ProvenanceCountsTheSittings) {
  interrupt_it();
  ASSERT_EQ(resume_it(), ExitCode::done);
  const ResultContent content = read_result(*options_.out);
  const auto sittings = std::ranges::find(content.provenance, "sittings", &ResultAttribute::name);
  ASSERT_NE(sittings, content.provenance.end());
  EXPECT_EQ(std::get<std::int64_t>(sittings->value), 2);
}

TEST_F(ResumeCommand, MoreReplicationsGoOnFromFewer) {
  interrupt_it();
  set_replications(1030);
  ASSERT_EQ(resume_it(), ExitCode::done) << err_.str();
  EXPECT_EQ(digest(), undisturbed_digest());
}

TEST_F(ResumeCommand, WithoutResumeItIsSaidAndNothingIsTouched) {
  interrupt_it();
  const std::string saved = read_bytes(partial_ / "finished");
  EXPECT_EQ(run_it(), ExitCode::input_output);
  EXPECT_THAT(
      err_.str(),
      AllOf(HasSubstr("result.h5.partial holds an unfinished run: "),
            HasSubstr("of 1000 replications are finished"), HasSubstr("; saved "),
            HasSubstr("To go on with it:\n  peercap run small_clinic.yaml --out result.h5 --resume\n"),
            HasSubstr("To begin anew, and give it up:\n  peercap run small_clinic.yaml --out "
                      "result.h5 --discard-partial\n")));
  options_.checkpoint_every.reset();
  EXPECT_EQ(run_it(), ExitCode::input_output);
  EXPECT_EQ(read_bytes(partial_ / "finished"), saved);
  EXPECT_FALSE(fs::exists(*options_.out));
}

TEST_F(ResumeCommand, DiscardingSaysWhatIsGivenUp) {
  interrupt_it();
  std::ofstream{partial_ / "my notes"} << "not of peercap";
  options_.unfinished = UnfinishedRun::discard;
  EXPECT_EQ(run_it(), ExitCode::done);
  EXPECT_THAT(err_.str(),
              AllOf(HasSubstr("result.h5.partial is removed: "), HasSubstr("replications are finished")));
  EXPECT_EQ(digest(), undisturbed_digest());
  EXPECT_EQ(read_bytes(partial_ / "my notes"), "not of peercap");
}

TEST_F(ResumeCommand, RefusesOtherRunsByName) {
  interrupt_it();
  options_.load.overrides.push_back("run.seed=7");
  EXPECT_EQ(resume_it(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(),
              AllOf(HasSubstr("belongs to another run, and this command cannot go on with it:\n  run.seed "
                              "is 20260105 there and 7 here\n"),
                    HasSubstr("To go on with it as it was begun:\n")));
  set_replications(100);
  EXPECT_EQ(resume_it(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("run.replications is 1000 there and only 100 here (more are possible)"));
  EXPECT_FALSE(fs::exists(*options_.out));
  set_replications(1000);
  EXPECT_EQ(resume_it(), ExitCode::done);
}

TEST_F(ResumeCommand, SaysWhenThereIsNothingToResume) {
  EXPECT_EQ(resume_it(), ExitCode::input_output);
  EXPECT_THAT(err_.str(),
              AllOf(HasSubstr("there is nothing to resume: "),
                    HasSubstr("result.h5.partial holds no unfinished run. To begin one:\n  peercap run "
                              "small_clinic.yaml --out result.h5\n")));
  EXPECT_FALSE(fs::exists(partial_));
  std::ofstream{*options_.out} << "precious";
  EXPECT_EQ(resume_it(), ExitCode::input_output);
  EXPECT_THAT(err_.str(), HasSubstr("result.h5 exists, so its run has come to its end"));
  EXPECT_EQ(read_bytes(*options_.out), "precious");
}

TEST_F(ResumeCommand, AKilledProcessesEmptyFolderIsNoRun) {
  fs::create_directories(partial_);
  std::ofstream{partial_ / "lock"} << "process 1 on nowhere\n";
  std::ofstream{partial_ / ".finished.77-0-01234567.partial"} << "half a file";
  EXPECT_EQ(resume_it(), ExitCode::input_output);
  EXPECT_THAT(err_.str(), HasSubstr("there is nothing to resume"));
  options_.unfinished = UnfinishedRun::refuse;
  EXPECT_EQ(run_it(), ExitCode::done);
  EXPECT_FALSE(fs::exists(partial_));
}

TEST_F(ResumeCommand, TwoProcessesAreNotLetIn) {
  const auto held = PartialFolder::try_open(*options_.out);
  ASSERT_TRUE(held);
  for (const UnfinishedRun unfinished :
       {UnfinishedRun::refuse, UnfinishedRun::resume, UnfinishedRun::discard}) {
    options_.unfinished = unfinished;
    EXPECT_EQ(run_it(), ExitCode::input_output);
    EXPECT_THAT(err_.str(),
                ::testing::MatchesRegex(".*result.h5.partial is in use by process [0-9]+ on .*: wait for it, "
                                        "or give this run another name with --out\n"));
  }
}

TEST_F(ResumeCommand, ADamagedFileFallsBackToTheOneBeforeAndSaysSo) {
  const std::string expected = undisturbed_digest();
  set_replications(1000);
  for (int sitting = 0; sitting < 20 && !fs::exists(partial_ / "finished.previous"); ++sitting) {
    fs::remove_all(partial_);
    options_.unfinished = UnfinishedRun::refuse;
    std::jthread sender{[this](const std::stop_token& stop) {
      while (!fs::exists(partial_ / "finished.previous") && !stop.stop_requested())
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
      if (!stop.stop_requested()) std::raise(SIGTERM);
    }};
    (void)run_it();
    fs::remove(*options_.out);
  }
  ASSERT_TRUE(fs::exists(partial_ / "finished.previous"));
  std::string bytes = read_bytes(partial_ / "finished");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  write_bytes(partial_ / "finished", bytes);
  ASSERT_EQ(resume_it(), ExitCode::done) << err_.str();
  EXPECT_THAT(err_.str(),
              HasSubstr("finished: it is damaged: the checksum of its block `results` differs; the state "
                        "before it is taken, "));
  EXPECT_EQ(digest(), expected);
}

TEST_F(ResumeCommand, WhatCannotBeReadIsRunAgain) {
  interrupt_it();
  for (const char* name : {"finished", "finished.previous"})
    if (fs::exists(partial_ / name)) write_bytes(partial_ / name, "a letter");
  ASSERT_EQ(resume_it(), ExitCode::done) << err_.str();
  EXPECT_THAT(err_.str(), HasSubstr("it is not a checkpoint of peercap"));
  EXPECT_THAT(err_.str(), HasSubstr("what it held is run again"));
  EXPECT_EQ(digest(), undisturbed_digest());
}

TEST_F(ResumeCommand, ADamagedManifestIsSaid) {
  interrupt_it();
  for (const char* name : {"manifest", "manifest.previous"})
    if (fs::exists(partial_ / name)) write_bytes(partial_ / name, "a letter");
  EXPECT_EQ(resume_it(), ExitCode::input_output);
  EXPECT_THAT(err_.str(),
              AllOf(HasSubstr("holds an unfinished run that cannot be used: "),
                    HasSubstr("it is not a checkpoint of peercap"), HasSubstr("--discard-partial")));
  options_.unfinished = UnfinishedRun::discard;
  EXPECT_EQ(run_it(), ExitCode::done);
}

TEST_F(ResumeCommand, ARunThatCannotBeSavedGoesOnAndSaysSoOnce) {
  // Something else stands where its files would go.
  fs::create_directories(partial_ / "finished" / "of somebody else");
  fs::create_directories(partial_ / "manifest" / "likewise");
  options_.unfinished = UnfinishedRun::discard;
  EXPECT_THROW((void)run_it(), InputOutputError);  // it is not removed either
  fs::remove_all(partial_);
  std::jthread blocker{[this](const std::stop_token& stop) {
    for (; !stop.stop_requested(); std::this_thread::sleep_for(std::chrono::milliseconds{1})) {
      std::error_code ignored;
      if (!fs::is_regular_file(partial_ / "finished", ignored)) continue;
      fs::remove(partial_ / "finished", ignored);
      fs::create_directories(partial_ / "finished" / "of somebody else", ignored);
    }
  }};
  options_.unfinished = UnfinishedRun::refuse;
  set_replications(1000);
  EXPECT_EQ(run_it(), ExitCode::done);
  blocker.request_stop();
  blocker.join();
  EXPECT_THAT(err_.str(), HasSubstr("finished: cannot remove it: "));
  const std::string said = err_.str();
  const std::string once = "the run could not be saved: ";
  ASSERT_THAT(said, HasSubstr(once));
  EXPECT_EQ(said.find(once, said.find(once) + 1), std::string::npos) << said;
  EXPECT_THAT(said, HasSubstr("It goes on, and saving is tried again every 20 ms\n"));
  EXPECT_EQ(digest(), undisturbed_digest());
}

TEST_F(ResumeCommand, AResultThatCannotBeWrittenIsKept) {
  std::jthread other{[this] {
    while (!fs::exists(partial_ / "finished")) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    std::ofstream{*options_.out} << "of another process";
  }};
  EXPECT_THROW((void)run_it(), InputOutputError);
  EXPECT_THAT(err_.str(),
              AllOf(HasSubstr("the result could not be written, but all of it is kept in "),
                    HasSubstr("To write it:\n  peercap run small_clinic.yaml --out result.h5 --resume\n")));
  EXPECT_EQ(read_bytes(*options_.out), "of another process");
  fs::remove(*options_.out);
  ASSERT_EQ(resume_it(), ExitCode::done) << err_.str();
  EXPECT_THAT(err_.str(), HasSubstr("1000 of 1000 replications are finished"));
  EXPECT_EQ(digest(), undisturbed_digest());
}

TEST_F(ResumeCommand, RunsWithoutANameFindTheirs) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_.path());
  options_.command_line = "peercap run small_clinic.yaml";
  options_.out.reset();
  set_replications(5);
  {
    // What another process works on is passed over.
    const auto held = PartialFolder::try_open("small_clinic-001.h5");
    ASSERT_TRUE(held);
    EXPECT_EQ(run_it(), ExitCode::done) << err_.str();
    EXPECT_TRUE(fs::exists("small_clinic-002.h5"));
  }
  partial_ = folder_ / "small_clinic-001.h5.partial";
  set_replications(1000);
  interrupt_it();
  EXPECT_THAT(err_.str(), HasSubstr("  peercap run small_clinic.yaml --out small_clinic-001.h5 --resume\n"));
  EXPECT_EQ(run_it(), ExitCode::input_output);
  EXPECT_THAT(err_.str(), HasSubstr("small_clinic-001.h5.partial holds an unfinished run"));
  fs::copy(partial_, folder_ / "small_clinic-007.h5.partial");
  EXPECT_EQ(resume_it(), ExitCode::usage);
  EXPECT_THAT(err_.str(),
              AllOf(HasSubstr("several runs of this name are unfinished"),
                    HasSubstr("  peercap run small_clinic.yaml --out small_clinic-007.h5 --resume\n")));
  fs::remove_all(folder_ / "small_clinic-007.h5.partial");
  EXPECT_EQ(resume_it(), ExitCode::done) << err_.str();
  EXPECT_TRUE(fs::exists("small_clinic-001.h5"));
  EXPECT_EQ(resume_it(), ExitCode::input_output);
  EXPECT_THAT(err_.str(), HasSubstr("there is nothing to resume"));
  fs::current_path(before);
}

TEST_F(ResumeCommand, WithoutCheckpointsASignalStillSavesWhatIsComplete) {
  options_.checkpoint_every.reset();
  set_replications(100'000);
  std::jthread sender{[] {
    std::this_thread::sleep_for(std::chrono::milliseconds{700});
    std::raise(SIGINT);
  }};
  EXPECT_EQ(run_it(), ExitCode::interrupted);
  EXPECT_FALSE(fs::exists(partial_));
  EXPECT_FALSE(read_result(*options_.out).groups.empty());
  EXPECT_THAT(err_.str(), HasSubstr("interrupted after"));
}

}  // namespace
}  // namespace peercap::app
