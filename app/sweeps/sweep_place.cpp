#include "app/sweeps/sweep_place.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/command_line.h"
#include "app/sweeps/sweep_content.h"
#include "sim/io/checkpoint/checkpoint_file.h"
#include "sim/io/hdf5/result_file.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t smallest_result = 1U << 20;

std::string text_of(const fs::path& path) {
  return path.lexically_normal().string();
}

/// Whether the file is this shard, complete.
bool is_this_shard(const fs::path& file, const SweepPlan& plan) {
  if (!fs::exists(file)) return false;
  try {
    const OpenResult opened{file, shard_file_type};
    const auto& groups = opened.content().groups;
    const auto group = std::ranges::find(groups, "/shard", &ResultGroup::path);
    if (group == groups.end()) return false;
    const auto identity = std::ranges::find(group->variables, "identity", &ResultVariable::name);
    const auto number = std::ranges::find(group->variables, "number", &ResultVariable::name);
    const auto of = std::ranges::find(group->variables, "of", &ResultVariable::name);
    if (identity == group->variables.end() || number == group->variables.end() ||
        of == group->variables.end())
      return false;
    const auto integer = [](const ResultVariable& variable) {
      const auto* values = std::get_if<std::vector<std::int64_t>>(&variable.values);
      return values != nullptr && values->size() == 1 ? values->front() : 0;
    };
    const auto* texts = std::get_if<std::vector<std::string>>(&identity->values);
    return texts != nullptr && texts->size() == 1 && texts->front() == plan.identity().digest() &&
           integer(*number) == plan.shard().number && integer(*of) == plan.shard().of;
  } catch (const InputOutputError&) {
    return false;
  }
}

class SweepPlaceFinder {
 public:
  SweepPlaceFinder(const SweepPlaceRequest& request, const SweepPlan& plan, std::ostream& err)
      : request_{request}, plan_{plan}, err_{err}, result_{request.out.value_or(usual_sweep_name(plan))} {}

  std::variant<SweepPlace, ExitCode> find() {
    if (!plan_.shard().is_whole() && request_.existing == ExistingFile::refuse &&
        is_this_shard(result_, plan_)) {
      fmt::print(err_, "{} holds this shard already\n", text_of(result_));
      return ExitCode::done;
    }
    if (request_.unfinished == UnfinishedRun::resume && !request_.out && plan_.shard().is_whole()) {
      if (const auto code = choose_unfinished()) return *code;
    }
    if (request_.unfinished == UnfinishedRun::resume && request_.existing == ExistingFile::refuse &&
        fs::exists(result_)) {
      fmt::print(err_, "there is nothing to resume: {} exists, so its sweep has come to its end\n",
                 text_of(result_));
      return ExitCode::input_output;
    }
    check_writable(result_, request_.existing, smallest_result);
    auto folder = SweepFolder::try_open(result_);
    if (!folder) return tell_in_use();
    if (!folder->is_used()) {
      // A task of a cluster that is started again says --resume whether or not it had begun before.
      if (request_.unfinished == UnfinishedRun::resume && plan_.shard().is_whole()) {
        folder->remove_if_unused();
        return tell_nothing_to_resume();
      }
      return begin(std::move(*folder));
    }
    if (request_.unfinished == UnfinishedRun::discard) {
      fmt::print(err_, "{} is removed\n", text_of(folder->path()));
      folder->remove();
      folder.reset();
      folder = SweepFolder::try_open(result_);
      if (!folder) return tell_in_use();
      return begin(std::move(*folder));
    }
    return go_on(std::move(*folder));
  }

 private:
  SweepPlace begin(SweepFolder folder) {
    SweepManifest manifest{plan_.shard_identity(), request_.command_line, plan_.range().count(), 1};
    return {result_, std::move(folder), false, std::move(manifest)};
  }

