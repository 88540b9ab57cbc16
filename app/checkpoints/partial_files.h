#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/support/state_archive.h"

/// What the folders of unfinished runs, sweeps and calibrations have in common.
namespace peercap::app {

/// RESULT.partial, beside the result that is to be.
[[nodiscard]] std::filesystem::path partial_path_for(const std::filesystem::path& result);

/// In the order of names. Throws InputOutputError.
[[nodiscard]] std::vector<std::string> names_in(const std::filesystem::path& folder);

/// Whether a DurableFile has left it whose process was killed.
[[nodiscard]] bool is_half_written(const std::string& file_name);

/// Removes what is half written, as far as it can be.
void remove_half_written(const std::filesystem::path& folder);

/// Throws InputOutputError.
void remove_file(const std::filesystem::path& file);

/// A value as the bytes of a checkpoint's block.
template <class T>
[[nodiscard]] std::vector<std::byte> bytes_of(const T& value) {
  StateWriter writer;
  writer(value);
  return writer.take();
}

/// The other way. Throws StateFormatError.
template <class T>
[[nodiscard]] T value_of(std::span<const std::byte> bytes) {
  T value{};
  StateReader reader{bytes};
  reader(value);
  reader.expect_end();
  return value;
}

}  // namespace peercap::app
