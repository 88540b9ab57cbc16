#include "app/cluster/slurm_submission.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/command_line.h"
#include "sim/io/files/durable_file.h"
#include "sim/io/input_output_error.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

void write_text(const fs::path& path, const std::string& text) {
  DurableFile file{path, ExistingFile::refuse, operating_system()};
  file.write(text.data(), text.size(), 0);
  file.publish();
}

void make_folder(const fs::path& folder, const fs::path& result) {
  constexpr const char* advice = "nothing is overwritten; give the result another name with --out";
  if (fs::exists(fs::symlink_status(result)))
    throw InputOutputError(result, "be the result", "it exists already", advice);
  std::error_code failure;
  if (!folder.parent_path().empty()) fs::create_directories(folder.parent_path(), failure);
  if (!failure && fs::create_directory(folder, failure)) return;
  if (failure)
    throw InputOutputError(folder, "create this folder", failure.message(), "choose another folder");
  throw InputOutputError(folder, "create this folder", "it exists already", advice);
}

/// Where a program lies that is called by its name; empty if nowhere.
fs::path find_on_path(std::string_view program) {
  const char* variable = std::getenv("PATH");
  std::string_view folders = variable == nullptr ? "" : variable;
  while (!folders.empty()) {
    const std::size_t colon = std::min(folders.find(':'), folders.size());
    fs::path file = fs::path{folders.substr(0, colon)} / program;
    if (colon > 0 && ::access(file.c_str(), X_OK) == 0 && fs::is_regular_file(file)) return file;
    folders.remove_prefix(std::min(colon + 1, folders.size()));
  }
  return {};
}

/// The first line that a command of the shell prints, and how it ended: its exit code.
struct CommandAnswer {
  std::string line;
  int exit_code = 0;
};

CommandAnswer ask(const fs::path& program, const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw InputOutputError(program, "start it", std::generic_category().message(errno));
  std::string output;
  std::array<char, 256> part{};
  while (std::fgets(part.data(), static_cast<int>(part.size()), pipe) != nullptr) output += part.data();
  const int status = ::pclose(pipe);
  CommandAnswer answer;
  answer.line = output.substr(0, output.find('\n'));
  answer.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return answer;
}

/// sbatch has submitted nothing.
class SbatchRefused : public InputOutputError {
 public:
  SbatchRefused(const fs::path& script, int exit_code)
      : InputOutputError{script, "submit it", fmt::format("sbatch ended with exit code {}", exit_code),
                         "its own message is above"} {}
};

/// The number of the job; sbatch --parsable prints NUMBER or NUMBER;CLUSTER.
std::string submit(const fs::path& sbatch, const std::string& options, const fs::path& script) {
  const CommandAnswer answer = ask(sbatch, fmt::format("{} --parsable{} {}", shell_word(sbatch.string()),
                                                       options, shell_word(script.string())));
  if (answer.exit_code != 0) throw SbatchRefused{script, answer.exit_code};
  const std::string job = answer.line.substr(0, answer.line.find(';'));
  if (job.empty() || job.find_first_not_of("0123456789") != std::string::npos)
    throw InputOutputError(script, "submit it",
                           fmt::format("sbatch answered `{}`, which is no number of a job", answer.line),
                           "see whether there is one: squeue --me");
  return job;
}

}  // namespace

fs::path slurm_folder_for(const fs::path& result) {
  fs::path folder = result;
  if (folder.extension() == ".h5") folder.replace_extension();
  return folder += ".slurm";
}

fs::path free_submission_name(const fs::path& folder, const std::string& name) {
  for (int number = 1;; ++number) {
    fs::path candidate = folder / fmt::format("{}-{:03}.h5", name, number);
    if (!fs::exists(candidate) && !fs::exists(slurm_folder_for(candidate))) return candidate;
  }
}

SlurmFiles write_scripts(const SlurmSweep& sweep) {
  make_folder(sweep.folder, sweep.result);
  const SlurmFiles files{sweep.folder / "array.sh", sweep.folder / "merge.sh"};
  try {
    fs::create_directory(sweep.folder / "logs");
    fs::create_directory(sweep.folder / "shards");
    write_text(files.array_script, array_script(sweep));
    write_text(files.merge_script, merge_script(sweep));
  } catch (const std::exception& error) {
    std::error_code ignored;
    fs::remove_all(sweep.folder, ignored);
    if (dynamic_cast<const fs::filesystem_error*>(&error) != nullptr)
      throw InputOutputError(sweep.folder, "create folders in it", error.what());
    throw;
  }
  return files;
}

std::string submission_commands(const SlurmFiles& files) {
  return fmt::format("  job=$(sbatch --parsable {})\n  sbatch --dependency=\"afterok:${{job%%;*}}\" {}\n",
                     shell_word(files.array_script.string()), shell_word(files.merge_script.string()));
}

fs::path find_sbatch(const fs::path& submission) {
  fs::path sbatch = find_on_path("sbatch");
  if (sbatch.empty())
    throw InputOutputError(submission, "submit it", "there is no sbatch on PATH",
                           "nothing was written; do this on a machine of the cluster, or without --go");
  return sbatch;
}

SlurmJobs submit_scripts(const fs::path& sbatch, const SlurmFiles& files) {
  SlurmJobs jobs;
  try {
    jobs.array = submit(sbatch, "", files.array_script);
  } catch (const SbatchRefused&) {
    std::error_code ignored;
    fs::remove_all(files.array_script.parent_path(), ignored);
    throw;
  }
  try {
    jobs.merge = submit(sbatch, " --dependency=afterok:" + jobs.array, files.merge_script);
  } catch (const InputOutputError& error) {
    throw InputOutputError(files.merge_script, "submit it", error.reason(),
                           fmt::format("the array is submitted, as job {0}; to submit the merge: sbatch "
                                       "--dependency=afterok:{0} {1}; to take the array back: scancel {0}",
                                       jobs.array, shell_word(files.merge_script.string())));
  }
  return jobs;
}

}  // namespace peercap::app
