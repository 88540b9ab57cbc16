#include "app/sweeps/sweep_merge.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "sim/io/input_output_error.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

/// A shard's file with what its tables say; throws InputOutputError where they say nothing sensible.
class ShardFile {
 public:
  explicit ShardFile(const fs::path& path) : path_{path}, opened_{path, shard_file_type} {
    number = integer("/shard", "number");
    of = integer("/shard", "of");
    range.first = static_cast<std::uint64_t>(integer("/shard", "first_run"));
    range.end = range.first + static_cast<std::uint64_t>(integer("/shard", "runs"));
    header.points = static_cast<std::uint64_t>(integer("/shard", "points"));
    header.replications = static_cast<std::uint64_t>(integer("/shard", "replications"));
    header.identity = text("/shard", "identity");
    header.name = text("/study", "name");
    header.source = text("/study", "source");
    header.scenario = text("/study", "scenario");
    header.plan = text("/study", "plan");
    if (number < 1 || of < number || header.points == 0 || header.replications == 0 ||
        range.first >= range.end || range.end > header.points * header.replications)
      contradiction();
    for (const ResultVariable& variable : group("/design").variables)
      header.columns.push_back(prototype(variable));
    for (const ResultVariable& variable : group("/runs").variables) {
      if (value_count(variable) != range.count()) contradiction();
      header.measures.push_back(prototype(variable));
    }
    first_point_ = range.first / header.replications;
    points_ = (range.end - 1) / header.replications + 1 - first_point_;
    for (const ResultVariable& variable : group("/design").variables)
      if (value_count(variable) != points_) contradiction();
  }

  std::int64_t number = 0;
  std::int64_t of = 0;
  RunRange range;
  SweepHeader header;

  [[nodiscard]] const fs::path& path() const { return path_; }

  /// Reads from the opened file, which take() gives away.
  [[nodiscard]] SweepSegment segment() const {
    const auto reader = [](const ResultGroup& group) {
      std::vector<NumberStream> streams;
      for (const ResultVariable& variable : group.variables) streams.push_back(stream_of(variable));
      return
          [streams = std::move(streams)](std::size_t array, std::uint64_t offset, std::span<double> values) {
            streams.at(array).read(offset, values);
          };
    };
    return {range, first_point_, points_, reader(group("/runs")), reader(group("/design"))};
  }

  [[nodiscard]] std::vector<SweepFailure> failures() const {
    const auto& points = integers("/failures", "point");
    const auto& firsts = integers("/failures", "replication");
    const auto& counts = integers("/failures", "count");
    const auto& messages = texts("/failures", "message");
    std::vector<SweepFailure> all;
    for (std::size_t i = 0; i < points.size(); ++i)
      all.push_back({static_cast<std::uint64_t>(points[i]) * header.replications +
                         static_cast<std::uint64_t>(firsts[i]),
                     static_cast<std::uint64_t>(counts[i]), messages[i]});
    return all;
  }

  [[nodiscard]] double provenance_number(std::string_view name) const {
    for (const ResultAttribute& attribute : opened_.content().provenance)
      if (attribute.name == name)
        if (const auto* number_value = std::get_if<double>(&attribute.value)) return *number_value;
    return 0.0;
  }
  [[nodiscard]] std::uint64_t seed() const {
    for (const ResultAttribute& attribute : opened_.content().provenance)
      if (attribute.name == "seed")
        if (const auto* value = std::get_if<std::int64_t>(&attribute.value))
          return static_cast<std::uint64_t>(*value);
    return 0;
  }

  [[nodiscard]] OpenResult take() { return std::move(opened_); }

 private:
  [[noreturn]] void contradiction() const {
    throw InputOutputError(path_, "use this shard", "its parts contradict each other", "make it again");
  }

