#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// Every reader of files, given any bytes. A target returns where the bytes are refused as the reader promises
// to refuse them; whatever else happens (another exception, an answer that contradicts itself, a finding of a
// sanitizer) ends the process.

namespace peercap::fuzz {

using Bytes = std::span<const std::uint8_t>;

void read_scenario(Bytes bytes);
void read_study(Bytes bytes);
void read_roster(Bytes bytes);
void read_posterior(Bytes bytes);
/// A checkpoint as it is, or one whose checksums were made to fit, so that what is behind them is reached.
void read_checkpoint(Bytes bytes);
/// What lies in the folder of an unfinished run, sweep or calibration, in checkpoints that are whole.
void read_unfinished(Bytes bytes);
/// A result or shard with other attributes, datasets, types, shapes and links than peercap writes. The bytes
/// are a list of changes: HDF5 itself is not safe against forged files, and is not what is tested.
void read_result_file(Bytes bytes);

struct Target {
  std::string_view name;
  void (*run)(Bytes bytes);
};

inline constexpr Target targets[] = {
    {"scenario", read_scenario},       {"study", read_study},           {"roster", read_roster},
    {"posterior", read_posterior},     {"checkpoint", read_checkpoint}, {"unfinished", read_unfinished},
    {"result_file", read_result_file},
};

}  // namespace peercap::fuzz
