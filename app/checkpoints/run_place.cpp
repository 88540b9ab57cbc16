#include "app/checkpoints/run_place.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/command_line.h"
#include "app/progress.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t smallest_result = 1U << 20;

fs::path numbered_name(const fs::path& folder, const std::string& name, int number) {
  return folder / fmt::format("{}-{:03}.h5", name, number);
}

bool has_folder(const fs::path& result) {
  return fs::exists(PartialFolder::path_for(result));
}

std::string text_of(const fs::path& path) {
  return path.lexically_normal().string();
}

class PlaceFinder {
 public:
  PlaceFinder(const PlaceRequest& request, std::ostream& err) : request_{request}, err_{err} {}

  std::variant<RunPlace, ExitCode> find() {
    return request_.unfinished == UnfinishedRun::resume ? find_unfinished() : find_new();
  }

 private:
  std::variant<RunPlace, ExitCode> find_new() {
    if (request_.out) return begin_at(*request_.out);
    for (int number = 1;; ++number) {
      const fs::path candidate = numbered_name(".", request_.name, number);
      if (fs::exists(candidate)) continue;
      // What another process is working on is as good as taken.
      if (has_folder(candidate) && !PartialFolder::try_open(candidate)) continue;
      return begin_at(candidate);
    }
  }

  std::variant<RunPlace, ExitCode> begin_at(const fs::path& result) {
    check_writable(result, request_.existing, smallest_result);
    if (!request_.is_saved && !has_folder(result))
      return RunPlace{result, std::nullopt, false, request_.manifest};
    auto folder = PartialFolder::try_open(result);
    if (!folder) return tell_in_use(result);
    if (folder->holds_a_run()) {
      if (request_.unfinished == UnfinishedRun::refuse) return tell_of_unfinished(*folder, result);
      fmt::print(err_, "{} is removed: {}\n", text_of(folder->path()), contents_of(*folder));
      folder->remove();
      folder.reset();
      folder = PartialFolder::try_open(result);
      if (!folder) return tell_in_use(result);
    }
    if (!request_.is_saved) {
      folder->remove_if_unused();
      folder.reset();
    }
    return RunPlace{result, std::move(folder), false, request_.manifest};
  }

