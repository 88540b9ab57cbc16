#include <set>

#include "sim/io/checkpoint/checkpoint_file.h"
#include "sim/io/checkpoint/checkpoint_layout.h"
#include "sim/io/files/durable_file.h"
#include "sim/support/contract.h"

namespace peercap {

using namespace detail;

void write_checkpoint(const std::filesystem::path& file, const CheckpointHeader& header,
                      std::span<const CheckpointBlock> blocks, FileSystemCalls& calls) {
  const std::vector<PieceSum> sums = sum_pieces(blocks);
  CheckpointHead head;
  head.header = header;
  std::set<std::string> names;
  std::size_t piece = 0;
  for (const CheckpointBlock& block : blocks) {
    require(names.insert(block.name).second, "the blocks of a checkpoint have names of their own");
    CheckpointTableRow& row = head.table.emplace_back();
    row.name = block.name;
    row.size = block.bytes.size();
    for (std::uint64_t i = checkpoint_pieces(row.size); i > 0; --i)
      row.checksums.push_back(sums[piece++].checksum);
  }
  const std::vector<std::byte> head_bytes = encode_head(head);
  const std::string digest = digest_of(head_bytes, sums);

  DurableFile output{file, ExistingFile::set_aside, calls};
  output.reserve_exactly(head.file_size);
  std::uint64_t at = 0;
  const auto append = [&](const void* bytes, std::size_t count) {
    output.write(bytes, count, at);
    at += count;
  };
  append(head_bytes.data(), head_bytes.size());
  for (const CheckpointBlock& block : blocks) append(block.bytes.data(), block.bytes.size());
  append(digest.data(), digest.size());
  output.publish();
}

}  // namespace peercap
