#include "engine/base/wording.h"

namespace mingjian {

Text same(const std::string& text) { return {text, text}; }

Text operator+(const Text& left, const Text& right) {
  return {left.zh + right.zh, left.en + right.en};
}

Text quoted(const Text& text) { return {"“" + text.zh + "”", "\"" + text.en + "\""}; }

Text quoted(const Text& text, const std::string& otherwise) {
  return quoted(Text{text.zh.empty() ? otherwise : text.zh, text.en.empty() ? otherwise : text.en});
}

Text listed(const std::vector<Text>& entries) {
  Text list;
  for (const Text& entry : entries) {
    if (!list.zh.empty()) list = list + Text{"、", ", "};
    list = list + entry;
  }
  return list;
}

std::string both(const Text& text) { return text.zh + " / " + text.en; }

}  // namespace mingjian