  [[nodiscard]] const ResultGroup& group(std::string_view path) const {
    const auto& groups = opened_.content().groups;
    const auto found = std::ranges::find(groups, path, &ResultGroup::path);
    if (found == groups.end())
      throw InputOutputError(path_, "use this shard", fmt::format("it has no group {}", path));
    return *found;
  }
  template <class Values>
  [[nodiscard]] const Values& values(std::string_view path, std::string_view name) const {
    for (const ResultVariable& variable : group(path).variables)
      if (variable.name == name)
        if (const auto* found = std::get_if<Values>(&variable.values)) return *found;
    throw InputOutputError(path_, "use this shard", fmt::format("it has no {}/{}", path, name));
  }
  [[nodiscard]] const std::vector<std::int64_t>& integers(std::string_view path,
                                                          std::string_view name) const {
    return values<std::vector<std::int64_t>>(path, name);
  }
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view path, std::string_view name) const {
    return values<std::vector<std::string>>(path, name);
  }
  [[nodiscard]] std::int64_t integer(std::string_view path, std::string_view name) const {
    const auto& all = integers(path, name);
    if (all.size() != 1) contradiction();
    return all.front();
  }
  [[nodiscard]] const std::string& text(std::string_view path, std::string_view name) const {
    const auto& all = texts(path, name);
    if (all.size() != 1) contradiction();
    return all.front();
  }

  static ResultVariable prototype(const ResultVariable& variable) {
    ResultVariable without = variable;
    without.dimensions.clear();
    without.values = std::vector<double>{};
    without.stream = {};
    return without;
  }
  static NumberStream stream_of(const ResultVariable& variable) {
    if (variable.stream) return variable.stream;
    const auto& all = std::get<std::vector<double>>(variable.values);
    return {all.size(), [all](std::uint64_t first, std::span<double> values) {
              std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(first), values.size(), values.begin());
            }};
  }

  fs::path path_;
  OpenResult opened_;
  std::uint64_t first_point_ = 0;
  std::uint64_t points_ = 0;
};

/// What differs between two shards of what should be one sweep.
std::string difference(const ShardFile& a, const ShardFile& b) {
  if (a.of != b.of) return fmt::format("it is one of {} shards, and the other one of {}", b.of, a.of);
  if (a.header.plan != b.header.plan) return "its design, replications or measures are others";
  if (a.header.scenario != b.header.scenario) return "its scenario is another";
  if (a.header.identity != b.header.identity)
    return "another version of the program made it, or its roster is another";
  return {};
}

}  // namespace

std::optional<OpenedShards> open_shards(const std::vector<fs::path>& files,
                                        std::vector<std::string>& problems) {
  std::map<std::int64_t, ShardFile> shards;
  for (const fs::path& file : files) {
    try {
      ShardFile shard{file};
      if (!shards.empty()) {
        const std::string other = difference(shards.begin()->second, shard);
        if (!other.empty()) {
          problems.push_back(fmt::format("{} is of another sweep than {}: {}", file.string(),
                                         shards.begin()->second.path().string(), other));
          continue;
        }
      }
      const auto known = shards.find(shard.number);
      if (known != shards.end()) {
        problems.push_back(fmt::format("{} and {} both hold shard {}", known->second.path().string(),
                                       file.string(), shard.number));
        continue;
      }
      const std::int64_t number = shard.number;
      shards.emplace(number, std::move(shard));
    } catch (const InputOutputError& error) {
      problems.emplace_back(error.what());
    }
  }
  if (!shards.empty()) {
    std::vector<std::int64_t> missing;
    const std::int64_t of = shards.begin()->second.of;
    for (std::int64_t number = 1; number <= of && missing.size() < 20; ++number)
      if (!shards.contains(number)) missing.push_back(number);
    if (!missing.empty())
      problems.push_back(
          fmt::format("shard{} {} of {} {} missing{}; `peercap sweep STUDY --shard {}/{}` makes {}",
                      missing.size() == 1 ? "" : "s", fmt::join(missing, ", "), of,
                      missing.size() == 1 ? "is" : "are", missing.size() == 20 ? ", perhaps more" : "",
                      missing.front(), of, missing.size() == 1 ? "it" : "the first"));
  }
  if (!problems.empty() || shards.empty()) return std::nullopt;

  OpenedShards opened;
  opened.header = shards.begin()->second.header;
  opened.seed = shards.begin()->second.seed();
  std::uint64_t next = 0;
  for (auto& [number, shard] : shards) {
    if (shard.range.first != next) {
      problems.push_back(
          fmt::format("{} does not begin where the shard before it ends", shard.path().string()));
      return std::nullopt;
    }
    next = shard.range.end;
    opened.segments.push_back(shard.segment());
    for (SweepFailure& failure : shard.failures())
      add_failure(opened.failures, std::move(failure), opened.header.replications);
    opened.wall_seconds += shard.provenance_number("wall_seconds");
    opened.processor_seconds += shard.provenance_number("processor_seconds");
    opened.files.push_back(shard.take());
  }
  if (next != opened.header.points * opened.header.replications) {
    problems.emplace_back("the shards together do not reach the end of the sweep");
    return std::nullopt;
  }
  return opened;
}

}  // namespace peercap::app
