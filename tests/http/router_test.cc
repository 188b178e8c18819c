#include "api/http/router.h"

#include <gtest/gtest.h>

namespace mingjian::http {
namespace {

// Answers with the name of the route and the parameters it got.
Handler tell(const std::string& name) {
  return [name](const Request& request) {
    std::string text = name;
    for (const auto& [key, value] : request.parameters) text += " " + key + "=" + value;
    return Response{200, {}, "text/plain", text};
  };
}

Router example() {
  Router router;
  router.add({"GET", "/cases", "list_cases", tell("list_cases")});
  router.add({"POST", "/cases", "file_case", tell("file_case")});
  router.add({"GET", "/cases/{id}", "read_case", tell("read_case")});
  router.add({"GET", "/cases/search", "search", tell("search")});
  router.add({"DELETE", "/cases/{case}/team/{person}", "remove", tell("remove")});
  router.add({"PUT", "/cases/{id}/team/{member}", "put", tell("put")});
  return router;
}

Response ask(const std::string& method, std::vector<std::string> segments, Pairs headers = {}) {
  Request request;
  request.method = method;
  request.segments = std::move(segments);
  request.headers = std::move(headers);
  return example().handle(std::move(request));
}

TEST(Router, FindsTheRouteByMethodAndPath) {
  EXPECT_EQ(ask("GET", {"cases"}).body, "list_cases");
  EXPECT_EQ(ask("POST", {"cases"}).body, "file_case");
}

TEST(Router, GivesTheSegmentsToTheParametersByTheRoutesOwnNames) {
  EXPECT_EQ(ask("GET", {"cases", "7"}).body, "read_case id=7");
  EXPECT_EQ(ask("DELETE", {"cases", "7", "team", "lin"}).body, "remove case=7 person=lin");
  EXPECT_EQ(ask("PUT", {"cases", "7", "team", "lin"}).body, "put id=7 member=lin");
}

TEST(Router, ASlashThatWasEncodedDoesNotSplit) {
  EXPECT_EQ(ask("GET", {"cases", "a/b"}).body, "read_case id=a/b");
}

TEST(Router, ANamedSegmentGoesBeforeAParameter) {
  EXPECT_EQ(ask("GET", {"cases", "search"}).body, "search");
}

TEST(Router, AnswersHeadByGet) { EXPECT_EQ(ask("HEAD", {"cases", "7"}).body, "read_case id=7"); }

TEST(Router, AnUnknownPathIs404) {
  for (const std::vector<std::string>& segments : std::vector<std::vector<std::string>>{
           {}, {""}, {"cases", ""}, {"cases", "7", ""}, {"Cases"}, {"cases", "7", "team"}}) {
    const Response response = ask("GET", segments);
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.content_type, "application/problem+json");
  }
}

TEST(Router, AWrongMethodIs405WithThoseThatAreAllowed) {
  const Response response = ask("PATCH", {"cases"}, {{"accept-language", "en"}});
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(find_header(response.headers, "Allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(find_header(response.headers, "Content-Language"), "en");
  EXPECT_EQ(find_header(ask("GET", {"cases", "7", "team", "lin"}).headers, "Allow"),
            "DELETE, PUT, OPTIONS");
}

TEST(Router, AnswersOptionsWithWhatIsAllowed) {
  const Response response = ask("OPTIONS", {"cases", "7"});
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(find_header(response.headers, "Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(ask("OPTIONS", {"nothing"}).status, 404);
}

TEST(Router, ListsItsRoutesInTheOrderOfAdding) {
  const Router router = example();
  ASSERT_EQ(router.routes().size(), 6U);
  EXPECT_EQ(router.routes()[2].pattern, "/cases/{id}");
  EXPECT_EQ(router.routes()[2].name, "read_case");
}

}  // namespace
}  // namespace mingjian::http
