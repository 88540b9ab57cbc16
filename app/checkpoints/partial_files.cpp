#include "app/checkpoints/partial_files.h"

#include <algorithm>
#include <system_error>

#include "sim/io/input_output_error.h"

namespace peercap::app {

namespace fs = std::filesystem;

fs::path partial_path_for(const fs::path& result) {
  fs::path path = result;
  path += ".partial";
  return path;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator at{folder, failure}, end; !failure && at != end; at.increment(failure))
    names.push_back(at->path().filename().string());
  if (failure) throw InputOutputError(folder, "list this folder", failure.message());
  std::ranges::sort(names);
  return names;
}

bool is_half_written(const std::string& file_name) {
  return file_name.starts_with('.') && file_name.ends_with(".partial");
}

void remove_half_written(const fs::path& folder) {
  for (const std::string& name : names_in(folder)) {
    std::error_code ignored;
    if (is_half_written(name)) fs::remove(folder / name, ignored);
  }
}

void remove_file(const fs::path& file) {
  std::error_code failure;
  fs::remove(file, failure);
  if (failure) throw InputOutputError(file, "remove it", failure.message());
}

}  // namespace peercap::app
