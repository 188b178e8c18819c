#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/render/text_metrics.h"
#include "engine/render/xml.h"

namespace mingjian::render {
namespace {

using ::testing::ElementsAre;

TEST(TextWidth, CountsCharactersNotBytes) {
  EXPECT_DOUBLE_EQ(text_width("受理", 10), 20);
  EXPECT_LT(text_width("ab", 10), 20);
  EXPECT_DOUBLE_EQ(text_width("", 10), 0);
}

TEST(Wrapped, BreaksAtSpacesAndBetweenChineseCharacters) {
  EXPECT_THAT(wrapped("pass to screening", 10, 60), ElementsAre("pass to", "screening"));
  EXPECT_THAT(wrapped("受理并转入甄别", 10, 40), ElementsAre("受理并转", "入甄别"));
}

TEST(Wrapped, KeepsPunctuationWithWhatItFollows) {
  EXPECT_THAT(wrapped("受理登记，转入", 10, 40), ElementsAre("受理登记，", "转入"));
}

TEST(Wrapped, NeverSplitsAWordAndHasALineAlways) {
  EXPECT_THAT(wrapped("a incomprehensibilities b", 10, 30),
              ElementsAre("a", "incomprehensibilities", "b"));
  EXPECT_THAT(wrapped("", 10, 30), ElementsAre(""));
}

TEST(Xml, EscapesMarkupAndReplacesWhatXmlCannotHold) {
  EXPECT_EQ(xml_escaped("<a b=\"c\">&"), "&lt;a b=&quot;c&quot;&gt;&amp;");
  EXPECT_EQ(xml_escaped(std::string("a\0b\x1F\xEF\xBF\xBF", 7)), "a\uFFFDb\uFFFD\uFFFD");
  EXPECT_EQ(xml_escaped("a\nb"), "a&#10;b");
}

TEST(Xml, WritesAnElementWithoutEmptyAttributes) {
  EXPECT_EQ(xml_element("g", {{"id", "a<"}, {"class", ""}}), "<g id=\"a&lt;\"/>");
  EXPECT_EQ(xml_element("g", {}, "<b/>"), "<g><b/></g>");
}

TEST(Xml, KnowsNames) {
  EXPECT_TRUE(is_ascii_name("small.check-2_a"));
  EXPECT_FALSE(is_ascii_name("2a"));
  EXPECT_FALSE(is_ascii_name(""));
  EXPECT_FALSE(is_ascii_name("a b"));
  EXPECT_FALSE(is_ascii_name("接收"));
}

}  // namespace
}  // namespace mingjian::render
