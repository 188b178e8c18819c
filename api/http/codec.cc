#include "api/http/codec.h"

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <utility>

#include <httplib.h>

#include "api/http/octets.h"

namespace mingjian::http {
namespace {

// A connection that is two strings.
class MemoryStream : public httplib::Stream {
 public:
  explicit MemoryStream(std::string input) : input_(std::move(input)) {}

  [[nodiscard]] std::string take_output() { return std::move(output_); }

  bool is_readable() const override { return position_ < input_.size(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* into, std::size_t size) override {
    const std::size_t count = input_.copy(into, size, position_);
    position_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* from, std::size_t size) override {
    output_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  // The library writes these into headers of the request, which nobody reads.
  void get_remote_ip_and_port(std::string& ip, int& port) const override { nowhere(ip, port); }
  void get_local_ip_and_port(std::string& ip, int& port) const override { nowhere(ip, port); }
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  static void nowhere(std::string& ip, int& port) {
    ip.clear();
    port = 0;
  }

  std::string input_;
  std::size_t position_ = 0;
  std::string output_;
};

std::optional<std::vector<std::string>> read_segments(std::string_view path) {
  std::vector<std::string> segments;
  if (path == "*") return segments;
  for (const auto part : split(path.substr(1), '/')) {
    auto segment = percent_decode(part);
    if (!segment || !is_clean_text(*segment, Tab::kRefused)) return std::nullopt;
    segments.push_back(std::move(*segment));
  }
  return segments;
}

std::optional<Pairs> read_query(std::string_view text) {
  Pairs query;
  if (text.empty()) return query;
  for (const auto part : split(text, '&')) {
    if (part.empty()) continue;
    const auto equals = part.find('=');
    auto name = form_decode(part.substr(0, equals));
    auto value = form_decode(equals == std::string_view::npos ? std::string_view()
                                                              : part.substr(equals + 1));
    if (!name || !value) return std::nullopt;
    if (!is_clean_text(*name, Tab::kRefused)) return std::nullopt;
    if (!is_clean_text(*value, Tab::kAllowed)) return std::nullopt;
    query.emplace_back(std::move(*name), std::move(*value));
  }
  return query;
}

// Nothing where the target does not stand for text.
std::optional<Request> decode(RawRequest raw) {
  const std::string_view target = raw.head.target;
  const auto mark = target.find('?');
  const auto path = target.substr(0, mark);
  auto segments = read_segments(path);
  auto query =
      read_query(mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1));
  if (!segments || !query) return std::nullopt;
  return Request{raw.head.method,
                 std::string(path),
                 std::move(*segments),
                 std::move(*query),
                 std::move(raw.head.headers),
                 std::move(raw.body),
                 std::move(raw.remote_address),
                 {}};
}

Problem undecodable_target() {
  return {400,
          problem_type("malformed-target"),
          {"无法理解的请求地址", "The address cannot be read"},
          {"百分号编码有误，或编码的不是 UTF-8 文本。",
           "A percent sign is not followed by two hexadecimal digits, or what is encoded is not "
           "text in UTF-8."}};
}

// Where the message ends and what becomes of the connection is not for a handler to say.
bool is_for_the_server(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames = {
      "Connection", "Keep-Alive",        "Content-Length", "Content-Type",
      "Trailer",    "Transfer-Encoding", "Upgrade"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view known) { return equals_ignoring_case(name, known); });
}

// RFC 9110, 8.6: these end with their head, and a length would be wrong or forbidden.
bool ends_with_head(int status) { return status == 204 || status == 304; }

// Whether a client would read the response as the handler meant it.
bool is_sound(const Response& response) {
  return response.status >= 200 && response.status <= 599 &&
         (response.body.empty() || !ends_with_head(response.status)) &&
         is_clean_text(response.content_type, Tab::kRefused) &&
         std::all_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
           return is_token(header.first) && !is_for_the_server(header.first) &&
                  is_clean_text(header.second, Tab::kRefused);
         });
}

}  // namespace

// The library, with our answer in the place of its routes.
class Codec::Library : private httplib::Server {
 public:
  Library() {
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& out) {
      write(out);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler([this](const httplib::Request&, httplib::Response& out) {
      out.headers.erase("Keep-Alive");
      out.headers.erase("Accept-Ranges");
      if (ends_with_head(out.status) || goes_on_) out.headers.erase("Content-Length");
    });
  }

  std::string octets(const std::string& method, Response response, Afterwards afterwards) {
    response_ = std::move(response);
    goes_on_ = response_.stream != nullptr;
    MemoryStream stream(method + " / HTTP/1.1\r\n\r\n");
    bool closed = false;
    process_request(stream, afterwards == Afterwards::kClose, closed, nullptr);
    return stream.take_output();
  }

 private:
  void write(httplib::Response& out) {
    out.status = response_.status;
    for (const auto& [name, value] : response_.headers) out.headers.emplace(name, value);
    if (!response_.content_type.empty()) {
      out.headers.emplace("Content-Type", response_.content_type);
    }
    out.body = std::move(response_.body);
  }

  Response response_;
  bool goes_on_ = false;
};

Codec::Codec(const Service& service, const Hooks& hooks)
    : service_(service), hooks_(hooks), library_(std::make_unique<Library>()) {}

Codec::~Codec() = default;

Reply Codec::answer(RawRequest request, Afterwards afterwards) {
  const std::string method = request.head.method;
  const Language language = choose_language(find_header(request.head.headers, "Accept-Language"));
  Response response;
  try {
    response = checked(serve(std::move(request)), language);
  } catch (const std::exception& exception) {
    response = incident(exception.what(), language);
  } catch (...) {
    response = incident("an exception of an unknown type", language);
  }
  // Nobody waits for a stream after HEAD.
  if (method == "HEAD") response.stream = nullptr;
  Reply reply{{}, response.stream ? Afterwards::kClose : afterwards, response.stream};
  reply.octets = library_->octets(method, std::move(response), reply.afterwards);
  return reply;
}

std::string Codec::answer(const Refusal& refusal) {
  return library_->octets(refusal.without_body ? "HEAD" : "GET",
                          refusal.problem.response(refusal.language), Afterwards::kClose);
}

Response Codec::serve(RawRequest request) const {
  const Language language = choose_language(find_header(request.head.headers, "Accept-Language"));
  auto decoded = decode(std::move(request));
  if (!decoded) return undecodable_target().response(language);
  return service_(std::move(*decoded));
}

Response Codec::checked(Response response, Language language) const {
  if (is_sound(response)) return response;
  return incident("a response had a status or a header that cannot be sent", language);
}

Response Codec::incident(std::string_view text, Language language) const {
  const std::string name = hooks_.new_incident();
  hooks_.log_incident(name, text);
  return internal_problem(name).response(language);
}

}  // namespace mingjian::http
