#include "app/checkpoints/partial_folder.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/checkpoints/partial_files.h"
#include "sim/support/state_archive.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifest_name = "manifest";
constexpr std::string_view finished_name = "finished";
constexpr std::string_view state_prefix = "replication-";
constexpr std::string_view previous_suffix = ".previous";
constexpr std::string_view waiting_prefix = "outcome-";

// Versions of what the blocks hold. The identity has the program's version as well.
const CheckpointHeader manifest_header{"manifest of a run", 2, ""};
constexpr std::string_view finished_kind = "set of finished replications";
constexpr std::uint32_t finished_format = 2;
constexpr std::string_view state_kind = "replication in progress";
constexpr std::uint32_t state_format = 4;

std::optional<std::uint64_t> number_behind(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string without_generation(std::string name) {
  if (name.ends_with(previous_suffix)) name.resize(name.size() - previous_suffix.size());
  return name;
}

bool is_ours(const std::string& file_name) {
  const std::string name = without_generation(file_name);
  return name == manifest_name || name == finished_name || number_behind(name, state_prefix).has_value();
}

CheckpointHeader state_header(const std::string& identity, std::uint64_t replication) {
  return {std::string{state_kind}, state_format, fmt::format("{}/{}", identity, replication)};
}

/// Reads a checkpoint that can be done without: what is lost is run again.
template <class Read>
auto read_or_note(const fs::path& file, const CheckpointHeader& expected, std::vector<std::string>& notes,
                  Read read) -> std::optional<decltype(read(std::declval<const CheckpointContent&>()))> {
  try {
    const CheckpointContent content = read_checkpoint(file, expected);
    if (!content.note.empty()) notes.push_back(content.note);
    return read(content);
  } catch (const CheckpointRefused& refused) {
    if (refused.problem() != CheckpointProblem::absent)
      notes.push_back(fmt::format("{}; what it held is run again", refused.what()));
  } catch (const StateFormatError& error) {
    notes.push_back(fmt::format("{}: {}; what it held is run again", file.string(), error.what()));
  }
  return std::nullopt;
}

}  // namespace

fs::path PartialFolder::path_for(const fs::path& result) {
  return partial_path_for(result);
}

PartialFolder::PartialFolder(fs::path path, FolderLock lock)
    : path_{std::move(path)}, lock_{std::move(lock)} {}

std::optional<PartialFolder> PartialFolder::try_open(const fs::path& result) {
  fs::path path = path_for(result);
  auto lock = FolderLock::try_acquire(path);
  if (!lock) return std::nullopt;
  PartialFolder folder{std::move(path), std::move(*lock)};
  remove_half_written(folder.path_);
  return folder;
}

bool PartialFolder::holds_a_run() const {
  return std::ranges::any_of(names_in(path_), is_ours);
}

std::optional<RunManifest> PartialFolder::manifest() const {
  const fs::path file = path_ / manifest_name;
  try {
    return value_of<RunManifest>(read_checkpoint(file, manifest_header).block("manifest"));
  } catch (const StateFormatError& error) {
    throw CheckpointRefused(file, CheckpointProblem::damaged, error.what());
  } catch (const CheckpointRefused& refused) {
    if (refused.problem() == CheckpointProblem::absent) return std::nullopt;
    throw;
  }
}

void PartialFolder::write_manifest(const RunManifest& manifest) {
  const std::vector<std::byte> bytes = bytes_of(manifest);
  const std::vector<CheckpointBlock> blocks{{"manifest", bytes}};
  write_checkpoint(path_ / manifest_name, manifest_header, blocks);
}

std::optional<FinishedReplications> PartialFolder::read_finished(const std::string& identity,
                                                                 std::vector<std::string>& notes) const {
  const CheckpointHeader expected{std::string{finished_kind}, finished_format, identity};
  return read_or_note(path_ / finished_name, expected, notes, [](const CheckpointContent& content) {
    FinishedReplications finished;
    finished.books = value_of<RunBooks>(content.block("books"));
    const auto results = content.block("results");
    finished.results.assign(results.begin(), results.end());
    for (const CheckpointBlock& block : content.blocks)
      if (const auto number = number_behind(block.name, waiting_prefix))
        finished.waiting[*number].assign(block.bytes.begin(), block.bytes.end());
    return finished;
  });
}

void PartialFolder::write_finished(const std::string& identity, const FinishedReplications& finished) {
  const std::vector<std::byte> books = bytes_of(finished.books);
  std::vector<CheckpointBlock> blocks{{"books", books}, {"results", finished.results}};
  for (const auto& [number, outcome] : finished.waiting)
    blocks.push_back({fmt::format("{}{}", waiting_prefix, number), outcome});
  write_checkpoint(path_ / finished_name, {std::string{finished_kind}, finished_format, identity}, blocks);
}

std::vector<std::uint64_t> PartialFolder::states() const {
  std::set<std::uint64_t> numbers;
  for (const std::string& name : names_in(path_))
    if (const auto number = number_behind(without_generation(name), state_prefix)) numbers.insert(*number);
  return {numbers.begin(), numbers.end()};
}

std::optional<RunState> PartialFolder::read_state(const std::string& identity, std::uint64_t replication,
                                                  std::vector<std::string>& notes) const {
  const fs::path file = path_ / fmt::format("{}{}", state_prefix, replication);
  const auto copy = [](std::span<const std::byte> from, std::vector<std::byte>& to) {
    to.assign(from.begin(), from.end());
  };
  return read_or_note(file, state_header(identity, replication), notes,
                      [&](const CheckpointContent& content) {
                        RunState state;
                        StateReader reader{content.block("run")};
                        reader(state.reached, state.events, state.skipped_timers, state.pending);
                        reader.expect_end();
                        copy(content.block("records"), state.records);
                        copy(content.block("processes"), state.processes);
                        copy(content.block("observer"), state.observer);
                        return state;
                      });
}

void PartialFolder::write_state(const std::string& identity, std::uint64_t replication,
                                const RunState& state) {
  StateWriter run;
  run(state.reached, state.events, state.skipped_timers, state.pending);
  const std::vector<std::byte> run_bytes = run.take();
  const std::vector<CheckpointBlock> blocks{{"run", run_bytes},
                                            {"records", state.records},
                                            {"processes", state.processes},
                                            {"observer", state.observer}};
  write_checkpoint(path_ / fmt::format("{}{}", state_prefix, replication),
                   state_header(identity, replication), blocks);
}

void PartialFolder::remove_state(std::uint64_t replication) {
  remove_checkpoint(path_ / fmt::format("{}{}", state_prefix, replication));
}

std::optional<fs::file_time_type> PartialFolder::last_saved() const {
  std::optional<fs::file_time_type> last;
  for (const std::string& name : names_in(path_)) {
    if (!is_ours(name) || without_generation(name) == manifest_name) continue;
    std::error_code failure;
    const auto time = fs::last_write_time(path_ / name, failure);
    if (!failure && (!last || time > *last)) last = time;
  }
  return last;
}

void PartialFolder::remove() {
  // The manifest last: a folder that is removed half is still known for what it is.
  for (const bool manifest_turn : {false, true})
    for (const std::string& name : names_in(path_)) {
      const bool is_manifest = without_generation(name) == manifest_name;
      if (is_manifest != manifest_turn || !(is_ours(name) || is_half_written(name))) continue;
      remove_file(path_ / name);
    }
  lock_.remove_folder();
}

void PartialFolder::remove_if_unused() {
  if (!holds_a_run()) lock_.remove_folder();
}

}  // namespace peercap::app
