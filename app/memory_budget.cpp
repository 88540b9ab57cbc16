#include "app/memory_budget.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/memory_need.h"
#include "models/peer_support/scenario/staffing.h"

namespace peercap::app {
namespace {

constexpr std::array<std::pair<std::string_view, double>, 9> units{{{"B", 1.0},
                                                                    {"KB", 1e3},
                                                                    {"MB", 1e6},
                                                                    {"GB", 1e9},
                                                                    {"TB", 1e12},
                                                                    {"KiB", 0x1p10},
                                                                    {"MiB", 0x1p20},
                                                                    {"GiB", 0x1p30},
                                                                    {"TiB", 0x1p40}}};

/// The number after `name` in a file of lines "name number".
std::optional<std::uint64_t> number_after(const std::string& file, const std::string& name) {
  std::ifstream in{file};
  std::string word;
  std::uint64_t number = 0;
  while (in >> word) {
    if (word == name && in >> number) return number;
    in.clear();
    std::getline(in, word);
  }
  return std::nullopt;
}

/// What the control group of this process (version 2) leaves; nothing without a limit.
std::optional<std::uint64_t> left_in_control_group() {
  std::ifstream own{"/proc/self/cgroup"};
  std::string line;
  while (std::getline(own, line)) {
    if (!line.starts_with("0::")) continue;
    const std::string folder = "/sys/fs/cgroup" + line.substr(3);
    std::ifstream limit_file{folder + "/memory.max"};
    std::ifstream current_file{folder + "/memory.current"};
    std::uint64_t limit = 0;
    std::uint64_t current = 0;
    if (limit_file >> limit && current_file >> current) return limit > current ? limit - current : 0;
  }
  return std::nullopt;
}

peer_support::MemoryPlan memory_plan(const ExecutionPlan& plan) {
  return {plan.side_by_side, plan.windows, plan.threads_each, false};
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || !(number > 0)) return std::nullopt;
  std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  for (const auto& [name, factor] : units) {
    if (rest != name) continue;
    constexpr double most = 0x1p62;
    const double bytes = number * factor;
    return bytes >= 1 && bytes < most ? std::optional{static_cast<std::uint64_t>(bytes)} : std::nullopt;
  }
  return std::nullopt;
}

std::string size_text(double bytes) {
  std::size_t unit = 0;
  while (bytes >= 999.5 && unit + 1 < 5) {
    bytes /= 1000.0;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", bytes, unit > 0 && bytes < 9.95 ? 1 : 0, units[unit].first);
}

std::optional<std::uint64_t> available_memory() {
  const auto kibibytes = number_after("/proc/meminfo", "MemAvailable:");
  if (!kibibytes) return std::nullopt;
  return std::min(*kibibytes * 1024, left_in_control_group().value_or(*kibibytes * 1024));
}

std::optional<std::string> memory_refusal(const peer_support::Rules& rules, const ExecutionPlan& plan,
                                          const MemoryBudget& budget) {
  if (!budget.asked && !budget.available) return std::nullopt;
  const auto need = peer_support::estimate_memory(rules, memory_plan(plan));
  const bool by_word = budget.asked && (!budget.available || *budget.asked <= *budget.available);
  const auto limit = static_cast<double>(by_word ? *budget.asked : *budget.available);
  if (need.total() <= limit) return std::nullopt;

  std::string text = fmt::format(
      "This run needs about {}: {} for each replication of {} clinicians, {} at a time, and {} for results.\n"
      "{} {}.\n",
      size_text(need.total()), size_text(need.replication()), peer_support::count_clinicians(rules.scenario),
      plan.side_by_side, size_text(need.results), by_word ? "It may take" : "This machine has",
      by_word ? size_text(limit) + " (--memory)" : size_text(limit) + " left");
  ExecutionPlan fewer = plan;
  while (fewer.side_by_side > 1) {
    --fewer.side_by_side;
    const double then = peer_support::estimate_memory(rules, memory_plan(fewer)).total();
    if (then <= limit)
      return text +
             fmt::format("With --threads {} it would take about {}.\n", fewer.side_by_side, size_text(then));
  }
  return text + "Fewer clinicians or fewer replications would fit.\n";
}

}  // namespace peercap::app
