#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "sim/io/checkpoint/checkpoint_file.h"

namespace peercap {

inline const CheckpointHeader sample_header{"sample of a state", 3, "0123456789abcdef"};

/// A state of three blocks, one of them empty, that `seed` determines.
class SampleState {
 public:
  explicit SampleState(std::uint32_t seed, std::size_t size = 1000) : large_(size), small_(7) {
    std::mt19937 chance{seed};
    for (auto* block : {&large_, &small_})
      for (std::byte& byte : *block) byte = static_cast<std::byte>(chance() & 0xffu);
  }

  [[nodiscard]] std::vector<CheckpointBlock> blocks() const {
    return {{"processes", large_}, {"nothing", {}}, {"records", small_}};
  }

  [[nodiscard]] bool is_in(const CheckpointContent& content) const {
    const auto same = [](std::span<const std::byte> a, const std::vector<std::byte>& b) {
      return std::vector<std::byte>(a.begin(), a.end()) == b;
    };
    return content.blocks.size() == 3 && same(content.block("processes"), large_) &&
           content.block("nothing").empty() && same(content.block("records"), small_);
  }

 private:
  std::vector<std::byte> large_;
  std::vector<std::byte> small_;
};

/// Why the file is refused; nothing when it is read.
inline std::optional<CheckpointRefused> refusal_of(const std::filesystem::path& file,
                                                   const CheckpointHeader& expected = sample_header) {
  try {
    (void)read_checkpoint(file, expected);
  } catch (const CheckpointRefused& refused) {
    return refused;
  }
  return std::nullopt;
}

}  // namespace peercap
