#pragma once

#include <map>
#include <string>
#include <vector>

namespace mingjian::testing {

// An element of a parsed XML text; text between elements is left out.
struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::vector<XmlElement> children;

  [[nodiscard]] std::string attribute(const std::string& name_of_attribute) const;
};

// Reads a whole document with an independent parser. Throws where it is not well-formed.
[[nodiscard]] XmlElement parse_xml(const std::string& text);

// The element and all below it that have this name, in document order.
[[nodiscard]] std::vector<const XmlElement*> elements(const XmlElement& root,
                                                      const std::string& name);

}  // namespace mingjian::testing
