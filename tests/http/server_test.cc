#include "api/http/server.h"

#include <random>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "api/http/router.h"
#include "engine/ports/deadline.h"
#include "tests/http/running_server.h"

namespace mingjian::http {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RawClient;
using testing::RunningServer;

const std::string kHost = "Host: a\r\n";

std::string get(const std::string& target, const std::string& headers = {}) {
  return "GET " + target + " HTTP/1.1\r\n" + kHost + headers + "\r\n";
}

std::string post(const std::string& target, const std::string& body,
                 const std::string& headers = {}) {
  return "POST " + target + " HTTP/1.1\r\n" + kHost + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// What the handler was given, as JSON. A body may be any octets.
Response describe(const Request& request) {
  const Json body = {{"method", request.method},         {"path", request.raw_path},
                     {"segments", request.segments},     {"query", request.query},
                     {"headers", request.headers},       {"body", request.body},
                     {"remote", request.remote_address}, {"id", request.parameter("id")}};
  return {200,
          {{"ETag", "\"1\""}},
          "application/json",
          body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Response misbehave(const Request& request) {
  const std::string how = request.parameter("how");
  if (how == "throw") throw std::runtime_error("secret text");
  if (how == "throw-int") throw 7;
  if (how == "split-header") return {200, {{"X", "a\r\nSet-Cookie: b"}}};
  if (how == "split-name") return {200, {{"X: a\r\nY", "b"}}};
  if (how == "split-type") return {200, {}, "text/plain\r\nX: y", "a"};
  if (how == "length") return {200, {{"content-length", "5"}}};
  if (how == "body-of-204") return {204, {}, "text/plain", "a"};
  return {99};
}

Router routes() {
  Router router;
  router.add({"GET", "/things", "list", describe});
  router.add({"POST", "/things", "make", describe});
  router.add({"GET", "/things/{id}", "read", describe});
  router.add({"DELETE", "/things/{id}", "remove", [](const Request&) { return Response{204}; }});
  router.add({"GET", "/bad/{how}", "misbehave", misbehave});
  return router;
}

Service service() {
  return [router = routes()](Request request) { return router.handle(std::move(request)); };
}

class ServerTest : public ::testing::Test {
 protected:
  RunningServer server_{service()};

  Answer ask(const std::string& octets) { return server_.connect().ask(octets); }

  void expect_refused_and_closed(const std::string& octets, int status) {
    RawClient client = server_.connect();
    const Answer answer = client.ask(octets);
    EXPECT_EQ(answer.status, status) << octets.substr(0, 60);
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_EQ(client.read_to_end(), 0U);
  }
};

TEST_F(ServerTest, GivesTheHandlerWhatWasSent) {
  const Answer answer = ask(post("/things?a=1&b=%E4%B8%AD+x&a=2&c", "{\"k\": 1}",
                                 "If-Match: \"a%0d%0ab\"\r\nAuthorization:  Bearer t \r\n"));
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.header("etag"), "\"1\"");
  const Json body = Json::parse(answer.body);
  EXPECT_EQ(body["method"], "POST");
  EXPECT_EQ(body["body"], "{\"k\": 1}");
  EXPECT_EQ(body["remote"], "127.0.0.1");
  EXPECT_EQ(body["query"], Json::parse(R"([["a", "1"], ["b", "中 x"], ["a", "2"], ["c", ""]])"));
  EXPECT_EQ(body["headers"][1], Json::parse(R"(["If-Match", "\"a%0d%0ab\""])"));
  EXPECT_EQ(body["headers"][2], Json::parse(R"(["Authorization", "Bearer t"])"));
}

TEST_F(ServerTest, DecodesSegmentsOneByOne) {
  const Json body = Json::parse(ask(get("/things/a%2Fb%20%E6%A1%88+c")).body);
  EXPECT_EQ(body["id"], "a/b 案+c");
  EXPECT_EQ(body["path"], "/things/a%2Fb%20%E6%A1%88+c");
}

TEST_F(ServerTest, RefusesTargetsThatAreNoText) {
  for (const char* const target :
       {"/things/%", "/things/%2", "/things/%zz", "/things/%00", "/things/%0A", "/things/%FF",
        "/things?a=%", "/things?a=%0d", "/things?%C0%80=a"}) {
    const Answer answer = ask(get(target));
    EXPECT_EQ(answer.status, 400) << target;
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  }
}

TEST(ServerDeadline, IsThatOfTheRequestForAllThatItsHandlerDoes) {
  Options options;
  options.patience = std::chrono::minutes(1);
  Deadline::Time end;
  RunningServer server(
      [&](const Request&) {
        end = Deadline::end();
        return Response{204};
      },
      options);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(server.connect().ask(get("/")).status, 204);
  const auto after = std::chrono::steady_clock::now();
  EXPECT_GE(end, before + options.patience);
  EXPECT_LE(end, after + options.patience);
}

TEST_F(ServerTest, KeepsTheConnection) {
  RawClient client = server_.connect();
  for (int count = 0; count < 20; ++count) {
    const Answer answer = client.ask(post("/things", std::string(1000, 'x')));
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("connection"), "");
  }
}

TEST_F(ServerTest, ClosesWhereTheClientAsksForIt) {
  RawClient client = server_.connect();
  EXPECT_EQ(client.ask(get("/things", "Connection: close\r\n")).header("connection"), "close");
  EXPECT_EQ(client.read_to_end(), 0U);
  RawClient old = server_.connect();
  EXPECT_EQ(old.ask("GET /things HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_EQ(old.read_to_end(), 0U);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInTheirOrder) {
  RawClient client = server_.connect();
  std::string octets;
  for (int count = 0; count < 50; ++count) {
    octets += count % 2 == 0 ? get("/things/" + std::to_string(count))
                             : post("/things?" + std::to_string(count), "GET / HTTP/1.1\r\n\r\n");
  }
  ASSERT_TRUE(client.send("\r\n" + octets));
  for (int count = 0; count < 50; ++count) {
    const Json body = Json::parse(client.read_answer().body);
    const std::string number = std::to_string(count);
    EXPECT_EQ(count % 2 == 0 ? body["id"] : body["query"][0][0], number);
  }
}

TEST_F(ServerTest, ReadsRequestsThatComeByteForByte) {
  RawClient client = server_.connect();
  for (const char octet : post("/things", "body")) {
    ASSERT_TRUE(client.send(std::string(1, octet)));
  }
  EXPECT_EQ(Json::parse(client.read_answer().body)["body"], "body");
}

TEST_F(ServerTest, AnswersAClientThatHasFinishedSending) {
  RawClient client = server_.connect();
  ASSERT_TRUE(client.send(get("/things")));
  client.finish_sending();
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(client.read_to_end(), 0U);
}

TEST_F(ServerTest, AnswersHeadWithoutBody) {
  RawClient client = server_.connect();
  ASSERT_TRUE(client.send("HEAD /things HTTP/1.1\r\n" + kHost + "\r\n" + get("/nothing")));
  const Answer head = client.read_head();
  EXPECT_EQ(head.status, 200);
  EXPECT_GT(std::stoi(head.header("content-length")), 0);
  EXPECT_EQ(client.read_answer().status, 404);  // follows at once: there was no body
}

TEST_F(ServerTest, SendsNoLengthWhereThereIsNoBody) {
  RawClient client = server_.connect();
  const Answer answer = client.ask("DELETE /things/1 HTTP/1.1\r\n" + kHost + "\r\n");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.headers.count("content-length"), 0U);
  EXPECT_EQ(client.ask(get("/things")).status, 200);
}

TEST_F(ServerTest, NamesTheMethodsOfAPath) {
  const Answer answer = ask("PUT /things HTTP/1.1\r\n" + kHost + "\r\n");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(ask("OPTIONS * HTTP/1.1\r\n" + kHost + "\r\n").status, 204);
}

TEST_F(ServerTest, NeverCompressesNorCutsToRanges) {
  const Answer answer = ask(get("/things", "Accept-Encoding: br, gzip\r\nRange: bytes=0-3\r\n"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-encoding"), "");
  EXPECT_TRUE(Json::accept(answer.body));
  EXPECT_EQ(ask(get("/things", "Range: nonsense\r\n")).status, 200);
}

TEST_F(ServerTest, RefusesBodiesItCannotMeasure) {
  const std::string start = "POST /things HTTP/1.1\r\n" + kHost;
  expect_refused_and_closed(start + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                            411);
  expect_refused_and_closed(start + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", 415);
}

TEST_F(ServerTest, RefusesATooLargeBodyBeforeAnyOfItIsSent) {
  expect_refused_and_closed(
      "POST /things HTTP/1.1\r\n" + kHost + "Content-Length: 104857600\r\n\r\n", 413);
}

TEST_F(ServerTest, TheRefusalReachesAClientThatSendsOnRegardless) {
  expect_refused_and_closed("POST /things HTTP/1.1\r\n" + kHost +
                                "Content-Length: 104857600\r\n\r\n" + std::string(300'000, 'x'),
                            413);
}

TEST_F(ServerTest, RefusesHeadsThatAreTooLarge) {
  std::string many;
  for (int count = 0; count < 100; ++count) many += "A: b\r\n";
  expect_refused_and_closed(get("/things", many), 431);
  expect_refused_and_closed("GET / HTTP/1.1\r\nA: " + std::string(20'000, 'a'), 431);
}

TEST_F(ServerTest, SaysContinueWhereTheBodyIsWelcome) {
  RawClient client = server_.connect();
  const std::string start = "POST /things HTTP/1.1\r\n" + kHost;
  ASSERT_TRUE(client.send(start + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n"));
  EXPECT_EQ(client.read_answer().status, 100);
  EXPECT_EQ(Json::parse(client.ask("body").body)["body"], "body");
  EXPECT_EQ(client.ask(get("/things")).status, 200);
  expect_refused_and_closed(start + "Expect: 100-continue\r\nContent-Length: 9999999\r\n\r\n", 413);
  expect_refused_and_closed(start + "Expect: miracles\r\n\r\n", 417);
}

TEST_F(ServerTest, AnswersInTheLanguageOfTheClient) {
  const Answer english = ask(get("/nothing", "Accept-Language: en\r\n"));
  EXPECT_EQ(english.header("content-language"), "en");
  EXPECT_EQ(Json::parse(english.body)["title"], "No such address");
  EXPECT_EQ(Json::parse(ask(get("/nothing")).body)["title"], "没有这个地址");
}

TEST_F(ServerTest, AnExceptionIsAnIncidentThatOnlyTheLogExplains) {
  const Answer answer = ask(get("/bad/throw"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(Json::parse(answer.body)["instance"], "urn:mingjian:incident:incident-1");
  EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
  for (const auto& [name, value] : answer.headers) EXPECT_THAT(value, Not(HasSubstr("secret")));
  EXPECT_EQ(ask(get("/bad/throw-int")).status, 500);
  EXPECT_THAT(server_.log(), ElementsAre("incident-1: secret text", HasSubstr("unknown type")));
}

TEST_F(ServerTest, NoHandlerCanBreakTheFormOfAnAnswer) {
  for (const std::string how :
       {"split-header", "split-name", "split-type", "length", "body-of-204", "status"}) {
    const Answer answer = ask(get("/bad/" + how));
    EXPECT_EQ(answer.status, 500) << how;
    EXPECT_EQ(answer.headers.count("set-cookie") + answer.headers.count("y"), 0U);
  }
  EXPECT_EQ(server_.log().size(), 6U);
}

// Bytes that look like heads, each damaged in some places.
std::string damaged_head(std::mt19937& random) {
  std::string head = post("/things?a=b", "body", "A: b\r\nExpect: 100-continue\r\n");
  const auto damage = random() % 8;
  for (std::size_t count = 0; count < damage; ++count) {
    const std::size_t at = random() % head.size();
    const char octet = static_cast<char>(random() % 256);
    if (random() % 3 == 0) {
      head.erase(at, 1 + random() % 10);
    } else if (random() % 2 == 0) {
      head.insert(at, 1 + random() % 3, octet);
    } else {
      head[at] = octet;
    }
    if (head.empty()) break;
  }
  return head;
}

std::string noise(std::mt19937& random) {
  std::string octets(random() % 300, '\0');
  for (char& octet : octets) octet = static_cast<char>(random() % 256);
  return octets + "\r\n\r\n";
}

TEST_F(ServerTest, SurvivesWhateverIsSent) {
  std::mt19937 random(20260301);
  int answered = 0;
  for (int count = 0; count < 600; ++count) {
    RawClient client = server_.connect();
    client.send(count % 3 == 0 ? noise(random) : damaged_head(random));
    client.finish_sending();
    const int status = client.read_answer().status;
    if (status != 0) ++answered;
    EXPECT_NE(status, 500);
  }
  EXPECT_GT(answered, 300);
  EXPECT_EQ(ask(get("/things")).status, 200);
  EXPECT_THAT(server_.log(), IsEmpty());
}

TEST(ServerBind, SaysWhyItCannotListen) {
  const RunningServer first(service());
  const auto bind = [](const std::string& host, int port) {
    Options options;
    options.host = host;
    options.port = port;
    return Server(options, service(), {}).bind();
  };
  const auto taken = bind("127.0.0.1", first.port());
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(taken.error().message.en, HasSubstr("Address already in use"));
  EXPECT_FALSE(bind("999.999.999.999", 0));
}

}  // namespace
}  // namespace mingjian::http
