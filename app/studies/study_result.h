#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/studies/study.h"
#include "sim/io/files/durable_file.h"
#include "sim/observe/result_content.h"

namespace peercap::app {

/// Where a study's result goes. With neither a file nor a suffix nothing is written.
struct StudyResultPlace {
  std::optional<std::filesystem::path> file = {};
  std::string suffix = {};  ///< without a file: NAME + suffix + "-001.h5", ... in the working folder
  ExistingFile existing = ExistingFile::refuse;
  std::string command_line = {};  ///< for the provenance
};

/// Before a long study: the file's name is settled. Throws InputOutputError unless it can be written.
void settle_place(StudyResultPlace& place, const std::string& study_name);

/// "All of it is in FILE" for the end of an answer in words; empty where nothing is written.
[[nodiscard]] std::string place_line(const StudyResultPlace& place);

/// Writes the groups of a study with their provenance; nothing where the place names no file.
void write_study_result(const StudyResultPlace& place, const Study& study, std::vector<ResultGroup> groups,
                        const std::string& status, int threads, double seconds);

}  // namespace peercap::app
