#include "engine/lint/place.h"

#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

namespace mingjian::lint {
namespace {

// Steps over the parts of a text that is known to be JSON.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void step() { ++at_; }

  void skip_space() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') ++at_;
  }

  // The string that begins here, with its quotation marks.
  std::string_view string() {
    const std::size_t begin = at_;
    for (++at_; peek() != '"' && at_ < text_.size(); ++at_) {
      if (peek() == '\\') ++at_;
    }
    ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // Without recursion, however deep the value is.
  void skip_value() {
    std::size_t depth = 0;
    do {
      skip_space();
      const char c = peek();
      if (c == '"') {
        (void)string();
      } else {
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
        ++at_;
        while (word &&
               std::string_view("0123456789abcdefghijklmnopqrstuvwxyzE+-.").find(peek()) !=
                   std::string_view::npos &&
               at_ < text_.size()) {
          ++at_;
        }
      }
    } while (depth > 0 && at_ < text_.size());
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

std::string unescaped(std::string_view token) {
  std::string key;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size();
    key += escape ? (token[++i] == '1' ? '/' : '~') : token[i];
  }
  return key;
}

// Moves to the member `key` of the object or array that begins here; false where there is none.
bool enter(Cursor& cursor, const std::string& key) {
  const bool object = cursor.peek() == '{';
  if (!object && cursor.peek() != '[') return false;
  cursor.step();
  for (std::size_t index = 0;; ++index) {
    cursor.skip_space();
    if (cursor.peek() == '}' || cursor.peek() == ']' || cursor.peek() == '\0') return false;
    bool found = false;
    if (object) {
      const auto name = nlohmann::json::parse(cursor.string(), nullptr, false);
      found = name.is_string() && name.get_ref<const std::string&>() == key;
      cursor.skip_space();
      cursor.step();  // the colon
      cursor.skip_space();
    } else {
      found = std::to_string(index) == key;
    }
    if (found) return true;
    cursor.skip_value();
    cursor.skip_space();
    if (cursor.peek() == ',') cursor.step();
  }
}

}  // namespace

Place place_of(std::string_view json, std::string_view pointer) {
  Cursor cursor(json);
  cursor.skip_space();
  std::size_t best = cursor.at();
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    if (!enter(cursor, unescaped(token))) break;
    best = cursor.at();
  }
  const std::string_view before = json.substr(0, best);
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t start = before.rfind('\n');
  return {line + 1, start == std::string_view::npos ? best + 1 : best - start};
}

}  // namespace mingjian::lint
