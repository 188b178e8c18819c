#include "api/http/head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "api/http/octets.h"

namespace mingjian::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr int kRetryAfterSeconds = 1;

using Refused = std::optional<Refusal>;

Refusal malformed(Text detail) {
  return {Problem(400, problem_type("malformed-request"),
                  {"无法理解的 HTTP 请求", "Not a valid HTTP request"}, std::move(detail))};
}

Refusal head_too_large(Text detail) {
  return {Problem(431, problem_type("head-too-large"),
                  {"请求头过大", "The head of the request is too large"}, std::move(detail))};
}

Refusal not_supported(int status, std::string_view name, Text title) {
  return {Problem(status, problem_type(name), std::move(title))};
}

Refused read_version(std::string_view version, Head& head) {
  if (version == "HTTP/1.1") return std::nullopt;
  if (version == "HTTP/1.0") {
    head.keep_alive = false;
    return std::nullopt;
  }
  if (version.substr(0, 5) != "HTTP/") {
    return malformed({"请求行没有 HTTP 版本。", "The request line has no HTTP version."});
  }
  return not_supported(505, "version-not-supported",
                       {"只支持 HTTP/1.1", "Only HTTP/1.1 is understood"});
}

// The path and query of a target. A client that takes the server for a proxy sends the whole URI
// (RFC 9112, 3.2.2: a server must accept it).
std::string_view origin_form(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_ignoring_case(target, scheme)) continue;
    const auto path = target.find('/', scheme.size());
    return path == std::string_view::npos ? "/" : target.substr(path);
  }
  return target;
}

bool is_target(std::string_view target, std::string_view method) {
  if (target == "*") return method == "OPTIONS";
  return !target.empty() && target.front() == '/' &&
         std::all_of(target.begin(), target.end(),
                     [](char c) { return c > ' ' && c < 0x7F && c != '#'; });
}

Refused read_request_line(std::string_view line, const HeadLimits& limits, Head& head) {
  constexpr std::array<std::string_view, 7> kMethods = {"GET",   "HEAD",   "POST",   "PUT",
                                                        "PATCH", "DELETE", "OPTIONS"};
  const auto parts = split(line, ' ');
  if (parts.size() != 3 || !is_token(parts[0])) {
    return malformed(
        {"请求行应为“方法 路径 版本”。", "The request line must be: method, target, version."});
  }
  if (auto refused = read_version(parts[2], head)) return refused;
  if (std::find(kMethods.begin(), kMethods.end(), parts[0]) == kMethods.end()) {
    return not_supported(501, "unknown-method", {"不支持的方法", "This method is not known"});
  }
  if (parts[1].size() > limits.target_bytes) {
    return not_supported(414, "target-too-long", {"请求地址过长", "The address is too long"});
  }
  const auto target = origin_form(parts[1]);
  if (!is_target(target, parts[0])) {
    return malformed({"请求地址中有不允许的字符。", "The address has characters it may not have."});
  }
  head.method = parts[0];
  head.target = target;
  return std::nullopt;
}

// RFC 9112, 5: no blank before the colon, no folded lines.
Refused read_header_line(std::string_view line, Head& head) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return malformed({"请求头中有一行不是“名称: 值”。", "A header line is not \"name: value\"."});
  }
  const auto value = trim_blanks(line.substr(colon + 1));
  if (!is_clean_text(value, Tab::kAllowed)) {
    return malformed({"请求头的值含控制字符或不是 UTF-8。",
                      "A header value has control characters or is not UTF-8."});
  }
  head.headers.emplace_back(line.substr(0, colon), value);
  return std::nullopt;
}

std::size_t count_of(const Head& head, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(head.headers.begin(), head.headers.end(),
                    [&](const auto& header) { return equals_ignoring_case(header.first, name); }));
}

// A second one could be read by a proxy in front where we read the first.
Refused refuse_repeated(const Head& head) {
  for (const std::string_view name :
       {"Host", "Content-Length", "Content-Type", "Authorization", "Idempotency-Key"}) {
    if (count_of(head, name) < 2) continue;
    const std::string quoted(name);
    return malformed({"请求头 " + quoted + " 只能出现一次。",
                      "The header " + quoted + " may be there only once."});
  }
  return std::nullopt;
}

// Bodies of unknown length or in disguise: their true size shows only when it is too late.
Refused refuse_coded_body(const Head& head) {
  if (count_of(head, "Transfer-Encoding") > 0) {
    const bool chunked = equals_ignoring_case(find_header(head.headers, "Transfer-Encoding"),  //
                                              "chunked");
    if (!chunked) {
      return not_supported(501, "transfer-encoding-not-supported",
                           {"不支持 Transfer-Encoding", "Transfer-Encoding is not supported"});
    }
    return not_supported(411, "length-required",
                         {"请求须带 Content-Length，不支持分块传输",
                          "Content-Length is required; chunked bodies are not supported"});
  }
  const auto coding = find_header(head.headers, "Content-Encoding");
  if (!coding.empty() && !equals_ignoring_case(coding, "identity")) {
    Refusal refusal = not_supported(415, "content-encoding-not-supported",
                                    {"请求内容不能压缩", "The body must not be compressed"});
    refusal.problem.with_header("Accept-Encoding", "identity");
    return refusal;
  }
  return std::nullopt;
}

