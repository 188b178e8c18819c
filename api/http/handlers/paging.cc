#include "api/http/handlers/paging.h"

#include <charconv>
#include <utility>

#include <nlohmann/json.hpp>

namespace mingjian::http {
namespace {

constexpr std::size_t kUsualPage = 50;

std::string percent_encoded(const std::string& text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kDigits[byte >> 4];
      encoded += kDigits[byte & 15];
    }
  }
  return encoded;
}

}  // namespace

Checked<std::size_t> page_limit(const Request& request) {
  const auto given = request.query_value("limit");
  if (!given) return kUsualPage;
  std::size_t limit = 0;
  const auto read = std::from_chars(given->data(), given->data() + given->size(), limit);
  if (read.ec == std::errc() && read.ptr == given->data() + given->size() && limit >= 1 &&
      limit <= kLargestPage) {
    return limit;
  }
  return tl::unexpected<Problem>(
      Problem(400, problem_type("invalid-input"), {"输入有误", "the input is not valid"},
              {"limit 应为 1 至 200 的整数", "limit must be a whole number from 1 to 200"}));
}

Response page(const Request& request, Json items, const std::string& last_cursor) {
  Response response = json_response(
      200,
      {{"items", std::move(items)}, {"next", last_cursor.empty() ? Json() : Json(last_cursor)}});
  if (last_cursor.empty()) return response;
  std::string link = "<" + request.raw_path + "?";
  for (const auto& [name, value] : request.query) {
    if (name != "cursor") link += percent_encoded(name) + "=" + percent_encoded(value) + "&";
  }
  response.headers.emplace_back(
      "Link", link + "cursor=" + percent_encoded(last_cursor) + ">; rel=\"next\"");
  return response;
}

}  // namespace mingjian::http