  std::variant<RunPlace, ExitCode> find_unfinished() {
    if (request_.out) return resume_at(*request_.out);
    std::vector<fs::path> candidates;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(".", failure)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(request_.name + "-") && name.ends_with(".h5.partial"))
        candidates.push_back(entry.path().parent_path() / entry.path().stem());
    }
    std::ranges::sort(candidates);
    if (candidates.size() == 1) return resume_at(candidates.front());
    if (candidates.empty()) return tell_nothing_to_resume(numbered_name(".", request_.name, 1));
    fmt::print(err_, "several runs of this name are unfinished; say which one is to go on:\n");
    for (const fs::path& candidate : candidates)
      fmt::print(err_, "  {}\n", command_with(request_.manifest.command_line, "--resume", candidate));
    return ExitCode::usage;
  }

  std::variant<RunPlace, ExitCode> resume_at(const fs::path& result) {
    if (request_.existing == ExistingFile::refuse && fs::exists(result)) {
      fmt::print(
          err_, "there is nothing to resume: {} exists, so its run has come to its end{}\n", text_of(result),
          has_folder(result)
              ? "; what is left over in " + text_of(PartialFolder::path_for(result)) + " can be removed"
              : "");
      return ExitCode::input_output;
    }
    if (!has_folder(result)) return tell_nothing_to_resume(result);
    check_writable(result, request_.existing, smallest_result);
    auto folder = PartialFolder::try_open(result);
    if (!folder) return tell_in_use(result);
    if (!folder->holds_a_run()) {
      folder->remove_if_unused();
      return tell_nothing_to_resume(result);
    }
    const auto saved = manifest_of(*folder, result);
    if (!saved) return ExitCode::input_output;
    const std::vector<std::string> reasons = differences(saved->identity, request_.manifest.identity);
    if (!reasons.empty()) {
      fmt::print(err_, "{} belongs to another run, and this command cannot go on with it:\n",
                 text_of(folder->path()));
      for (const std::string& reason : reasons) fmt::print(err_, "  {}\n", reason);
      fmt::print(err_, "To go on with it as it was begun:\n  {}\nTo begin anew, and give it up:\n  {}\n",
                 command_with(saved->command_line, "--resume", result),
                 command_with(request_.manifest.command_line, "--discard-partial", result));
      return ExitCode::invalid_input;
    }
    fmt::print(err_, "going on from {}: {}\n", text_of(folder->path()), contents_of(*folder));
    RunManifest manifest = request_.manifest;
    manifest.command_line = saved->command_line;
    return RunPlace{result, std::move(folder), true, std::move(manifest)};
  }

  ExitCode tell_in_use(const fs::path& result) {
    const fs::path folder = PartialFolder::path_for(result);
    fmt::print(err_, "{} is in use by {}: wait for it, or give this run another name with --out\n",
               text_of(folder), FolderLock::holder(folder));
    return ExitCode::input_output;
  }

  ExitCode tell_nothing_to_resume(const fs::path& result) {
    fmt::print(err_, "there is nothing to resume: {} holds no unfinished run. To begin one:\n  {}\n",
               text_of(PartialFolder::path_for(result)),
               command_with(request_.manifest.command_line, "", result));
    return ExitCode::input_output;
  }

  ExitCode tell_of_unfinished(const PartialFolder& folder, const fs::path& result) {
    const auto saved = manifest_of(folder, result);
    if (!saved) return ExitCode::input_output;
    fmt::print(err_, "{} holds an unfinished run: {}\n", text_of(folder.path()), contents_of(folder));
    const std::vector<std::string> reasons = differences(saved->identity, request_.manifest.identity);
    for (const std::string& reason : reasons) fmt::print(err_, "  it is another one: {}\n", reason);
    const std::string& command = reasons.empty() ? request_.manifest.command_line : saved->command_line;
    fmt::print(err_, "To go on with it:\n  {}\nTo begin anew, and give it up:\n  {}\n",
               command_with(command, "--resume", result),
               command_with(request_.manifest.command_line, "--discard-partial", result));
    return ExitCode::input_output;
  }

  /// Told where there is none that can be read.
  std::optional<RunManifest> manifest_of(const PartialFolder& folder, const fs::path& result) {
    std::string problem = "its manifest is missing";
    try {
      if (auto manifest = folder.manifest()) return manifest;
    } catch (const CheckpointRefused& refused) {
      problem = refused.what();
    }
    fmt::print(err_,
               "{} holds an unfinished run that cannot be used: {}\nTo begin anew, and give it up:\n  {}\n",
               text_of(folder.path()), problem,
               command_with(request_.manifest.command_line, "--discard-partial", result));
    return std::nullopt;
  }

  /// "3 of 10 replications are finished, 1 more is saved in progress; saved 12 min 03 s ago".
  static std::string contents_of(const PartialFolder& folder) {
    std::vector<std::string> notes;  // told when the run goes on
    std::string text = "its manifest cannot be read";
    try {
      if (const auto manifest = folder.manifest()) {
        const auto finished = folder.read_finished(manifest->identity.digest(), notes);
        const std::uint64_t settled = finished ? finished->books.settled : 0;
        const std::uint64_t count =
            finished ? settled - finished->books.failures.size() + finished->waiting.size() : 0;
        const auto states = folder.states();
        const auto in_progress = std::ranges::count_if(states, [&](std::uint64_t replication) {
          return replication >= settled && !(finished && finished->waiting.contains(replication));
        });
        text = fmt::format("{} of {} replications {} finished", count, manifest->identity.replications,
                           count == 1 ? "is" : "are");
        if (in_progress > 0)
          text += fmt::format(", {} more {} saved in progress", in_progress, in_progress == 1 ? "is" : "are");
      }
    } catch (const CheckpointRefused&) {
      return text;
    }
    if (const auto time = folder.last_saved()) {
      const std::chrono::duration<double> age = fs::file_time_type::clock::now() - *time;
      text += fmt::format("; saved {} ago", duration_text(std::max(0.0, age.count())));
    }
    return text;
  }

  const PlaceRequest& request_;
  std::ostream& err_;
};

}  // namespace

fs::path free_result_name(const fs::path& folder, const std::string& name) {
  for (int number = 1;; ++number) {
    fs::path candidate = numbered_name(folder, name, number);
    if (!fs::exists(candidate)) return candidate;
  }
}

std::variant<RunPlace, ExitCode> find_place(const PlaceRequest& request, std::ostream& err) {
  return PlaceFinder{request, err}.find();
}

}  // namespace peercap::app
