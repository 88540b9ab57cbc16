#include "app/commands/submit.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/cluster/slurm_script.h"
#include "app/cluster/slurm_submission.h"
#include "app/cluster/slurm_words.h"
#include "app/command_line.h"
#include "app/commands/study_arguments.h"
#include "app/progress.h"
#include "app/studies/text_layout.h"
#include "app/sweeps/sweep_checks.h"
#include "app/sweeps/sweep_estimate.h"
#include "app/terminal_style.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

/// Below this one machine is done before a cluster has begun.
constexpr double worth_a_cluster_seconds = 10.0 * 60.0;

/// What the scripts set themselves, and would not work without.
constexpr const char* own_options[] = {"--array", "--dependency", "--chdir", "--signal",  "--wrap",
                                       "-a",      "-d",           "-D",      "--parsable"};

fs::path this_program() {
  std::error_code failure;
  fs::path program = fs::read_symlink("/proc/self/exe", failure);
  return failure ? fs::path{"peercap"} : program;
}

/// The words that change the study, for the sweep of a task.
std::vector<std::string> study_arguments(const StudyLoadOptions& load) {
  std::vector<std::string> words;
  for (const std::string& setting : load.overrides) words.insert(words.end(), {"--set", setting});
  if (load.variant) words.insert(words.end(), {"--variant", *load.variant});
  if (load.replications) words.insert(words.end(), {"--replications", std::to_string(*load.replications)});
  if (load.seed) words.insert(words.end(), {"--seed", std::to_string(*load.seed)});
  return words;
}

SlurmSweep describe_sweep(const SubmitOptions& options, const Study& study) {
  SlurmSweep sweep;
  sweep.name = study.spec.name;
  sweep.command_line = options.command_line;
  std::ranges::replace_if(
      sweep.command_line,
      [](char c) {
        return has_control_character({&c, 1});
      },
      ' ');
  sweep.program = this_program();
  sweep.study = fs::absolute(options.file).lexically_normal();
  sweep.study_arguments = study_arguments(options.load);
  sweep.result =
      fs::absolute(options.out.value_or(free_submission_name(".", study.spec.name))).lexically_normal();
  sweep.folder = slurm_folder_for(sweep.result);
  sweep.at_once = options.at_once;
  sweep.job_options = options.job_options;
  sweep.setup_commands = options.setup_commands;
  return sweep;
}

/// What cannot stand in a script, however it is quoted.
void check_texts(const SlurmSweep& sweep, Diagnostics& diagnostics) {
  std::vector<std::string> texts{sweep.name, sweep.program.string(), sweep.study.string(),
                                 sweep.result.string()};
  for (const auto* list : {&sweep.study_arguments, &sweep.job_options, &sweep.setup_commands})
    texts.insert(texts.end(), list->begin(), list->end());
  for (const std::string& text : texts)
    if (has_control_character(text))
      diagnostics.error({sweep.study.string(), 0, 0},
                        fmt::format("a line end or another control character cannot stand in a script: {}",
                                    shell_word(text)));
  if (sweep.folder.string().find_first_of("%\\") != std::string::npos)
    diagnostics.error({sweep.folder.string(), 0, 0},
                      "Slurm cannot write a job's messages into a folder with % or \\ in its name",
                      "choose another place with --out");
  for (const std::string& option : sweep.job_options) {
    const std::string name = option.substr(0, option.find_first_of("= "));
    if (option.size() < 2 || option.front() != '-')
      diagnostics.error({"--sbatch " + shell_word(option), 0, 0}, "this is no option of sbatch",
                        "write --sbatch=--constraint=avx2");
    else if (std::ranges::find(own_options, name) != std::end(own_options))
      diagnostics.error({"--sbatch " + shell_word(option), 0, 0}, "the scripts set this themselves");
  }
}

void check_time(const SlurmPlan& plan, Diagnostics& diagnostics) {
  if (plan.has_time()) return;
  diagnostics.error(
      {"--time " + time_limit_text(plan.time_limit), 0, 0},
      fmt::format("a task would have no time to work: it is told to end {} s before its limit",
                  plan.warning.count()),
      fmt::format("give it {} or more", time_limit_text(2 * plan.warning + std::chrono::minutes{1})));
}

