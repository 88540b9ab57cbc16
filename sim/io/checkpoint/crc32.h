#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace peercap {

/// The checksum of zlib, gzip and PNG (CRC-32 of ISO 3309, reflected polynomial 0xedb88320): it finds every
/// single error of up to 32 bits in a row.
[[nodiscard]] std::uint32_t crc32(std::span<const std::byte> bytes);

}  // namespace peercap
