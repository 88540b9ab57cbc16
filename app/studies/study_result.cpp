#include "app/studies/study_result.h"

#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "app/checkpoints/run_place.h"
#include "app/provenance.h"
#include "app/replications.h"
#include "sim/io/hdf5/result_file.h"

namespace peercap::app {
namespace {

constexpr std::uint64_t smallest_result = 1U << 20;

}  // namespace

void settle_place(StudyResultPlace& place, const std::string& study_name) {
  if (!place.file && !place.suffix.empty()) place.file = free_result_name(".", study_name + place.suffix);
  if (place.file) check_writable(*place.file, {.existing = place.existing}, smallest_result);
}

std::string place_line(const StudyResultPlace& place) {
  if (!place.file) return {};
  const std::string file = place.file->lexically_normal().string();
  return fmt::format("All of it is in {} (peercap report {} draws it)\n", file, file);
}

void write_study_result(const StudyResultPlace& place, const Study& study, std::vector<ResultGroup> groups,
                        const std::string& status, int threads, double seconds) {
  if (!place.file) return;
  RunProvenance provenance;
  provenance.command_line = place.command_line;
  provenance.seed = study.base.run.seed;
  provenance.threads = threads;
  provenance.status = status;
  provenance.wall_seconds = seconds;
  provenance.processor_seconds = processor_seconds();
  ResultContent content;
  content.file_type = result_file_type;
  content.format_major = result_format_major;
  content.provenance = provenance_attributes(provenance);
  content.groups = std::move(groups);
  write_result(*place.file, content, {.existing = place.existing});
}

}  // namespace peercap::app
