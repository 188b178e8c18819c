#include "api/http/handlers/paging.h"

#include <utility>

#include <nlohmann/json.hpp>

namespace mingjian::http {
namespace {

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
