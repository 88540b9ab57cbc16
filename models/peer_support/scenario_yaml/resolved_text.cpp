#include "models/peer_support/scenario_yaml/resolved_text.h"

#include <algorithm>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/date_text.h"
#include "models/peer_support/scenario_yaml/format_version.h"
#include "models/peer_support/scenario_yaml/value_path.h"
#include "sim/io/yaml/diagnostic_renderer.h"
#include "sim/io/yaml/value_text.h"

namespace peercap::peer_support {
namespace {

bool is_safe_plain(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (text.empty() || !is_letter(text.front()) || text.back() == ' ') return false;
  if (text == "null" || text == "Null" || text == "NULL" || text == "true" || text == "false" ||
      text == "yes" || text == "no")
    return false;
  return std::ranges::all_of(text, [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') ||
           std::string_view{" -.()/"}.find(c) != std::string_view::npos;
  });
}

/// A value or a path as a YAML scalar; unlike a text, it can begin with a digit.
std::string setting_scalar(const std::string& text) {
  const bool is_plain = !text.empty() && text.front() >= '0' && text.front() <= '9' && text.back() != ' ' &&
                        text.find_first_not_of(
                            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "_ .-/%'") == std::string::npos;
  return is_plain ? text : yaml_scalar(text);
}

/// Visitor that writes every parameter, one a line.
class Writer {
 public:
  Writer(std::string& text, const Origins* origins, std::string path, std::size_t indent)
      : text_{text}, origins_{origins}, path_{std::move(path)}, indent_{indent} {}

  template <class T>
  void field(std::string_view name, T& value, const ParameterInfo& info) {
    using yaml::value_text;
    if constexpr (std::is_same_v<T, std::string>)
      write(name, yaml_scalar(value));
    else
      write(name, value_text(value, info));
  }

  void shares(std::string_view name, Shares& value, const ParameterInfo&) {
    std::string mix;
    for (const auto& [key, weight] : value.weights)
      mix += fmt::format("{}{}: {}", mix.empty() ? "" : ", ", yaml_scalar(key), yaml::number_text(weight));
    write(name, "{" + mix + "}");
  }

  void settings(std::string_view name, ParameterSettings& settings, const ParameterInfo&) {
    line(fmt::format("{}:{}", name, settings.empty() ? " {}" : ""));
    Writer inner{text_, origins_, join_path(path_, name), indent_ + 2};
    for (const auto& [path, value] : settings) inner.write(path, setting_scalar(value), yaml_scalar(path));
  }

  template <class Group>
  void group(std::string_view name, Group& group, std::string_view) {
    line(fmt::format("{}:", name));
    Writer inner{text_, origins_, join_path(path_, name), indent_ + 2};
    describe(inner, group);
  }

  template <class Item>
  void list(std::string_view name, std::vector<Item>& items, const ParameterInfo&) {
    if (items.empty()) {
      line(fmt::format("{}: []", name));
      return;
    }
    line(fmt::format("{}:", name));
    for (Item& item : items) {
      Writer inner{text_, origins_, join_path(path_, name) + "[" + item.name + "]", indent_ + 4};
      text_ += fmt::format("{:{}}- name: {}\n", "", indent_ + 2, yaml_scalar(item.name));
      describe(inner, item);
    }
  }

 private:
  void line(const std::string& content) { text_ += fmt::format("{:{}}{}\n", "", indent_, content); }

  void write(std::string_view name, const std::string& value) { write(name, value, std::string{name}); }

  /// `key` is the name as a YAML scalar.
  void write(std::string_view name, const std::string& value, const std::string& key) {
    std::string content = fmt::format("{}: {}", key, value);
    if (origins_ != nullptr) {
      const auto origin = origins_->find(join_path(path_, name));
      if (origin != origins_->end()) content += "  # " + yaml::sanitize(to_string(origin->second));
    }
    line(content);
  }

  std::string& text_;
  const Origins* origins_;
  std::string path_;
  std::size_t indent_;
};

std::string write_scenario(const Scenario& scenario, const Origins* origins) {
  std::string text = fmt::format("format: {}\n", scenario_format);
  Scenario copy = scenario;  // describe() takes what it visits by reference
  Writer writer{text, origins, {}, 0};
  describe(writer, copy);
  return text;
}

}  // namespace

std::string yaml_scalar(const std::string& text) {
  if (is_safe_plain(text)) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          quoted += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
        else
          quoted += c;
    }
  }
  return quoted + "\"";
}

std::string resolved_text(const Scenario& scenario) {
  return write_scenario(scenario, nullptr);
}
std::string resolved_text(const Scenario& scenario, const Origins& origins) {
  return write_scenario(scenario, &origins);
}

}  // namespace peercap::peer_support
