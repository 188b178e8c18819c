#include "engine/render/xml.h"

#include <algorithm>

namespace mingjian::render {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

// U+FFFE and U+FFFF.
bool is_noncharacter(std::string_view rest) {
  return rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF");
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (c == '\n' || c == '\t' || c == '\r') {
      // As references, or an attribute would turn them into spaces.
      escaped += c == '\n' ? "&#10;" : c == '\t' ? "&#9;" : "&#13;";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      escaped += kReplacement;
    } else if (is_noncharacter(text.substr(at))) {
      escaped += kReplacement;
      at += 2;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string xml_element(std::string_view name, XmlAttributes attributes, std::string_view content) {
  std::string text = "<" + std::string(name);
  for (const auto& [attribute, value] : attributes) {
    if (!value.empty()) text += " " + std::string(attribute) + "=\"" + xml_escaped(value) + "\"";
  }
  if (content.empty()) return text + "/>";
  return text + ">" + std::string(content) + "</" + std::string(name) + ">";
}

bool is_ascii_name(std::string_view text) {
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), is_name_character);
}

}  // namespace mingjian::render
