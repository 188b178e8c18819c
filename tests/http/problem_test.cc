#include "api/http/problem.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/conformance_files.h"

namespace mingjian::http {
namespace {

Json body_of(const Problem& problem, Language language = Language::kEnglish) {
  return Json::parse(problem.response(language).body);
}

// Builds our problem from an example of the standard, member by member.
Problem problem_like(const Json& example) {
  const Json& body = example.at("body");
  const auto text = [&](const char* name) {
    const std::string value = body.value(name, "");
    return Text{value, value};
  };
  Problem problem(example.at("status").get<int>(), body.at("type").get<std::string>(),
                  text("title"), text("detail"));
  for (const auto& [name, value] : body.items()) {
    if (name == "type" || name == "title" || name == "detail" || name == "errors") continue;
    problem.with_member(name, value);
  }
  for (const Json& error : body.value("errors", Json::array())) {
    const std::string detail = error.at("detail");
    problem.with_error(error.at("pointer").get<std::string>().substr(1), {detail, detail});
  }
  return problem;
}

TEST(Problem, WritesTheExamplesOfTheStandard) {
  const auto file = testing::conformance_folder() / "problem-details.json";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no conformance files";
  const Json suite = Json::parse(testing::read_file(file));
  for (const Json& example : suite.at("examples")) {
    const Response response = problem_like(example).response(Language::kEnglish);
    Json expected = example.at("body");
    expected["status"] = example.at("status");
    EXPECT_EQ(Json::parse(response.body), expected);
    EXPECT_EQ(response.status, example.at("status"));
    EXPECT_EQ(response.content_type, suite.at("media_type"));
  }
}

TEST(Problem, SpeaksTheLanguageAskedForAndSaysWhich) {
  const Problem problem(404, problem_type("not-found"), {"没有找到", "Not found"},
                        {"详", "detail"});
  const Response chinese = problem.response(Language::kChinese);
  EXPECT_EQ(Json::parse(chinese.body)["title"], "没有找到");
  EXPECT_EQ(Json::parse(chinese.body)["detail"], "详");
  EXPECT_EQ(find_header(chinese.headers, "Content-Language"), "zh");
  const Response english = problem.response(Language::kEnglish);
  EXPECT_EQ(Json::parse(english.body)["title"], "Not found");
  EXPECT_EQ(Json::parse(english.body)["detail"], "detail");
  EXPECT_EQ(find_header(english.headers, "Content-Language"), "en");
}

TEST(Problem, PointsIntoTheInputWithAUriFragment) {
  Problem problem(400, problem_type("x"), {"一", "one"});
  problem.with_error("", {"甲", "a"}).with_error("/form/名/a~1b %", {"乙", "b"});
  EXPECT_EQ(body_of(problem)["errors"], Json::parse(R"([{"pointer": "#", "detail": "a"},
                            {"pointer": "#/form/%E5%90%8D/a~1b%20%25", "detail": "b"}])"));
}

TEST(Problem, LeavesOutWhatIsNotThere) {
  EXPECT_EQ(body_of({404, problem_type("not-found"), {"没有找到", "Not found"}}),
            Json::parse(R"({"type": "urn:mingjian:problem:not-found", "title": "Not found",
                            "status": 404})"));
}

TEST(Problem, IsSentEvenWithOctetsThatAreNoText) {
  const Problem problem(400, problem_type("x"), {"一", "one"}, {"\xFF", "\xFF"});
  EXPECT_EQ(body_of(problem)["detail"], "\xEF\xBF\xBD");
}

TEST(Problem, CopiesDoNotShareMembers) {
  Problem first(400, problem_type("x"), {"一", "one"});
  first.with_member("a", 1);
  Problem second = first;
  second.with_member("b", 2);
  EXPECT_FALSE(body_of(first).contains("b"));
  EXPECT_EQ(body_of(second)["a"], 1);
}

struct Mapping {
  ErrorKind kind;
  int status;
  std::string type;
};

class ProblemOfError : public ::testing::TestWithParam<Mapping> {};

TEST_P(ProblemOfError, HasItsStatusAndType) {
  const Problem problem = problem_of({GetParam().kind, {"内", "inner"}, "/a"}, "i-1");
  EXPECT_EQ(problem.status(), GetParam().status);
  EXPECT_EQ(problem.type(), problem_type(GetParam().type));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ProblemOfError,
    ::testing::Values(Mapping{ErrorKind::kInvalidInput, 400, "invalid-input"},
                      Mapping{ErrorKind::kNotFound, 404, "not-found"},
                      Mapping{ErrorKind::kUnauthenticated, 401, "unauthenticated"},
                      Mapping{ErrorKind::kConflict, 409, "conflict"},
                      Mapping{ErrorKind::kUnavailable, 503, "unavailable"},
                      Mapping{ErrorKind::kStorageFull, 507, "storage-full"},
                      Mapping{ErrorKind::kOutcomeUnknown, 503, "outcome-unknown"},
                      Mapping{ErrorKind::kCorrupt, 500, "internal"}),
    [](const auto& tested) {
      std::string name = tested.param.type;
      name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
      return name;
    });

TEST(ProblemOfError, SaysWhereInTheInput) {
  const Json body =
      body_of(problem_of({ErrorKind::kInvalidInput, {"太长", "too long"}, "/a/0"}, ""));
  EXPECT_EQ(body["errors"], Json::parse(R"([{"pointer": "#/a/0", "detail": "too long"}])"));
}

TEST(ProblemOfError, HidesWhatHappenedInsideButNamesTheIncident) {
  for (const auto kind : {ErrorKind::kCorrupt, ErrorKind::kUnavailable, ErrorKind::kStorageFull,
                          ErrorKind::kOutcomeUnknown}) {
    const Response response =
        problem_of({kind, {"秘密", "table cases is broken"}}, "i-7").response(Language::kEnglish);
    EXPECT_EQ(response.body.find("table cases"), std::string::npos);
  }
  const Json body = body_of(problem_of({ErrorKind::kCorrupt, {"秘密", "secret"}}, "i-7"));
  EXPECT_EQ(body["instance"], "urn:mingjian:incident:i-7");
}

TEST(ProblemOfError, SaysWhenToTryAgainAndHowToSignIn) {
  const auto header = [](ErrorKind kind, std::string_view name) {
    const Response response = problem_of({kind, {"一", "one"}}, "").response(Language::kChinese);
    return std::string(find_header(response.headers, name));
  };
  EXPECT_EQ(header(ErrorKind::kUnavailable, "Retry-After"), "2");
  EXPECT_EQ(header(ErrorKind::kOutcomeUnknown, "Retry-After"), "2");
  EXPECT_EQ(header(ErrorKind::kUnauthenticated, "WWW-Authenticate"), "Bearer");
}

}  // namespace
}  // namespace mingjian::http
