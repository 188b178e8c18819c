#include "api/http/head.h"

#include <gtest/gtest.h>

namespace mingjian::http {
namespace {

constexpr HeadLimits kLimits;

tl::expected<Head, Refusal> read(const std::string& lines, const HeadLimits& limits = kLimits) {
  return read_head(lines + "\r\n", limits);
}

// The status of the refusal; 0 where it is none.
int refusal_of(const std::string& lines, const HeadLimits& limits = kLimits) {
  const auto head = read(lines, limits);
  return head ? 0 : head.error().problem.status();
}

int refusal_with(const std::string& headers) {
  return refusal_of("POST / HTTP/1.1\r\nHost: a\r\n" + headers);
}

TEST(Head, IsReadWithItsHeaders) {
  const auto head =
      read("POST /a?b=1 HTTP/1.1\r\nHost: x\r\nContent-Length:\t12 \r\nX: %0d%0A\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->method, "POST");
  EXPECT_EQ(head->target, "/a?b=1");
  EXPECT_EQ(head->body_bytes, 12U);
  EXPECT_EQ(find_header(head->headers, "x"), "%0d%0A");
  EXPECT_TRUE(head->keep_alive);
  EXPECT_FALSE(head->expects_continue);
}

TEST(Head, TakesAWholeUriForItsPath) {
  EXPECT_EQ(read("GET http://a:80/b?c HTTP/1.1\r\nHost: a\r\n")->target, "/b?c");
  EXPECT_EQ(read("GET HTTP://a HTTP/1.1\r\nHost: a\r\n")->target, "/");
}

TEST(Head, KnowsWhenTheClientWantsToClose) {
  EXPECT_FALSE(read("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n")->keep_alive);
  EXPECT_TRUE(read("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n")->keep_alive);
  EXPECT_FALSE(read("GET / HTTP/1.0\r\nConnection: keep-alive\r\n")->keep_alive);
}

TEST(Head, RefusesRequestLinesThatAreNone) {
  for (const char* const line :
       {"GET /", "GET  / HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ", "GET /\t HTTP/1.1",
        "G(T / HTTP/1.1", "GET a HTTP/1.1", "GET * HTTP/1.1", "GET /\x01 HTTP/1.1",
        "GET /\xE5 HTTP/1.1", "GET /#a HTTP/1.1", "GET / SMTP/1.1", "GET /\rX HTTP/1.1"}) {
    EXPECT_EQ(refusal_of(std::string(line) + "\r\nHost: a\r\n"), 400) << line;
  }
  EXPECT_EQ(refusal_of("GET / HTTP/2.0\r\nHost: a\r\n"), 505);
  EXPECT_EQ(refusal_of("TRACE / HTTP/1.1\r\nHost: a\r\n"), 501);
  EXPECT_EQ(refusal_of("GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: a\r\n"), 414);
}

TEST(Head, RefusesHeadersThatAreNone) {
  for (const char* const line : {"no colon", ": a", "A : b", " folded: a", "A\x01: b", "A: \x01",
                                 "A: b\rc", "A: \x7F", "A: \xFF", "\xE5: a"}) {
    EXPECT_EQ(refusal_with(std::string(line) + "\r\n"), 400) << line;
  }
  EXPECT_EQ(refusal_with("A: 中文\r\n"), 0);
}

TEST(Head, RefusesWhatTwoReadersCouldReadDifferently) {
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n"), 400);  // no Host
  EXPECT_EQ(refusal_with("Host: b\r\n"), 400);
  EXPECT_EQ(refusal_with("Content-Length: 1\r\ncontent-length: 1\r\n"), 400);
  EXPECT_EQ(refusal_with("Content-Length: 1, 1\r\n"), 400);
  EXPECT_EQ(refusal_with("Content-Length: +1\r\n"), 400);
  EXPECT_EQ(refusal_with("Content-Length: -1\r\n"), 400);
  EXPECT_EQ(refusal_with("Content-Length: 0x1\r\n"), 400);
  EXPECT_EQ(refusal_with("Content-Length:\r\n"), 400);
  EXPECT_EQ(refusal_with("Idempotency-Key: 1\r\nIdempotency-Key: 2\r\n"), 400);
  EXPECT_EQ(refusal_with("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"), 411);
}

TEST(Head, RefusesBodiesOfUnknownOrHiddenSize) {
  EXPECT_EQ(refusal_with("Transfer-Encoding: chunked\r\n"), 411);
  EXPECT_EQ(refusal_with("transfer-encoding: gzip, chunked\r\n"), 501);
  EXPECT_EQ(refusal_with("Transfer-Encoding:\r\n"), 501);
  EXPECT_EQ(refusal_with("Content-Encoding: gzip\r\n"), 415);
  EXPECT_EQ(refusal_with("Content-Encoding: identity\r\n"), 0);
}

TEST(Head, RefusesBodiesOverTheLimitByWhatTheyAnnounce) {
  EXPECT_EQ(refusal_with("Content-Length: 1048576\r\n"), 0);
  EXPECT_EQ(refusal_with("Content-Length: 1048577\r\n"), 413);
  EXPECT_EQ(refusal_with("Content-Length: 99999999999999999999999999\r\n"), 413);
}

TEST(Head, KnowsOneExpectation) {
  EXPECT_TRUE(read("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n")->expects_continue);
  EXPECT_EQ(refusal_with("Expect: miracles\r\n"), 417);
}

TEST(Head, AnnouncesALargerBodyOnlyWhereThatIsAllowed) {
  HeadLimits limits;
  limits.larger_bodies = {{"POST", "/definitions", 4 << 20}};
  const auto status = [&](const std::string& line, std::size_t bytes) {
    return refusal_of(
        line + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(bytes) + "\r\n", limits);
  };
  EXPECT_EQ(status("POST /definitions", 4 << 20), 0);
  EXPECT_EQ(status("POST /definitions?from=now", 4 << 20), 0);
  EXPECT_EQ(status("POST /definitions", (4 << 20) + 1), 413);
  EXPECT_EQ(status("PUT /definitions", 4 << 20), 413);
  EXPECT_EQ(status("POST /definitions/1", 4 << 20), 413);
  EXPECT_EQ(status("POST /cases", 4 << 20), 413);
}

TEST(Head, RefusesTooManyHeadersAndTooLongHeads) {
  std::string headers;
  for (int count = 0; count < 64; ++count) headers += "A: b\r\n";
  EXPECT_EQ(refusal_with(headers), 431);
  EXPECT_EQ(refusal_with("A: " + std::string(17'000, 'b') + "\r\n"), 431);
}

TEST(Head, IsRefusedBeforeItsEndWhereItCannotBecomeOne) {
  EXPECT_FALSE(refuse_beginning("GET / HTTP/1.1\r\nHos", kLimits));
  EXPECT_EQ(refuse_beginning("GET / HTTP/1.1\nHost: a\n\n", kLimits)->problem.status(), 400);
  EXPECT_EQ(refuse_beginning("\n", kLimits)->problem.status(), 400);
  EXPECT_EQ(refuse_beginning(std::string(17'000, 'a'), kLimits)->problem.status(), 431);
}

TEST(Head, RefusesInTheLanguageOfTheClientAndWithoutBodyToHead) {
  const auto head =
      read("HEAD / HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\nContent-Length: x\r\n");
  ASSERT_FALSE(head);
  EXPECT_EQ(head.error().language, Language::kEnglish);
  EXPECT_TRUE(head.error().without_body);
}

TEST(Head, ItsEndIsFoundWhereverTheBytesWereCut) {
  const std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n\r\nbody";
  for (std::size_t cut = 0; cut < bytes.size() - 4; ++cut) {
    EXPECT_FALSE(
        find_head_end(std::string_view(bytes).substr(0, std::min<std::size_t>(cut, 26)), 0));
    EXPECT_EQ(find_head_end(bytes, std::min<std::size_t>(cut, 26)), 27U);
  }
}

}  // namespace
}  // namespace mingjian::http
