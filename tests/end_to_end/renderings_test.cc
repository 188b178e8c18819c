// The diagram and the manual of a definition, over the interface.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kDefinition = "/api/v1/definitions/accountability";
const std::string kDiagram = kDefinition + "/diagram.svg";

// The classes of a state on a diagram.
std::string classes_of(const std::string& svg, const std::string& state) {
  const auto at = svg.find("\" data-state=\"" + state + "\"");
  if (at == std::string::npos) return "no state " + state;
  const auto from = svg.rfind('"', at - 1) + 1;
  return svg.substr(from, at - from);
}

class Renderings : public ::testing::Test {
 protected:
  std::string diagram_of(const std::string& the_case) const {
    const Answer answer = inspector_.get(kDiagram + "?case=" + the_case);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body;
  }
  static std::string id_of(const std::string& address) {
    return address.substr(address.rfind('/') + 1);
  }

  const ServedOffice served_{{"lin-wei", "admin-system"}};
  Visitor inspector_ = served_.visitor("lin-wei");
};

TEST_F(Renderings, ShowADefinitionAsAPictureThatRunsNothing) {
  const Answer picture = inspector_.get(kDiagram);
  ASSERT_EQ(picture.status, 200) << picture.body;
  EXPECT_EQ(picture.header("content-type"), "image/svg+xml; charset=utf-8");
  EXPECT_EQ(picture.header("content-security-policy"),
            "default-src 'none'; style-src 'unsafe-inline'");
  EXPECT_EQ(picture.header("x-content-type-options"), "nosniff");
  EXPECT_THAT(picture.body, HasSubstr("data-state=\"accountability.intake\""));
  EXPECT_THAT(picture.body, Not(HasSubstr(" current\"")));
  EXPECT_EQ(inspector_.get(kDefinition + "/versions/1/diagram.svg").body, picture.body);
}

TEST_F(Renderings, SpeakTheLanguageThatWasAskedFor) {
  EXPECT_THAT(inspector_.get(kDefinition + "/manual").body, HasSubstr("程序手册"));
  const Answer english = inspector_.get(kDefinition + "/manual", {{"Accept-Language", "en"}});
  EXPECT_EQ(english.header("content-type"), "text/markdown; charset=utf-8");
  EXPECT_EQ(english.header("content-language"), "en");
  EXPECT_THAT(english.body, HasSubstr("procedure manual"));
  const Answer chosen =
      inspector_.get(kDefinition + "/versions/1/manual?lang=en", {{"Accept-Language", "zh"}});
  EXPECT_EQ(chosen.body, english.body);
  EXPECT_EQ(chosen.header("etag"), english.header("etag"));
  EXPECT_THAT(inspector_.get(kDiagram + "?lang=en").body, HasSubstr("xml:lang=\"en\""));
  EXPECT_NE(inspector_.get(kDiagram + "?lang=en").header("etag"),
            inspector_.get(kDiagram + "?lang=zh").header("etag"));
}

TEST_F(Renderings, MarkWhereACaseIsAndHasBeen) {
  const std::string address = file_case(inspector_);
  const std::string the_case = id_of(address);
  const std::string seen = inspector_.get(kDiagram + "?case=" + the_case).header("etag");
  const std::string before = diagram_of(the_case);
  EXPECT_THAT(classes_of(before, "accountability.intake"), HasSubstr("current"));
  const Json checked = {{"data", {{"duplicates_checked", true}, {"jurisdiction_checked", true}}}};
  ASSERT_EQ(inspector_.post(address + "/transitions/accept", checked, 1).status, 200);
  const std::string after = diagram_of(the_case);
  EXPECT_THAT(classes_of(after, "accountability.intake"), HasSubstr("visited"));
  EXPECT_THAT(after, HasSubstr("class=\"wire taken\""));
  EXPECT_NE(inspector_.get(kDiagram + "?case=" + the_case).header("etag"), seen);
}

TEST_F(Renderings, KeepACaseFromThoseWhoMayNotReadIt) {
  const std::string the_case = id_of(file_case(inspector_));
  const Visitor administrator = served_.visitor("admin-system");
  EXPECT_EQ(administrator.get(kDiagram).status, 200);
  const Answer hidden = administrator.get(kDiagram + "?case=" + the_case);
  const Answer missing = administrator.get(kDiagram + "?case=nothing");
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(json_of(hidden)["title"], json_of(missing)["title"]);
  EXPECT_THAT(hidden.body, Not(HasSubstr("accountability")));
}

TEST_F(Renderings, AreNotThereForWhatIsNot) {
  const std::string the_case = id_of(file_case(inspector_));
  for (const std::string& path :
       {std::string("/api/v1/definitions/nothing/diagram.svg"),
        std::string("/api/v1/definitions/nothing/manual"), kDefinition + "/versions/99/diagram.svg",
        kDefinition + "/versions/x/manual", "/api/v1/definitions/clue/diagram.svg?case=" + the_case,
        kDefinition + "/versions/99/diagram.svg?case=" + the_case}) {
    EXPECT_EQ(inspector_.get(path).status, 404) << path;
  }
}

}  // namespace
}  // namespace mingjian::testing
