#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

// Files that no editor writes: made here rather than kept.

namespace peercap::app::testing {

/// A scenario file, and the line and a part of the message with which it is refused.
struct HostileFile {
  std::string name;
  std::function<void(std::ostream&)> write;
  int line;
  std::string message;
};

inline void PrintTo(const HostileFile& one, std::ostream* out) {
  *out << one.name;
}

inline std::string repeat(const std::string& text, int times) {
  std::string all;
  all.reserve(text.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

inline const std::string first_line = "format: peercap-scenario/1\n";

inline const std::vector<HostileFile>& hostile_files() {
  static const std::vector<HostileFile> files{
      {"empty", [](std::ostream&) {}, 1, "the file is empty"},
      {"nul_byte", [](std::ostream& out) { out << first_line << "name: a" << '\0' << "b\n"; }, 2,
       "a NUL byte"},
      {"invalid_utf8", [](std::ostream& out) { out << first_line << "name: \xff\xfe\n"; }, 2,
       "byte 0xff is not UTF-8"},
      {"overlong_utf8", [](std::ostream& out) { out << "name: \xc0\xaf\n"; }, 1, "byte 0xc0 is not UTF-8"},
      {"utf8_surrogate", [](std::ostream& out) { out << "name: \xed\xa0\x80\n"; }, 1,
       "byte 0xed is not UTF-8"},
      {"cut_utf8", [](std::ostream& out) { out << "name: \xe2\x82"; }, 1, "byte 0xe2 is not UTF-8"},
      {"utf16", [](std::ostream& out) { out << "\xff\xfe" << 'f' << '\0'; }, 1, "encoded as UTF-16"},
      {"escape_sequence", [](std::ostream& out) { out << first_line << "name: \x1b[2J\n"; }, 2,
       "a control character (byte 0x1b)"},
      {"old_mac_line_ends", [](std::ostream& out) { out << "format: peercap-scenario/1\rname: x\r"; }, 1,
       "a carriage return"},
      {"line_of_50_megabytes",
       [](std::ostream& out) {
         const std::string block(1 << 20, 'x');
         out << "name: ";
         for (int i = 0; i < 50; ++i) out << block;
       },
       0, "is too large (50.0 MiB): at most 4 MiB are read"},
      {"line_of_4_megabytes",
       [](std::ostream& out) { out << first_line << "name: " << std::string(4'000'000, 'x'); }, 2,
       "a line of 4000006 bytes"},
      {"four_million_brackets",
       [](std::ostream& out) { out << first_line << "x-a: " << std::string(4'000'000, '['); }, 2,
       "not closed within 65536 bytes"},
      {"brackets_in_lines",
       [](std::ostream& out) { out << first_line << "x-a: " << repeat("[\n ", 1'000'000); }, 2,
       "not closed within 65536 bytes"},
      {"long_flow_list",
       [](std::ostream& out) {
         out << first_line << "x-a: [\n" << repeat(" [],[],[],[],[],[],\n", 120'000) << "]\n";
       },
       2, "not closed within 65536 bytes"},
      {"million_nodes",
       [](std::ostream& out) { out << first_line << "x-a:\n"
                                   << repeat("- 1\n", 1'040'000); }, 499'998,
       "more than 500000 values in one file"},
      {"alias_bomb",
       [](std::ostream& out) {
         out << first_line << "x-0: &a0 [1, 1]\n";
         for (int i = 1; i < 30; ++i)
           out << "x-" << i << ": &a" << i << " [" << repeat("*a" + std::to_string(i - 1) + ", ", 50)
               << "1]\n";
       },
       2, "anchors (`&name`) are refused"},
      {"million_duplicate_keys", [](std::ostream& out) { out << first_line << repeat("a: 1\n", 700'000); }, 3,
       "duplicate key `a`: it stands in line 2 already"},
      {"many_unknown_keys",
       [](std::ostream& out) {
         out << first_line
             << "organization: {sites: [{name: main, departments: [{name: icu, units: 40}]}]}\n";
         for (int i = 0; i < 100'000; ++i) out << "key" << i << ": 1\n";
       },
       3, "unknown key `key0`"},
      {"thousand_documents", [](std::ostream& out) { out << first_line << repeat("---\na: 1\n", 1000); }, 2,
       "a second document"},
      {"quote_to_the_end",
       [](std::ostream& out) { out << first_line << "name: \"" << repeat("x\n", 1'000'000); }, 2,
       "is not closed on its line"},
  };
  return files;
}

}  // namespace peercap::app::testing
