// What a careful client relies on: versions, keys, languages, pages, and cases that are not its
// business. On the real program over real HTTP.
#include <functional>

#include <gtest/gtest.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

const Json kAccepted = {{"data", {{"duplicates_checked", true}, {"jurisdiction_checked", true}}}};

TEST(Conversation, ARepeatedWriteGetsTheFirstAnswerAndIsDoneOnce) {
  const ServedOffice served({"lin-wei"});
  Visitor inspector = served.visitor("lin-wei");
  const std::string path = file_case(inspector);
  const Call note = {
      "POST",
      path + "/notes",
      {{"Content-Type", "application/json"}, {"Idempotency-Key", "note-1"}, {"If-Match", "\"1\""}},
      R"({"text":"一"})"};
  const Answer first = inspector.ask(note);
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.header("etag"), "\"2\"");
  EXPECT_EQ(first.header("idempotent-replayed"), "");

  const Answer repeated = inspector.ask(note);
  EXPECT_EQ(repeated.status, 200);
  EXPECT_EQ(repeated.body, first.body);
  EXPECT_EQ(repeated.header("idempotent-replayed"), "true");
  EXPECT_EQ(inspector.get(path).header("etag"), "\"2\"");

  Call other = note;
  other.body = R"({"text":"二"})";
  const Answer reused = inspector.ask(other);
  EXPECT_EQ(reused.status, 422);
  EXPECT_EQ(json_of(reused)["type"], "urn:mingjian:problem:idempotency-key-reused");
  EXPECT_EQ(inspector.get(path).header("etag"), "\"2\"");
}

TEST(Conversation, AStaleVersionIsToldTheNewOneAndLosesNothing) {
  const ServedOffice served({"lin-wei"});
  Visitor inspector = served.visitor("lin-wei");
  const std::string path = file_case(inspector);
  ASSERT_EQ(inspector.post(path + "/notes", {{"text", "先"}}, 1).status, 200);
  const Answer stale = inspector.post(path + "/transitions/accept", kAccepted, 1);
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.header("etag"), "\"2\"");
  EXPECT_EQ(json_of(stale)["version"], 2);
  EXPECT_EQ(inspector.post(path + "/transitions/accept", kAccepted, 2).status, 200);
}

TEST(Conversation, AProblemComesInTheLanguageAskedForChineseFirst) {
  const ServedOffice served({"lin-wei"});
  const Visitor inspector = served.visitor("lin-wei");
  for (const auto& [asked, given] :
       {std::pair("", "zh"), std::pair("en", "en"), std::pair("en-GB;q=0.8, zh-CN", "zh"),
        std::pair("fr, en;q=0.5", "en"), std::pair("de", "zh")}) {
    SCOPED_TRACE(asked);
    const Answer answer = inspector.get("/api/v1/cases/nothing", {{"Accept-Language", asked}});
    EXPECT_EQ(answer.header("content-language"), given);
    EXPECT_EQ(json_of(answer)["detail"],
              std::string(given) == "zh" ? "没有这个案件" : "there is no such case");
  }
}

TEST(Conversation, NoAnswerToAPersonIsKeptByCaches) {
  const ServedOffice served({"lin-wei"});
  const Visitor inspector = served.visitor("lin-wei");
  for (const char* path : {"/api/v1/me", "/api/v1/cases", "/api/v1/cases/nothing"})
    EXPECT_EQ(inspector.get(path).header("cache-control"), "no-store") << path;
}

// The address after "<" in Link, where there is a next page.
std::string next_page(const Answer& answer) {
  const std::string link = answer.header("link");
  const auto end = link.find(">; rel=\"next\"");
  return end == std::string::npos ? std::string() : link.substr(1, end - 1);
}

// The member `name` of all items of a list, page after page of `limit`; new ones may come in
// meanwhile.
std::vector<Json> walk(const Visitor& visitor, const std::string& list, std::size_t limit,
                       const char* name, const std::function<void()>& between) {
  std::vector<Json> found;
  const std::string mark = list.find('?') == std::string::npos ? "?" : "&";
  for (std::string path = list + mark + "limit=" + std::to_string(limit); !path.empty();) {
    const Answer answer = visitor.get(path);
    EXPECT_EQ(answer.status, 200) << answer.body;
    if (answer.status != 200) break;
    const Json body = json_of(answer);
    for (const Json& item : body["items"]) found.push_back(item.at(name));
    path = next_page(answer);
    EXPECT_EQ(body["next"].is_null(), path.empty());
    EXPECT_LE(body["items"].size(), limit);
    between();
  }
  return found;
}

