#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace peercap::testing {

/// What a shipped scenario or study gives, as one number: a row of fingerprints.csv.
struct Fingerprint {
  std::string command;  ///< run, sweep or compare
  std::string file;     ///< within configs/, with #VARIANT behind it where it is one of a scenario's
  std::string seed;
  std::string horizon;  ///< with its unit, as are all durations
  std::string burn_in;
  std::string replications;  ///< of a study: of each point or policy
  std::string digest;        ///< SHA-256 in hexadecimal digits
};

inline constexpr const char* fingerprint_columns = "command,file,seed,horizon,burn_in,replications,digest";

[[nodiscard]] std::string to_line(const Fingerprint& fingerprint);
/// Throws std::runtime_error where the table is not one.
[[nodiscard]] std::vector<Fingerprint> read_fingerprints(const std::filesystem::path& table);

/// Runs it, and gives its digest. Of what was asked (the scenario's text and parameters) nothing counts, nor
/// of when and how it was run. Throws std::runtime_error where it does not end well.
[[nodiscard]] std::string compute_digest(const Fingerprint& fingerprint);

/// "run small_clinic.yaml", and all others that have to be in the table: every shipped scenario, and each of
/// its variants.
[[nodiscard]] std::vector<std::string> shipped_scenarios();

}  // namespace peercap::testing
