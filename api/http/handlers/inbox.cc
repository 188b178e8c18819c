#include <nlohmann/json.hpp>

#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/query.h"
#include "api/http/handlers/routes.h"

namespace mingjian::http {
namespace {

constexpr int kRetryAfterSeconds = 10;

// How long a browser waits before it connects again.
constexpr std::string_view kRetry = "retry: 3000\n\n";

Problem too_many_streams(InboxFeed::Full full) {
  if (full == InboxFeed::Full::kOfThisPerson) {
    return too_many_problem({"打开的待办通知过多", "too many streams are open"},
                            {"请先关闭其他页面。", "Close some of your other pages first."},
                            kRetryAfterSeconds);
  }
  return unavailable_problem({"接收待办通知的人过多，请稍后再试。",
                              "Too many people follow their inbox here. Please try again later."},
                             kRetryAfterSeconds);
}

// The inbox of whoever holds the token now.
tl::expected<TaskQuery, InboxFeed::NoInbox> inbox_of(const OfficeServices& office,
                                                     const std::string& token) {
  constexpr int kUnauthenticated = 401;
  const auto holder = holder_of(office, token);
  if (holder) return CaseService::inbox(*holder);
  return tl::unexpected(holder.error().status() == kUnauthenticated ? InboxFeed::NoInbox::kSignedOut
                                                                    : InboxFeed::NoInbox::kUnknown);
}

// The count of what is there comes after the listener is in place, and first in the stream: so
// nothing that changes meanwhile is lost.
Checked<Response> follow_inbox(const OfficeServices& office, const Request& request) {
  const auto person = signed_in(office, request);
  if (!person) return tl::unexpected<Problem>(person.error());
  auto known = check_names(request, {});
  if (!known) return tl::unexpected<Problem>(std::move(known.error()));
  Response response{.status = 200,
                    .headers = {{"X-Accel-Buffering", "no"}},
                    .content_type = "text/event-stream",
                    .body = {}};
  if (request.method == "HEAD") return response;
  const auto listener = office.inbox.add(
      [&office, token = std::string(bearer_token(request))] { return inbox_of(office, token); },
      CaseService::inbox(*person));
  if (!listener) return tl::unexpected<Problem>(too_many_streams(listener.error()));
  const auto open = office.cases.count_inbox(*person);
  response.stream =
      InboxFeed::begin(**listener, std::string(kRetry) + snapshot_event(open.value_or(0)));
  if (open) return response;
  response.stream->finish();
  return failed(office, open.error());
}

}  // namespace

void add_inbox_routes(Router& router, const OfficeServices& office) {
  router.add(
      {"GET", "/api/v1/inbox/events", "follow_inbox",
       open_to_all([&office](const Request& request) { return follow_inbox(office, request); })});
}

}  // namespace mingjian::http