void report(const SlurmSweep& sweep, const SweepEstimate& estimate, const SlurmFiles& files,
            const SlurmJobs& jobs, std::ostream& out) {
  const SlurmPlan& plan = sweep.plan;
  out << wrapped(fmt::format(
      "{}: {} runs in {} tasks of about {} each on {} thread{}, with a time limit of {} and {} MB of memory",
      sweep.name, count_text(static_cast<double>(estimate.runs)), plan.shards,
      duration_text(static_cast<double>(plan.expected.count())), plan.threads, plan.threads == 1 ? "" : "s",
      time_limit_text(plan.time_limit), plan.memory_mib));
  fmt::print(out, "  {}\n  {}\n", files.array_script.string(), files.merge_script.string());
  if (jobs.array.empty())
    fmt::print(out, "To submit them:\n{}", submission_commands(files));
  else
    fmt::print(
        out, "submitted as job {0}, and the merge as job {1}. To look after them:\n  squeue --jobs={0},{1}\n",
        jobs.array, jobs.merge);
  fmt::print(out, "The result will be\n  {}\n", sweep.result.string());
}

std::string answer_json(const SlurmSweep& sweep, const SweepEstimate& estimate, const SlurmFiles& files,
                        const SlurmJobs& jobs) {
  const SlurmPlan& plan = sweep.plan;
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-submission/1");
  json.key("study").value(sweep.name);
  json.key("runs").value(static_cast<std::int64_t>(estimate.runs));
  json.key("shards").value(plan.shards);
  json.key("threads").value(plan.threads);
  json.key("expected_seconds").value(static_cast<std::int64_t>(plan.expected.count()));
  json.key("time_limit_seconds").value(static_cast<std::int64_t>(plan.time_limit.count()));
  json.key("warning_seconds").value(static_cast<std::int64_t>(plan.warning.count()));
  json.key("memory_mib").value(static_cast<std::int64_t>(plan.memory_mib));
  json.key("array_script").value(files.array_script.string());
  json.key("merge_script").value(files.merge_script.string());
  json.key("result").value(sweep.result.string());
  for (const auto& [key, job] : {std::pair{"array_job", &jobs.array}, std::pair{"merge_job", &jobs.merge}}) {
    json.key(key);
    if (job->empty())
      json.null();
    else
      json.value(*job);
  }
  json.end_object();
  return json.take();
}

}  // namespace

ExitCode submit_slurm(const SubmitOptions& options, std::ostream& out, std::ostream& err) {
  const bool is_submitted = options.action == SubmitAction::submit;
  const fs::path sbatch = is_submitted ? find_sbatch(options.file) : fs::path{};
  Diagnostics diagnostics;
  auto study = load_study(options.file, options.load, diagnostics);
  const std::int64_t shards = options.wishes.shards.value_or(2);
  if (study && !can_be_swept(*study, shards, fmt::format("--shards {}", shards), diagnostics)) study.reset();
  SlurmSweep sweep;
  SweepEstimate estimate;
  if (study) {
    sweep = describe_sweep(options, *study);
    check_texts(sweep, diagnostics);
  }
  if (!diagnostics.has_errors()) {
    estimate =
        estimate_sweep(SweepPlan{*study, {}}, {.threads = static_cast<std::size_t>(options.wishes.threads)});
    sweep.plan = plan_tasks(estimate, options.wishes);
    check_time(sweep.plan, diagnostics);
  }
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (diagnostics.has_errors()) return ExitCode::invalid_input;
  for (const std::string& failure : estimate.failures) fmt::print(err, "of those tried, {}\n", failure);
  if (estimate.seconds < worth_a_cluster_seconds)
    fmt::print(err,
               "this sweep takes about {} on this machine with {} thread{}: `peercap sweep` may be simpler\n",
               duration_text(estimate.seconds), estimate.threads, estimate.threads == 1 ? "" : "s");

  const SlurmFiles files = write_scripts(sweep);
  const SlurmJobs jobs = is_submitted ? submit_scripts(sbatch, files) : SlurmJobs{};
  if (options.form == OutputForm::json)
    out << answer_json(sweep, estimate, files, jobs);
  else
    report(sweep, estimate, files, jobs, out);
  return ExitCode::done;
}

