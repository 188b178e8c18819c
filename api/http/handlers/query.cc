#include "api/http/handlers/query.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

namespace mingjian::http {
namespace {

constexpr std::size_t kUsualPage = 50;
constexpr std::size_t kUuidLength = 36;
constexpr auto kLatestVersion = static_cast<Version>(std::numeric_limits<std::int32_t>::max());

tl::unexpected<Problem> refuse(Text why) {
  return tl::unexpected<Problem>(Problem(400, problem_type("invalid-query"),
                                         {"查询参数有误", "the query of the address is not valid"},
                                         std::move(why)));
}

tl::unexpected<Problem> bad_cursor() {
  return refuse({"cursor 应取自上一页的 next 或者 Link",
                 "take cursor from next, or from Link, of the page before"});
}

std::string joined(std::initializer_list<std::string_view> words, const char* last) {
  std::string text;
  for (const auto* word = words.begin(); word != words.end(); ++word) {
    if (word != words.begin()) text += word + 1 == words.end() ? last : ", ";
    text += *word;
  }
  return text;
}

// A whole number that takes up all of the text.
template <class Number>
std::optional<Number> number_of(const std::string& text) {
  Number number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_uuid(const std::string& text) {
  return text.size() == kUuidLength &&
         text.find_first_not_of("0123456789abcdef-") == std::string::npos;
}

}  // namespace

Checked<void> check_names(const Request& request, std::initializer_list<std::string_view> known) {
  for (auto entry = request.query.begin(); entry != request.query.end(); ++entry) {
    const std::string& name = entry->first;
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return refuse({"没有参数 " + name + "；可用的是 " + joined(known, "、"),
                     "no such parameter: " + name + "; possible are " + joined(known, " and ")});
    }
    if (std::any_of(request.query.begin(), entry,
                    [&](const auto& earlier) { return earlier.first == name; })) {
      return refuse({"参数 " + name + " 重复", "the parameter " + name + " is given twice"});
    }
  }
  return {};
}

Checked<std::string> one_of(const Request& request, std::string_view name,
                            std::initializer_list<std::string_view> words) {
  auto given = request.query_value(name);
  if (!given) return std::string(*words.begin());
  if (std::find(words.begin(), words.end(), *given) != words.end()) return std::move(*given);
  return refuse({std::string(name) + " 应为 " + joined(words, " 或 "),
                 std::string(name) + " must be " + joined(words, " or ")});
}

Checked<std::optional<bool>> yes_or_no(const Request& request, std::string_view name) {
  if (!request.query_value(name)) return std::optional<bool>();
  auto word = one_of(request, name, {"true", "false"});
  if (!word) return tl::unexpected<Problem>(std::move(word.error()));
  return std::optional<bool>(*word == "true");
}

Checked<std::optional<Instant>> point_in_time(const Request& request, std::string_view name) {
  const auto given = request.query_value(name);
  if (!given) return std::optional<Instant>();
  const auto instant = parse_rfc3339(*given);
  if (instant) return std::optional<Instant>(*instant);
  return refuse(
      {std::string(name) + " 应为 RFC 3339 时间，例如 2027-01-01T00:00:00%2B08:00",
       std::string(name) + " must be a time of RFC 3339, e.g. 2027-01-01T00:00:00%2B08:00"});
}

Checked<std::size_t> page_limit(const Request& request) {
  const auto given = request.query_value("limit");
  if (!given) return kUsualPage;
  const auto limit = number_of<std::size_t>(*given);
  if (limit && *limit >= 1 && *limit <= kLargestPage) return *limit;
  return refuse({"limit 应为 1 至 200 的整数", "limit must be a whole number from 1 to 200"});
}

Checked<std::string> id_cursor(const Request& request) {
  auto given = request.query_value("cursor");
  if (!given) return std::string();
  if (is_uuid(*given)) return std::move(*given);
  return bad_cursor();
}

Checked<Version> version_cursor(const Request& request) {
  const auto given = request.query_value("cursor");
  if (!given) return Version{0};
  const auto version = number_of<Version>(*given);
  if (version && *version <= kLatestVersion) return *version;
  return bad_cursor();
}

}  // namespace mingjian::http
