#include "app/provenance.h"

#include <array>
#include <ctime>
#include <fstream>
#include <thread>

#include <CLI/Version.hpp>
#include <boost/version.hpp>
#include <fmt/format.h>
#include <spdlog/version.h>
#include <sys/resource.h>
#include <tbb/version.h>
#include <unistd.h>

#include "sim/io/hdf5/result_file.h"
#include "sim/support/build_info.h"

namespace peercap::app {
namespace {

std::string library_versions() {
  return fmt::format("HDF5 {}, oneTBB {}.{}, Boost {}.{}.{}, fmt {}.{}.{}, spdlog {}.{}.{}, CLI11 {}",
                     hdf5_version(), TBB_VERSION_MAJOR, TBB_VERSION_MINOR, BOOST_VERSION / 100000,
                     BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100, FMT_VERSION / 10000,
                     FMT_VERSION / 100 % 100, FMT_VERSION % 100, SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR,
                     SPDLOG_VER_PATCH, CLI11_VERSION);
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string processor_name() {
  std::ifstream info{"/proc/cpuinfo"};
  for (std::string line; std::getline(info, line);)
    if (line.rfind("model name", 0) == 0)
      if (const auto colon = line.find(": "); colon != std::string::npos) return line.substr(colon + 2);
  return "unknown";
}

}  // namespace

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::vector<ResultAttribute> provenance_attributes(const RunProvenance& run) {
  const BuildInfo& build = build_info();
  std::vector<ResultAttribute> attributes{
      {"program", std::string{"peercap"}},
      {"program_version", std::string{build.version}},
      {"git_hash", std::string{build.git_hash}},
      {"build_type", std::string{build.build_type}},
      {"compiler", std::string{build.compiler}},
      {"libraries", library_versions()},
      {"created", utc_now()},
      {"command_line", run.command_line},
      {"status", run.status},
      {"seed", static_cast<std::int64_t>(run.seed)},
      {"seed_hex", fmt::format("{:#018x}", run.seed)},
      {"random_generator",
       std::string{"philox4x32-10, addressed by seed, replication, entity, purpose, index"}},
      {"host", host_name()},
      {"processor", processor_name()},
      {"processors", static_cast<std::int64_t>(std::thread::hardware_concurrency())},
      {"threads", static_cast<std::int64_t>(run.threads)},
      {"sittings", static_cast<std::int64_t>(run.sittings)},
      {"wall_seconds", run.wall_seconds},
      {"processor_seconds", run.processor_seconds}};
  if (run.is_checked) attributes.push_back({"invariants_checked", std::int64_t{1}});
  return attributes;
}

std::string version_text() {
  const BuildInfo& build = build_info();
  return fmt::format("peercap {} (git {}, {}, {})\n{}", build.version, build.git_hash, build.build_type,
                     build.compiler, library_versions());
}

}  // namespace peercap::app