void add_submit_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line) {
  struct Arguments {
    StudyArguments study;
    std::string out;
    std::int64_t shards = 0;
    std::int64_t at_once = 0;
    std::int64_t threads = 1;
    std::string time;
    std::string memory;
    std::string partition;
    std::string account;
    std::string qos;
    std::vector<std::string> sbatch;
    std::vector<std::string> setup;
    bool go = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* submit = app.add_subcommand("submit", "A sweep as jobs of a cluster");
  submit->require_subcommand(1);
  CLI::App* command =
      submit->add_subcommand("slurm", "Write, or submit, an array of tasks and a merge that waits for them");
  arguments->study.add_file_to(*command, "STUDY");
  arguments->study.add_chance_to(*command, "Replications of each point");
  command
      ->add_option(
          "--out,-o", arguments->out,
          "The merged result; without it NAME-001.h5, ... in this folder. All else lies in NAME.slurm "
          "beside it, on a disk that every node sees")
      ->type_name("FILE");
  command
      ->add_option("--shards", arguments->shards,
                   "Tasks; without it so many that each takes about half an hour, up to 1000")
      ->type_name("N")
      ->check(CLI::Range(2, 1'000'000));
  command->add_option("--at-once", arguments->at_once, "Most tasks that run at one time")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000));
  command->add_option("--threads", arguments->threads, "Threads of each task")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(1, 1024));
  command
      ->add_option(
          "--time", arguments->time,
          "Time limit of each task, as sbatch takes it: minutes, H:M:S, D-H; a task that reaches it goes "
          "on in another sitting. Without it twice what is expected")
      ->type_name("LIMIT")
      ->check([](const std::string& text) {
        return parse_time_limit(text) ? std::string{} : "a time limit is written `90`, `1:30:00` or `1-12`";
      });
  command
      ->add_option("--memory", arguments->memory, "Memory of each task; without it twice what is estimated")
      ->type_name("SIZE")
      ->check([](const std::string& text) {
        return parse_memory(text) ? std::string{} : "memory is written `512M` or `4G`";
      });
  command->add_option("--partition,-p", arguments->partition, "Partition of the cluster")->type_name("NAME");
  command->add_option("--account,-A", arguments->account, "Account that is charged")->type_name("NAME");
  command->add_option("--qos", arguments->qos, "Quality of service")->type_name("NAME");
  command
      ->add_option("--sbatch", arguments->sbatch,
                   "Another option of sbatch for both jobs: --sbatch=--exclusive")
      ->type_name("OPTION")
      ->allow_extra_args(false);
  command
      ->add_option("--setup", arguments->setup,
                   "A line of shell before peercap starts, for example 'module load hdf5'")
      ->type_name("COMMAND")
      ->allow_extra_args(false);
  command->add_flag("--go", arguments->go, "Submit both, rather than tell how");
  command->callback([arguments, &exit_code, command_line] {
    SubmitOptions options;
    options.file = arguments->study.file;
    options.load = arguments->study.load_options();
    options.action = arguments->go ? SubmitAction::submit : SubmitAction::write;
    if (!arguments->out.empty()) options.out = arguments->out;
    if (arguments->shards > 0) options.wishes.shards = arguments->shards;
    options.wishes.threads = arguments->threads;
    options.wishes.time_limit = parse_time_limit(arguments->time);
    options.wishes.memory_mib = parse_memory(arguments->memory);
    options.at_once = arguments->at_once;
    for (const auto& [option, value] :
         {std::pair{"partition", &arguments->partition}, std::pair{"account", &arguments->account},
          std::pair{"qos", &arguments->qos}})
      if (!value->empty()) options.job_options.push_back(fmt::format("--{}={}", option, *value));
    options.job_options.insert(options.job_options.end(), arguments->sbatch.begin(), arguments->sbatch.end());
    options.setup_commands = arguments->setup;
    options.form = arguments->study.json ? OutputForm::json : OutputForm::text;
    options.color = choose_color(Stream::error);
    options.command_line = command_line;
    exit_code = submit_slurm(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
