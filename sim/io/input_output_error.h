#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

namespace peercap {

/// A file could not be read or written. what() is one line for the user: file, operation, reason, and what to
/// do.
class InputOutputError : public std::runtime_error {
 public:
  /// `operation` completes "cannot ..."; `reason` is the system's or the library's own message; `advice` may
  /// be empty.
  InputOutputError(std::filesystem::path file, std::string operation, std::string reason,
                   std::string advice = {})
      : std::runtime_error{file.string() + ": cannot " + operation + ": " + reason +
                           (advice.empty() ? "" : "; " + advice)},
        file_{std::move(file)},
        operation_{std::move(operation)},
        reason_{std::move(reason)},
        advice_{std::move(advice)} {}

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] const std::string& operation() const { return operation_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] const std::string& advice() const { return advice_; }

 private:
  std::filesystem::path file_;
  std::string operation_;
  std::string reason_;
  std::string advice_;
};

}  // namespace peercap
