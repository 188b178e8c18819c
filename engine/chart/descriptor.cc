#include "engine/chart/descriptor.h"

namespace mingjian::chart {
namespace {

bool is_token_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7F && c != '*';
}

}  // namespace

bool is_event_name(std::string_view name) {
  bool token_begun = false;
  for (const char c : name) {
    if (c == '.') {
      if (!token_begun) return false;
      token_begun = false;
    } else {
      if (!is_token_character(c)) return false;
      token_begun = true;
    }
  }
  return token_begun;
}

std::optional<Descriptor> parse_descriptor(std::string_view text) {
  if (text == "*") return Descriptor{Descriptor::Kind::kAny, ""};
  auto kind = Descriptor::Kind::kExact;
  if (text.ends_with(".*")) {
    kind = Descriptor::Kind::kPrefix;
    text.remove_suffix(2);
  }
  if (!is_event_name(text)) return std::nullopt;
  return Descriptor{kind, std::string(text)};
}

std::string Descriptor::text() const {
  switch (kind) {
    case Kind::kAny:
      return "*";
    case Kind::kPrefix:
      return name + ".*";
    case Kind::kExact:
      return name;
  }
  return {};
}

bool Descriptor::matches(std::string_view event) const {
  switch (kind) {
    case Kind::kAny:
      return true;
    case Kind::kExact:
      return event == name;
    case Kind::kPrefix:
      return event.starts_with(name) && (event.size() == name.size() || event[name.size()] == '.');
  }
  return false;
}

}  // namespace mingjian::chart