  std::variant<SweepPlace, ExitCode> go_on(SweepFolder folder) {
    std::optional<SweepManifest> saved;
    std::string problem = "its manifest is missing";
    try {
      saved = folder.manifest();
    } catch (const CheckpointRefused& refused) {
      problem = refused.what();
    }
    if (!saved) {
      fmt::print(err_, "{} cannot be used: {}\nTo begin anew, and give it up:\n  {}\n",
                 text_of(folder.path()), problem,
                 command_with(request_.command_line, "--discard-partial", result_));
      return ExitCode::input_output;
    }
    const std::vector<std::string> reasons = differences(saved->identity, plan_.shard_identity());
    const bool may_go_on = request_.unfinished == UnfinishedRun::resume;
    if (!reasons.empty() || !may_go_on) {
      fmt::print(err_, "{} holds an unfinished sweep{}\n", text_of(folder.path()),
                 reasons.empty() ? "" : ", and this command cannot go on with it:");
      for (const std::string& reason : reasons) fmt::print(err_, "  {}\n", reason);
      fmt::print(
          err_, "To go on with it:\n  {}\nTo begin anew, and give it up:\n  {}\n",
          command_with(reasons.empty() ? request_.command_line : saved->command_line, "--resume", result_),
          command_with(request_.command_line, "--discard-partial", result_));
      return reasons.empty() || !may_go_on ? ExitCode::input_output : ExitCode::invalid_input;
    }
    ++saved->sittings;
    return SweepPlace{result_, std::move(folder), true, std::move(*saved)};
  }

  /// The one unfinished sweep of this name; an exit code where there is none, or several.
  std::optional<ExitCode> choose_unfinished() {
    std::vector<fs::path> candidates;
    std::error_code failure;
    const std::string beginning = plan_.study().spec.name + "-";
    for (const auto& entry : fs::directory_iterator(".", failure)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(beginning) && name.ends_with(".h5.partial"))
        candidates.push_back(entry.path().parent_path() / entry.path().stem());
    }
    std::ranges::sort(candidates);
    if (candidates.empty()) return tell_nothing_to_resume();
    if (candidates.size() > 1) {
      fmt::print(err_, "several sweeps of this name are unfinished; say which one is to go on:\n");
      for (const fs::path& candidate : candidates)
        fmt::print(err_, "  {}\n", command_with(request_.command_line, "--resume", candidate));
      return ExitCode::usage;
    }
    result_ = candidates.front();
    return std::nullopt;
  }

  ExitCode tell_in_use() {
    const fs::path folder = PartialFolder::path_for(result_);
    fmt::print(err_, "{} is in use by {}: wait for it, or give this sweep another name with --out\n",
               text_of(folder), FolderLock::holder(folder));
    return ExitCode::input_output;
  }

  ExitCode tell_nothing_to_resume() {
    fmt::print(err_, "there is nothing to resume: {} holds no unfinished sweep. To begin one:\n  {}\n",
               text_of(PartialFolder::path_for(result_)), command_with(request_.command_line, "", result_));
    return ExitCode::input_output;
  }

  const SweepPlaceRequest& request_;
  const SweepPlan& plan_;
  std::ostream& err_;
  fs::path result_;
};

}  // namespace

fs::path usual_sweep_name(const SweepPlan& plan) {
  const std::string& name = plan.study().spec.name;
  if (!plan.shard().is_whole())
    return fmt::format("{}.shard-{}-of-{}.h5", name, plan.shard().number, plan.shard().of);
  for (int number = 1;; ++number) {
    fs::path candidate = fmt::format("{}-{:03}.h5", name, number);
    if (!fs::exists(candidate) && !fs::exists(PartialFolder::path_for(candidate))) return candidate;
  }
}

std::variant<SweepPlace, ExitCode> find_sweep_place(const SweepPlaceRequest& request, const SweepPlan& plan,
                                                    std::ostream& err) {
  return SweepPlaceFinder{request, plan, err}.find();
}

}  // namespace peercap::app
