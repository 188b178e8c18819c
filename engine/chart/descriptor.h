#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mingjian::chart {

// What an event transition listens to (contract, section 2 "Events and descriptors").
struct Descriptor {
  enum class Kind {
    kAny,     // "*"
    kExact,   // "submit": that event only
    kPrefix,  // "error.*": "error", and "error." with further tokens
  };
  Kind kind = Kind::kExact;
  std::string name;  // without the wildcard; empty for kAny

  [[nodiscard]] bool matches(std::string_view event) const;
  // As written.
  [[nodiscard]] std::string text() const;
};

// Reads a key of `on`; nothing where it is no descriptor.
[[nodiscard]] std::optional<Descriptor> parse_descriptor(std::string_view text);

// Whether `name` is an event's name: tokens joined with "."; a token is not empty and has neither
// "*" nor white space nor control characters.
[[nodiscard]] bool is_event_name(std::string_view name);

}  // namespace mingjian::chart
