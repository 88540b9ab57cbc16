#include "app/sweeps/sweep_merge.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "app/sweeps/shard_files.h"
#include "sim/io/input_output_error.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

/// What a shard's file says beside its arrays.
struct ShardFacts {
  fs::path path;
  std::int64_t number = 0;
  std::int64_t of = 0;
  RunRange range;
  std::uint64_t first_point = 0;
  std::uint64_t points = 0;
  SweepHeader header;
  std::vector<SweepFailure> failures;
  std::uint64_t seed = 0;
  double wall_seconds = 0.0;
  double processor_seconds = 0.0;
};

/// Reads them; throws InputOutputError where they are not sensible.
class ShardFactsReader {
 public:
  explicit ShardFactsReader(const fs::path& path) : opened_{open_shard_file(path)} { facts_.path = path; }

  [[nodiscard]] ShardFacts read() {
    facts_.number = integer("/shard", "number");
    facts_.of = integer("/shard", "of");
    facts_.range.first = static_cast<std::uint64_t>(integer("/shard", "first_run"));
    facts_.range.end = facts_.range.first + static_cast<std::uint64_t>(integer("/shard", "runs"));
    SweepHeader& header = facts_.header;
    header.points = static_cast<std::uint64_t>(integer("/shard", "points"));
    header.replications = static_cast<std::uint64_t>(integer("/shard", "replications"));
    header.identity = text("/shard", "identity");
    header.name = text("/study", "name");
    header.source = text("/study", "source");
    header.scenario = text("/study", "scenario");
    header.plan = text("/study", "plan");
    const RunRange range = facts_.range;
    if (facts_.number < 1 || facts_.of < facts_.number || header.points == 0 || header.replications == 0 ||
        range.first >= range.end || range.end > header.points * header.replications)
      contradiction();
    facts_.first_point = range.first / header.replications;
    facts_.points = (range.end - 1) / header.replications + 1 - facts_.first_point;
    header.columns = prototypes("/design", facts_.points);
    header.measures = prototypes("/runs", range.count());
    read_failures();
    facts_.seed = static_cast<std::uint64_t>(provenance<std::int64_t>("seed"));
    facts_.wall_seconds = provenance<double>("wall_seconds");
    facts_.processor_seconds = provenance<double>("processor_seconds");
    return std::move(facts_);
  }

 private:
  [[noreturn]] void contradiction() const {
    throw InputOutputError(facts_.path, "use this shard", "its parts contradict each other", "make it again");
  }

  [[nodiscard]] const ResultGroup& group(std::string_view path) const {
    const auto& groups = opened_.content().groups;
    const auto found = std::ranges::find(groups, path, &ResultGroup::path);
    if (found == groups.end())
      throw InputOutputError(facts_.path, "use this shard", fmt::format("it has no group {}", path));
    return *found;
  }
  template <class Values>
  [[nodiscard]] const Values& values(std::string_view path, std::string_view name) const {
    for (const ResultVariable& variable : group(path).variables)
      if (variable.name == name)
        if (const auto* found = std::get_if<Values>(&variable.values)) return *found;
    throw InputOutputError(facts_.path, "use this shard", fmt::format("it has no {}/{}", path, name));
  }
  [[nodiscard]] const std::vector<std::int64_t>& integers(std::string_view path,
                                                          std::string_view name) const {
    return values<std::vector<std::int64_t>>(path, name);
  }
  [[nodiscard]] std::int64_t integer(std::string_view path, std::string_view name) const {
    const auto& all = integers(path, name);
    if (all.size() != 1) contradiction();
    return all.front();
  }
  [[nodiscard]] const std::string& text(std::string_view path, std::string_view name) const {
    const auto& all = values<std::vector<std::string>>(path, name);
    if (all.size() != 1) contradiction();
    return all.front();
  }
  /// Zero where it is not said.
  template <class Number>
  [[nodiscard]] Number provenance(std::string_view name) const {
    for (const ResultAttribute& attribute : opened_.content().provenance)
      if (attribute.name == name)
        if (const auto* value = std::get_if<Number>(&attribute.value)) return *value;
    return Number{};
  }

  /// The group's arrays, which have `count` values each, without their values.
  [[nodiscard]] std::vector<ResultVariable> prototypes(std::string_view path, std::uint64_t count) const {
    std::vector<ResultVariable> all;
    for (const ResultVariable& variable : group(path).variables) {
      if (value_count(variable) != count) contradiction();
      ResultVariable without = variable;
      without.dimensions.clear();
      without.values = std::vector<double>{};
      without.stream = {};
      all.push_back(std::move(without));
    }
    return all;
  }

  void read_failures() {
    const auto& points = integers("/failures", "point");
    const auto& firsts = integers("/failures", "replication");
    const auto& counts = integers("/failures", "count");
    const auto& messages = values<std::vector<std::string>>("/failures", "message");
    for (std::size_t i = 0; i < points.size(); ++i)
      facts_.failures.push_back({static_cast<std::uint64_t>(points[i]) * facts_.header.replications +
                                     static_cast<std::uint64_t>(firsts[i]),
                                 static_cast<std::uint64_t>(counts[i]), messages[i]});
  }

  const OpenResult opened_;
  ShardFacts facts_;
};

SweepSegment segment_of(const ShardFacts& shard, ShardFiles& files) {
  const auto reader = [&files, file = files.add(shard.path)](std::string_view group) {
    return [&files, file, group](std::size_t array, std::uint64_t offset, std::span<double> values) {
      files.read(file, group, array, offset, values);
    };
  };
  return {shard.range, shard.first_point, shard.points, reader("/runs"), reader("/design")};
}

/// What differs between two shards of what should be one sweep.
std::string difference(const ShardFacts& a, const ShardFacts& b) {
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
  std::map<std::int64_t, ShardFacts> shards;
  for (const fs::path& file : files) {
    try {
      ShardFacts shard = ShardFactsReader{file}.read();
      if (!shards.empty()) {
        const std::string other = difference(shards.begin()->second, shard);
        if (!other.empty()) {
          problems.push_back(fmt::format("{} is of another sweep than {}: {}", file.string(),
                                         shards.begin()->second.path.string(), other));
          continue;
        }
      }
      const auto known = shards.find(shard.number);
      if (known != shards.end()) {
        problems.push_back(fmt::format("{} and {} both hold shard {}", known->second.path.string(),
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
  opened.files = std::make_unique<ShardFiles>();
  opened.header = shards.begin()->second.header;
  opened.seed = shards.begin()->second.seed;
  std::uint64_t next = 0;
  for (auto& [number, shard] : shards) {
    if (shard.range.first != next) {
      problems.push_back(
          fmt::format("{} does not begin where the shard before it ends", shard.path.string()));
      return std::nullopt;
    }
    next = shard.range.end;
    opened.segments.push_back(segment_of(shard, *opened.files));
    for (SweepFailure& failure : shard.failures)
      add_failure(opened.failures, std::move(failure), opened.header.replications);
    opened.wall_seconds += shard.wall_seconds;
    opened.processor_seconds += shard.processor_seconds;
  }
  if (next != opened.header.points * opened.header.replications) {
    problems.emplace_back("the shards together do not reach the end of the sweep");
    return std::nullopt;
  }
  return opened;
}

}  // namespace peercap::app