TEST(Conversation, PagesGoToTheEndWithoutLossOrRepeatWhileCasesComeIn) {
  const ServedOffice served({"lin-wei"});
  Visitor inspector = served.visitor("lin-wei");
  for (int i = 0; i < 5; ++i) file_case(inspector);
  for (const std::size_t limit : {1U, 2U, 3U, 200U}) {
    SCOPED_TRACE(limit);
    std::vector<Json> there;
    const Json all = json_of(inspector.get("/api/v1/cases?limit=200"));
    for (const Json& item : all["items"]) there.push_back(item["id"]);
    // Newest first: what comes in while one reads would stand before the first page.
    EXPECT_EQ(walk(inspector, "/api/v1/cases", limit, "id", [&] { file_case(inspector); }), there);
  }
}

TEST(Conversation, PagesOfAFilteredListKeepTheFilter) {
  const ServedOffice served({"lin-wei"});
  Visitor inspector = served.visitor("lin-wei");
  std::vector<Json> wanted;
  for (int i = 0; i < 6; ++i) {
    const std::string path = file_case(inspector);
    if (i % 2 == 0) continue;
    ASSERT_EQ(inspector.post(path + "/transitions/accept", kAccepted, 1).status, 200);
    wanted.insert(wanted.begin(), path.substr(std::string("/api/v1/cases/").size()));
  }
  EXPECT_EQ(
      walk(inspector, "/api/v1/cases?stage=accountability.screening&q=%E7%8E%8B", 1, "id", [] {}),
      wanted);
}

TEST(Conversation, PagesOfAHistoryGoFromTheFirstActToTheLast) {
  const ServedOffice served({"lin-wei"});
  Visitor inspector = served.visitor("lin-wei");
  const std::string path = file_case(inspector);
  std::vector<Json> versions = {1};
  for (Version seen = 1; seen < 7; ++seen) {
    ASSERT_EQ(inspector.post(path + "/notes", {{"text", "记"}}, seen).status, 200);
    versions.emplace_back(seen + 1);
  }
  EXPECT_EQ(walk(inspector, path + "/history", 2, "version", [] {}), versions);
}

TEST(Conversation, ACaseThatOneMayNotReadCannotBeToldFromOneThatIsNotThere) {
  const ServedOffice served({"lin-wei", "sun-jie"});
  Visitor inspector = served.visitor("lin-wei");
  Visitor colleague = served.visitor("sun-jie");
  const std::string there = file_case(inspector);
  const std::string absent = "/api/v1/cases/01900000-0000-7000-8000-000000000000";
  const auto same = [](const Answer& left, const Answer& right) {
    EXPECT_EQ(left.status, 404) << left.body;
    EXPECT_EQ(left.status, right.status);
    EXPECT_EQ(left.body, right.body);
    EXPECT_EQ(left.headers, right.headers);
  };
  for (const char* part : {"", "/transitions", "/history"})
    same(colleague.get(there + part), colleague.get(absent + part));
  const std::vector<std::pair<std::string, Json>> writes = {
      {"/transitions/accept", kAccepted},
      {"/notes", {{"text", "一"}}},
      {"/members", {{"person", "sun-jie"}, {"duty", "inspector"}}},
      {"/materials",
       {{"kind", "report"},
        {"title", "一"},
        {"sha256", "00"},
        {"bytes", 1},
        {"media_type", "a/b"}}},
      {"/links", {{"case", "x"}, {"link", "y"}}}};
  for (const auto& [part, body] : writes)
    same(colleague.post(there + part, body, 1), colleague.post(absent + part, body, 1));
  const Json amend = {{"changes", Json::object()}, {"reason", "一"}};
  same(colleague.write("PATCH", there + "/data", amend, 1),
       colleague.write("PATCH", absent + "/data", amend, 1));
  EXPECT_EQ(json_of(colleague.get("/api/v1/cases"))["items"], Json::array());
  EXPECT_EQ(json_of(colleague.get("/api/v1/cases?q=%E7%8E%8B"))["items"], Json::array());
}

TEST(Conversation, ATokenEndsWithSigningOut) {
  const ServedOffice served({"lin-wei"});
  const Visitor inspector = served.visitor("lin-wei");
  EXPECT_EQ(inspector.get("/api/v1/me").status, 200);
  EXPECT_EQ(inspector.ask({"DELETE", "/api/v1/sessions/current"}).status, 204);
  const Answer ended = inspector.get("/api/v1/me");
  EXPECT_EQ(ended.status, 401);
  EXPECT_EQ(ended.header("www-authenticate"), "Bearer");
}

}  // namespace
}  // namespace mingjian::testing
