#include <filesystem>
#include <string>

#include "app/studies/posterior_file.h"
#include "app/studies/study_file.h"
#include "models/peer_support/roster_csv/read_roster.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/diagnostic_renderer.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/targets.h"

namespace peercap::fuzz {
namespace {

namespace fs = std::filesystem;

/// Named as the folder of the shipped configurations is, so that files which name each other find each other.
const Scratch& scratch() {
  static const Scratch folder;
  static const bool is_ready = [] {
    fs::create_directory(folder.path() / "fuzzed");
    // The smallest stands for all: to check a large one takes seconds.
    fs::create_directory(folder.path() / "scenarios");
    for (const auto& entry : fs::directory_iterator(PEERCAP_SOURCE_DIR "/configs/scenarios"))
      if (entry.path().extension() == ".yaml")
        fs::create_symlink(PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml",
                           folder.path() / "scenarios" / entry.path().filename());
    fs::create_symlink(PEERCAP_SOURCE_DIR "/configs/scenarios/sample_roster.csv",
                       folder.path() / "fuzzed/sample_roster.csv");
    return true;
  }();
  static_cast<void>(is_ready);
  return folder;
}

/// A refusal says why, and what is not refused has no error; the messages fit on a terminal.
void expect_told(bool is_read, const Diagnostics& diagnostics) {
  expect(is_read == !diagnostics.has_errors(), "what is refused has an error, and nothing else has");
  yaml::SourceLines sources;
  const std::string text = yaml::render(diagnostics, sources);
  expect(text.size() < 1'000'000, "messages do not fill the terminal");
  for (const char c : text)
    expect(c == '\n' || static_cast<unsigned char>(c) >= 0x20, "no control character reaches the terminal");
}

}  // namespace

void read_scenario(Bytes bytes) {
  const std::string path = scratch().write("fuzzed/scenario.yaml", bytes);
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(path, {}, diagnostics);
  expect_told(loaded.has_value(), diagnostics);
  if (!loaded) return;
  const std::string& text = loaded->resolved_text;
  const std::string again_path =
      scratch().write("fuzzed/again.yaml", {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  Diagnostics again_diagnostics;
  const auto again = peer_support::load(again_path, {}, again_diagnostics);
  expect(again.has_value(), "a scenario written out can be read");
  expect(again->resolved_text == text, "a scenario written out is the same");
}

void read_study(Bytes bytes) {
  const std::string path = scratch().write("fuzzed/study.yaml", bytes);
  Diagnostics diagnostics;
  expect_told(app::load_study(path, {}, diagnostics).has_value(), diagnostics);
}

void read_roster(Bytes bytes) {
  const std::string path = scratch().write("fuzzed/roster.csv", bytes);
  Diagnostics diagnostics;
  expect_told(peer_support::read_roster(path, {}, diagnostics).has_value(), diagnostics);
}

void read_posterior(Bytes bytes) {
  const std::string path = scratch().write("fuzzed/posterior.json", bytes);
  Diagnostics diagnostics;
  const auto posterior = app::read_posterior(path, diagnostics);
  expect_told(posterior.has_value(), diagnostics);
  if (posterior) expect(app::even_draws(*posterior, 7).size() == 7, "as many draws as were asked for");
}

}  // namespace peercap::fuzz
