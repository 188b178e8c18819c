#include "tests/engine/render/xml_document.h"

#include <Poco/AutoPtr.h>
#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/Element.h>
#include <Poco/DOM/NamedNodeMap.h>

namespace mingjian::testing {
namespace {

XmlElement element_of(const Poco::XML::Element& node) {
  XmlElement element{node.nodeName(), {}, {}};
  const Poco::AutoPtr<Poco::XML::NamedNodeMap> attributes(node.attributes());
  for (unsigned long at = 0; at < attributes->length(); ++at) {
    element.attributes[attributes->item(at)->nodeName()] = attributes->item(at)->nodeValue();
  }
  for (const auto* child = node.firstChild(); child != nullptr; child = child->nextSibling()) {
    const auto* inner = dynamic_cast<const Poco::XML::Element*>(child);
    if (inner != nullptr) element.children.push_back(element_of(*inner));
  }
  return element;
}

void collect(const XmlElement& element, const std::string& name,
             std::vector<const XmlElement*>& found) {
  if (element.name == name) found.push_back(&element);
  for (const XmlElement& child : element.children) collect(child, name, found);
}

}  // namespace

std::string XmlElement::attribute(const std::string& name_of_attribute) const {
  const auto found = attributes.find(name_of_attribute);
  return found == attributes.end() ? "" : found->second;
}

XmlElement parse_xml(const std::string& text) {
  Poco::XML::DOMParser parser;
  const Poco::AutoPtr<Poco::XML::Document> document(parser.parseString(text));
  return element_of(*document->documentElement());
}

std::vector<const XmlElement*> elements(const XmlElement& root, const std::string& name) {
  std::vector<const XmlElement*> found;
  collect(root, name, found);
  return found;
}

}  // namespace mingjian::testing
