#include "engine/base/json.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace mingjian {
namespace {

// Builds a document from nlohmann's events and stops at the first thing that is not allowed.
template <class Document>
class Builder {
 public:
  explicit Builder(const JsonLimits& limits) : limits_(limits) {}

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) { return add(value); }
  bool number_float(double value, const std::string& text) {
    if (text.find_first_of(".eE") == std::string::npos) {
      return stop({"整数超出 64 位范围：" + text, "integer does not fit in 64 bits: " + text});
    }
    return add(value);
  }
  bool string(std::string& value) {
    if (!fits(value)) return false;
    return add(std::move(value));
  }
  template <class Bytes>
  bool binary(Bytes&) {
    return stop({"不支持二进制数据", "binary data is not JSON"});
  }
  bool start_object(std::size_t) { return open(Document::object()); }
  bool start_array(std::size_t) { return open(Document::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    if (!fits(name)) return false;
    Document& object = *stack_.back().value;
    if (object.contains(name)) {
      stack_.back().key = name;
      return stop({"键重复：" + name, "duplicate key: " + name});
    }
    stack_.back().key = std::move(name);
    return true;
  }
  template <class Exception>
  bool parse_error(std::size_t position, const std::string&, const Exception&) {
    syntax_error_at_ = position;
    return false;
  }

  [[nodiscard]] Document take() { return std::move(root_); }

  [[nodiscard]] Error error(std::string_view text) const {
    if (refusal_) return {ErrorKind::kInvalidInput, *refusal_, pointer()};
    const auto end =
        text.begin() + static_cast<std::ptrdiff_t>(
                           std::min(syntax_error_at_ > 0 ? syntax_error_at_ - 1 : 0, text.size()));
    const auto line = std::to_string(1 + std::count(text.begin(), end, '\n'));
    const auto from = text.substr(0, static_cast<std::size_t>(end - text.begin())).rfind('\n');
    const auto column = std::to_string(static_cast<std::size_t>(end - text.begin()) -
                                       (from == std::string_view::npos ? 0 : from + 1) + 1);
    return {ErrorKind::kInvalidInput,
            {"不是有效的 JSON：第 " + line + " 行第 " + column + " 列",
             "not valid JSON: line " + line + ", column " + column},
            pointer()};
  }

 private:
  struct Frame {
    Document* value;
    std::string key;  // the member being read, of an object
  };

  bool fits(const std::string& value) {
    if (value.size() <= limits_.string_bytes) return true;
    const auto most = std::to_string(limits_.string_bytes);
    return stop({"字符串超过 " + most + " 字节", "a string is longer than " + most + " bytes"});
  }

  template <class Value>
  bool add(Value&& value) {
    return place(Document(std::forward<Value>(value))) != nullptr;
  }

  // Puts `value` where the reader stands, and gives its place.
  Document* place(Document&& value) {
    if (stack_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Frame& frame = stack_.back();
    if (frame.value->size() >= limits_.members) {
      const auto most = std::to_string(limits_.members);
      stop({"成员超过 " + most + " 个", "more than " + most + " members"});
      return nullptr;
    }
    if (frame.value->is_array()) {
      frame.value->push_back(std::move(value));
      return &frame.value->back();
    }
    return &((*frame.value)[frame.key] = std::move(value));
  }

  bool open(Document&& value) {
    if (stack_.size() >= limits_.depth) {
      const auto most = std::to_string(limits_.depth);
      return stop({"嵌套超过 " + most + " 层", "nested deeper than " + most + " levels"});
    }
    Document* const placed = place(std::move(value));
    if (placed == nullptr) return false;
    stack_.push_back({placed, {}});
    return true;
  }

  bool close() {
    stack_.pop_back();
    return true;
  }

  bool stop(Text why) {
    refusal_ = std::move(why);
    return false;
  }

  [[nodiscard]] std::string pointer() const {
    std::string path;
    for (const Frame& frame : stack_) {
      if (frame.value->is_array()) {
        // An array holds what is being read inside it, but not yet what was refused entry.
        const bool inside = &frame != &stack_.back();
        path += "/" + std::to_string(frame.value->size() - (inside ? 1 : 0));
      } else if (!frame.key.empty() || &frame != &stack_.back()) {
        path += pointer_part(frame.key);
      }
    }
    return path;
  }

  const JsonLimits& limits_;
  Document root_;
  std::vector<Frame> stack_;
  std::optional<Text> refusal_;
  std::size_t syntax_error_at_ = 0;
};

template <class Document>
Result<Document> parse(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    const auto most = std::to_string(limits.bytes);
    return fail(ErrorKind::kInvalidInput,
                {"内容超过 " + most + " 字节", "the text is longer than " + most + " bytes"});
  }
  // The library takes a NUL byte for the end of the text and would not look at what follows it.
  if (text.find('\0') != std::string_view::npos) {
    return fail(ErrorKind::kInvalidInput,
                {"不是有效的 JSON：含有 NUL 字节", "not valid JSON: it contains a NUL byte"});
  }
  Builder<Document> builder(limits);
  if (!Document::sax_parse(text.begin(), text.end(), &builder)) {
    return tl::unexpected<Error>(builder.error(text));
  }
  return builder.take();
}

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  return parse<Json>(text, limits);
}

Result<OrderedJson> parse_ordered_json(std::string_view text, const JsonLimits& limits) {
  return parse<OrderedJson>(text, limits);
}

Json text_json(const Text& text) { return {{"zh", text.zh}, {"en", text.en}}; }

std::string pointer_part(std::string_view token) {
  std::string part = "/";
  for (const char c : token) {
    if (c == '~') {
      part += "~0";
    } else if (c == '/') {
      part += "~1";
    } else {
      part += c;
    }
  }
  return part;
}

}  // namespace mingjian
