// Input that nobody should send, to the real program: each gets a clear problem (RFC 9457) in the
// language asked for, changes nothing, and the server goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

struct BadInput {
  const char* name;
  Call call;
  int status;
  std::string type;     // after "urn:mingjian:problem:"
  std::string english;  // part of what it says; empty where the head cannot be read, and with it
                        // the language that was asked for
  std::string chinese;
  std::string pointer = {};  // of an entry of "errors"
};

const Headers kJson = {{"Content-Type", "application/json"}, {"Idempotency-Key", "bad-1"}};

Headers with(Headers more) {
  Headers headers = kJson;
  for (auto& [name, value] : more) headers[name] = value;
  return headers;
}
Headers without(const std::string& name) {
  Headers headers = kJson;
  headers.erase(name);
  return headers;
}

Call file(std::string body, Headers headers = kJson) {
  return {"POST", "/api/v1/cases", std::move(headers), std::move(body)};
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::vector<BadInput> bad_inputs(const std::string& path) {
  const std::string good = accountability_filing().dump();
  const std::string step = path + "/transitions/accept";
  const std::string checked = R"({"data":{"duplicates_checked":true,"jurisdiction_checked":true}})";
  return {
      {"malformed JSON", file("{\"definition\": \"clue\",\n \"data\": }"), 400, "invalid-input",
       "not valid JSON: line 2, column 10", "第 2 行第 10 列", "#/data"},
      {"cut off", file("{\"definition\": \"clue\""), 400, "invalid-input", "not valid JSON",
       "不是有效的 JSON"},
      {"not an object", file("[]"), 400, "invalid-input", "expected a JSON object",
       "应为 JSON 对象", "#"},
      {"nothing", file(""), 400, "invalid-input", "required and missing", "缺少必填项",
       "#/definition"},
      {"wrong types", file(R"({"definition":1,"data":{}})"), 400, "invalid-input",
       "expected a string", "应为字符串", "#/definition"},
      {"wrong types of data", file(R"({"definition":"clue","data":[]})"), 400, "invalid-input",
       "expected an object", "应为对象", "#/data"},
      {"unknown field", file(R"({"definition":"clue","data":{},"priority":1})"), 400,
       "invalid-input", "no such field", "没有这个项目", "#/priority"},
      {"duplicate keys", file(R"({"definition":"clue","data":{"a":1,"a":2}})"), 400,
       "invalid-input", "duplicate key: a", "键重复：a", "#/data/a"},
      {"integer over 64 bits", file(R"({"definition":"clue","data":{"a":18446744073709551616}})"),
       400, "invalid-input", "does not fit in 64 bits", "超出 64 位范围", "#/data/a"},
      {"million levels", file(std::string(1'000'000, '[')), 400, "invalid-input",
       "nested deeper than 64 levels", "嵌套超过 64 层"},
      {"half a million objects", file(repeated("{\"a\":", 200'000)), 400, "invalid-input",
       "nested deeper than 64 levels", "嵌套超过 64 层"},
      {"long string", file("{\"definition\":\"" + std::string(300'000, 'a') + "\"}"), 400,
       "invalid-input", "a string is longer than", "字符串超过", "#/definition"},
      {"invalid UTF-8", file("{\"definition\":\"\xC3\x28\"}"), 400, "invalid-input",
       "not valid JSON", "不是有效的 JSON", "#/definition"},
      {"lone surrogate", file(R"({"definition":"\ud800"})"), 400, "invalid-input", "not valid JSON",
       "不是有效的 JSON", "#/definition"},
      {"NUL byte", file(std::string("{}\0", 3)), 400, "invalid-input", "NUL byte", "NUL 字节", "#"},
      {"wrong data", file(R"({"definition":"clue","data":{}})"), 422, "obstacles",
       "required and missing", "缺少必填项"},
      {"unknown definition", file(R"({"definition":"nothing","data":{}})"), 422, "obstacles",
       "no definition in force: nothing", "没有现行有效的流程：nothing"},

      {"100 MB announced", file("", with({{"Content-Length", "100000000"}})), 413, "body-too-large",
       "1048576", "1048576"},
      {"chunked without end", file("", with({{"Transfer-Encoding", "chunked"}})), 411,
       "length-required", "Content-Length", "Content-Length"},
      {"compressed", file("\x1f\x8b\x08", with({{"Content-Encoding", "gzip"}})), 415,
       "content-encoding-not-supported", "compress", "压缩"},
      {"over-long header", file(good, with({{"X-Long", std::string(20'000, 'a')}})), 431,
       "head-too-large", "", "16384"},
      {"many headers", file(good, with([] {
                              Headers many;
                              for (int i = 0; i < 100; ++i) many["X-" + std::to_string(i)] = "1";
                              return many;
                            }())),
       431, "head-too-large", "64", "64"},
      {"no Content-Type", file(good, without("Content-Type")), 415, "unsupported-media-type",
       "Content-Type: application/json", "Content-Type: application/json"},
      {"another Content-Type", file(good, with({{"Content-Type", "text/plain"}})), 415,
       "unsupported-media-type", "text/plain", "text/plain"},
      {"a Content-Type that only begins so",
       file(good, with({{"Content-Type", "application/json-seq"}})), 415, "unsupported-media-type",
       "application/json-seq", "application/json-seq"},

      {"unknown route",
       {"GET", "/api/v1/nothing"},
       404,
       "no-such-path",
       "openapi.json",
       "openapi.json"},
      {"wrong method",
       {"PUT", "/api/v1/cases", kJson, good},
       405,
       "method-not-allowed",
       "GET, HEAD, POST, OPTIONS",
       "GET, HEAD, POST, OPTIONS"},
      {"bad percent sign",
       {"GET", "/api/v1/cases/%zz"},
       400,
       "malformed-target",
       "percent",
       "百分号"},
      {"path of invalid UTF-8",
       {"GET", "/api/v1/cases/%ff"},
       400,
       "malformed-target",
       "UTF-8",
       "UTF-8"},
      {"unknown query parameter",
       {"GET", "/api/v1/cases?clsoed=true"},
       400,
       "invalid-query",
       "clsoed",
       "clsoed"},
      {"no yes or no",
       {"GET", "/api/v1/cases?closed=maybe"},
       400,
       "invalid-query",
       "true or false",
       "true 或 false"},
      {"no limit",
       {"GET", "/api/v1/cases?limit=0"},
       400,
       "invalid-query",
       "from 1 to 200",
       "1 至 200"},
      {"large limit",
       {"GET", "/api/v1/tasks?limit=201"},
       400,
       "invalid-query",
       "from 1 to 200",
       "1 至 200"},
      {"no cursor of ours",
       {"GET", "/api/v1/cases?cursor=1%27%20OR%201=1"},
       400,
       "invalid-query",
       "cursor",
       "cursor"},
      {"no cursor of a history",
       {"GET", path + "/history?cursor=first"},
       400,
       "invalid-query",
       "cursor",
       "cursor"},
      {"no state of tasks",
       {"GET", "/api/v1/tasks?state=all"},
       400,
       "invalid-query",
       "open or done",
       "open 或 done"},

      {"no language of a diagram",
       {"GET", "/api/v1/definitions/clue/diagram.svg?lang=fr"},
       400,
       "invalid-query",
       "zh or en",
       "zh 或 en"},
      {"misspelt parameter of a manual",
       {"GET", "/api/v1/definitions/clue/manual?case=1"},
       400,
       "invalid-query",
       "no such parameter: case",
       "没有参数 case"},

      {"no Idempotency-Key", file(good, without("Idempotency-Key")), 400,
       "idempotency-key-required", "Idempotency-Key", "Idempotency-Key"},
      {"long Idempotency-Key", file(good, with({{"Idempotency-Key", std::string(129, 'k')}})), 400,
       "idempotency-key-required", "1 to 128", "1 至 128"},
      {"no If-Match",
       {"POST", step, kJson, checked},
       428,
       "version-required",
       "If-Match",
       "If-Match"},
      {"If-Match of any",
       {"POST", step, with({{"If-Match", "*"}}), checked},
       428,
       "version-required",
       "ETag",
       "ETag"},
      {"If-Match without quotes",
       {"POST", step, with({{"If-Match", "1"}}), checked},
       400,
       "invalid-input",
       "with its quotes",
       "引号"},
      {"If-Match of another version",
       {"POST", step, with({{"If-Match", "\"7\""}}), checked},
       412,
       "stale-version",
       "at version 1 now",
       "现为第 1 版"},
      {"If-Match of something else",
       {"POST", step, with({{"If-Match", "\"abc\""}}), checked},
       412,
       "stale-version",
       "at version 1 now",
       "现为第 1 版"},
      {"weak If-Match",
       {"POST", step, with({{"If-Match", "W/\"1\""}}), checked},
       412,
       "stale-version",
       "at version 1 now",
       "现为第 1 版"},
      {"unknown case",
       {"GET", "/api/v1/cases/nothing"},
       404,
       "not-found",
       "no such case",
       "没有这个案件"},
      {"unknown step",
       {"POST", path + "/transitions/fly", with({{"If-Match", "\"1\""}}), checked},
       409,
       "obstacles",
       "no step \"fly\"",
       "没有“fly”这一步骤"},
      {"garbage for a token",
       {"GET", "/api/v1/me", {{"Authorization", "Bearer nonsense"}}},
       401,
       "unauthenticated",
       "sign in",
       "登录"},
      {"another scheme",
       {"GET", "/api/v1/me", {{"Authorization", "Basic bGluLXdlaTp4"}}},
       401,
       "unauthenticated",
       "Bearer",
       "Bearer"},
      {"wrong password",
       {"POST", "/api/v1/sessions", kJson, R"({"person":"lin-wei","password":"wrong"})"},
       401,
       "sign-in-failed",
       "password",
       "口令"},
  };
}

void expect_problem(const Answer& answer, const BadInput& input, const std::string& language,
                    const std::string& words) {
  EXPECT_EQ(answer.status, input.status) << answer.body;
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  EXPECT_EQ(answer.header("content-language"), language);
  const Json problem = json_of(answer);
  EXPECT_EQ(problem.value("status", 0), input.status);
  EXPECT_EQ(problem.value("type", ""), "urn:mingjian:problem:" + input.type);
  EXPECT_FALSE(problem.value("title", "").empty());
  const std::string escaped = Json(words).dump();
  EXPECT_THAT(problem.dump(), HasSubstr(escaped.substr(1, escaped.size() - 2)));
  if (input.pointer.empty()) return;
  std::string pointers;
  for (const Json& error : problem.value("errors", Json::array()))
    pointers += error.value("pointer", "") + "\n";
  EXPECT_THAT(pointers, HasSubstr(input.pointer + "\n"));
}

TEST(BadInput, GetsAClearProblemChangesNothingAndTheServerGoesOn) {
  const ServedOffice served({"lin-wei"});
  Visitor inspector = served.visitor("lin-wei");
  const std::string path = file_case(inspector);
  const std::string cases = inspector.get("/api/v1/cases").body;
  const std::string the_case = inspector.get(path).body;
  for (const BadInput& input : bad_inputs(path)) {
    SCOPED_TRACE(input.name);
    for (const auto& [language, words] :
         {std::pair("en", input.english), std::pair("zh", input.chinese)}) {
      if (words.empty()) continue;
      Call call = input.call;
      call.headers["Accept-Language"] = language;
      expect_problem(inspector.ask(call), input, language, words);
    }
    ASSERT_EQ(inspector.get("/healthz").status, 200);
    EXPECT_EQ(inspector.get(path).body, the_case);
  }
  EXPECT_EQ(inspector.get("/api/v1/cases").body, cases);
}

TEST(BadInput, OfAHundredMegabytesIsRefusedWhileItIsBeingSent) {
  const ServedOffice served({"lin-wei"});
  Visitor inspector = served.visitor("lin-wei");
  const std::string head = "POST /api/v1/cases HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
                           inspector.token() +
                           "\r\nContent-Type: application/json\r\nIdempotency-Key: big\r\n";
  const std::string megabyte(1'000'000, ' ');
  for (const auto& [framing, status] :
       {std::pair("Content-Length: 100000000\r\n\r\n", 413),
        std::pair("Transfer-Encoding: chunked\r\n\r\nF4240\r\n", 411)}) {
    RawClient client(served.server().port());
    ASSERT_TRUE(client.send(head + framing));
    int sent = 0;
    while (sent < 100 && client.send(megabyte)) ++sent;
    EXPECT_LT(sent, 100) << "all of it was taken";
    ASSERT_EQ(inspector.get("/healthz").status, 200);
    RawClient again(served.server().port());
    EXPECT_EQ(again.ask(head + framing).status, status);
  }
}

TEST(BadInput, SentUnderAnIdempotencyKeyLeavesTheKeyFree) {
  const ServedOffice served({"lin-wei"});
  Visitor inspector = served.visitor("lin-wei");
  EXPECT_EQ(inspector.ask(file(R"({"definition":"clue","data":{}})")).status, 422);
  EXPECT_EQ(inspector.ask(file(accountability_filing().dump())).status, 201);
}

}  // namespace
}  // namespace mingjian::testing
