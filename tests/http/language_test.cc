#include "api/http/language.h"

#include <gtest/gtest.h>

namespace mingjian::http {
namespace {

TEST(Language, IsChineseWhereNothingIsSaid) {
  EXPECT_EQ(choose_language(""), Language::kChinese);
  EXPECT_EQ(choose_language("*"), Language::kChinese);
  EXPECT_EQ(choose_language("fr, de;q=0.8"), Language::kChinese);
}

TEST(Language, TakesTheOneThatIsNamed) {
  EXPECT_EQ(choose_language("en"), Language::kEnglish);
  EXPECT_EQ(choose_language("EN-gb"), Language::kEnglish);
  EXPECT_EQ(choose_language("fr, en;q=0.1"), Language::kEnglish);
  EXPECT_EQ(choose_language("zh-Hans-CN"), Language::kChinese);
}

TEST(Language, FollowsTheQualityBeforeTheOrder) {
  EXPECT_EQ(choose_language("zh;q=0.5, en;q=0.501"), Language::kEnglish);
  EXPECT_EQ(choose_language("en;q=0.9, zh-CN"), Language::kChinese);
  EXPECT_EQ(choose_language("en-GB;q=0.2, zh;q=0.5, en-US;q=0.7"), Language::kEnglish);
}

TEST(Language, FollowsTheOrderWhereTheQualityIsTheSame) {
  EXPECT_EQ(choose_language("en, zh"), Language::kEnglish);
  EXPECT_EQ(choose_language("zh, en"), Language::kChinese);
}

TEST(Language, AStarStandsForTheOneThatIsNotNamed) {
  EXPECT_EQ(choose_language("en;q=0.3, *;q=0.8"), Language::kChinese);
  EXPECT_EQ(choose_language("zh;q=0.3, *;q=0.8"), Language::kEnglish);
}

TEST(Language, QualityZeroRefuses) {
  EXPECT_EQ(choose_language("zh;q=0"), Language::kEnglish);
  EXPECT_EQ(choose_language("en;q=0"), Language::kChinese);
  EXPECT_EQ(choose_language("en;q=0.000, zh;q=0.001"), Language::kChinese);
}

TEST(Language, PassesOverGarbage) {
  EXPECT_EQ(choose_language("en;q=2, zh;q=0.1"), Language::kChinese);
  EXPECT_EQ(choose_language("en;q=1.001"), Language::kChinese);
  EXPECT_EQ(choose_language("en;q=0.1234"), Language::kChinese);
  EXPECT_EQ(choose_language("en;level=1"), Language::kChinese);
  EXPECT_EQ(choose_language(",,;q=1,; ,en ; q=0.5,"), Language::kEnglish);
  EXPECT_EQ(choose_language("english, enx, z"), Language::kChinese);
  EXPECT_EQ(choose_language(std::string(10'000, ',')), Language::kChinese);
}

}  // namespace
}  // namespace mingjian::http