std::size_t most_body_bytes(const HeadLimits& limits, const Head& head) {
  const std::string_view path = std::string_view(head.target).substr(0, head.target.find('?'));
  for (const LargerBody& each : limits.larger_bodies) {
    if (head.method == each.method && path == each.path) return each.bytes;
  }
  return limits.body_bytes;
}

Refused read_length(const HeadLimits& limits, Head& head) {
  if (count_of(head, "Content-Length") == 0) return std::nullopt;
  const auto text = find_header(head.headers, "Content-Length");
  const auto* const end = text.data() + text.size();
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) {
    return malformed({"Content-Length 不是数。", "Content-Length is not a number."});
  }
  const auto [stop, error] = std::from_chars(text.data(), end, head.body_bytes);
  const std::size_t allowed = most_body_bytes(limits, head);
  if (error == std::errc() && stop == end && head.body_bytes <= allowed) return std::nullopt;
  const std::string most = std::to_string(allowed);
  return Refusal{Problem(413, problem_type("body-too-large"),
                         {"请求内容过大", "The body is too large"},
                         {"最多 " + most + " 字节。", "At most " + most + " bytes."})};
}

// A client of HTTP/1.0 is always closed on: it would not know where an answer ends else.
void read_connection(Head& head) {
  for (const auto& [name, value] : head.headers) {
    if (!equals_ignoring_case(name, "Connection")) continue;
    for (const auto option : split(value, ',')) {
      if (equals_ignoring_case(trim_blanks(option), "close")) head.keep_alive = false;
    }
  }
}

Refused read_expectation(std::string_view version, Head& head) {
  const auto expectation = find_header(head.headers, "Expect");
  if (expectation.empty() || version == "HTTP/1.0") return std::nullopt;
  if (!equals_ignoring_case(expectation, "100-continue")) {
    return not_supported(417, "expectation-failed",
                         {"不支持的 Expect", "This Expect is not supported"});
  }
  head.expects_continue = true;
  return std::nullopt;
}

// What the headers say about the message as a whole.
Refused read_meaning(std::string_view version, const HeadLimits& limits, Head& head) {
  if (auto refused = refuse_repeated(head)) return refused;
  if (version == "HTTP/1.1" && count_of(head, "Host") == 0) {
    return malformed({"缺少 Host。", "Host is missing."});
  }
  if (auto refused = refuse_coded_body(head)) return refused;
  if (auto refused = read_length(limits, head)) return refused;
  read_connection(head);
  return read_expectation(version, head);
}

Refused read_lines(std::string_view bytes, const HeadLimits& limits, Head& head) {
  const auto first_end = bytes.find(kLineEnd);
  const auto request_line = bytes.substr(0, first_end);
  if (auto refused = read_request_line(request_line, limits, head)) return refused;
  bytes.remove_prefix(first_end + kLineEnd.size());
  while (bytes != kLineEnd) {
    const auto end = bytes.find(kLineEnd);
    if (head.headers.size() == limits.headers) {
      const std::string most = std::to_string(limits.headers);
      return head_too_large({"请求头最多 " + most + " 行。", "At most " + most + " headers."});
    }
    if (auto refused = read_header_line(bytes.substr(0, end), head)) return refused;
    bytes.remove_prefix(end + kLineEnd.size());
  }
  return read_meaning(request_line.substr(request_line.rfind(' ') + 1), limits, head);
}

Refusal addressed(Refusal refusal, const Head& head) {
  refusal.language = choose_language(find_header(head.headers, "Accept-Language"));
  refusal.without_body = head.method == "HEAD";
  return refusal;
}

}  // namespace

std::optional<std::size_t> find_head_end(std::string_view bytes, std::size_t searched) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  const std::size_t from = searched < kEnd.size() ? 0 : searched - kEnd.size() + 1;
  const auto at = bytes.find(kEnd, from);
  if (at == std::string_view::npos) return std::nullopt;
  return at + kEnd.size();
}

tl::expected<Head, Refusal> read_head(std::string_view bytes, const HeadLimits& limits) {
  if (auto refused = refuse_beginning(bytes, limits)) return tl::unexpected(std::move(*refused));
  Head head;
  auto refused = read_lines(bytes, limits, head);
  if (refused) return tl::unexpected(addressed(std::move(*refused), head));
  return head;
}

std::optional<Refusal> refuse_beginning(std::string_view bytes, const HeadLimits& limits) {
  if (bytes.size() > limits.bytes) {
    const std::string most = std::to_string(limits.bytes);
    return head_too_large({"请求头最多 " + most + " 字节。", "At most " + most + " bytes."});
  }
  for (auto at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (at > 0 && bytes[at - 1] == '\r') continue;
    return malformed({"行尾应为 CRLF。", "Lines must end with CRLF."});
  }
  return std::nullopt;
}

Refusal too_slow() {
  return {Problem(408, problem_type("request-timeout"),
                  {"请求未在限时内收完", "The request did not arrive in time"})};
}

Refusal too_busy(const Head& head) {
  return addressed({unavailable_problem({"当前请求过多，请稍后再试。",
                                         "Too many requests at the moment. Please try again."},
                                        kRetryAfterSeconds)},
                   head);
}

}  // namespace mingjian::http
