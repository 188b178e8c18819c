#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace mingjian::render {

// `text` as character data or as an attribute in double quotes (XML 1.0, 2.4): markup is escaped,
// and characters that XML 1.0 does not have (2.2) become U+FFFD. Requires UTF-8.
[[nodiscard]] std::string xml_escaped(std::string_view text);

// An element. Values of attributes are escaped, and one that is empty is left out; `content` is
// markup and stands as it is.
using XmlAttributes = std::initializer_list<std::pair<std::string_view, std::string>>;
[[nodiscard]] std::string xml_element(std::string_view name, XmlAttributes attributes,
                                      std::string_view content = {});

// Whether `text` is an NCName (XML Namespaces 1.0) of ASCII characters only.
[[nodiscard]] bool is_ascii_name(std::string_view text);

}  // namespace mingjian::render
