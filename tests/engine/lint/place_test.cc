#include "engine/lint/place.h"

#include <gtest/gtest.h>

namespace mingjian::lint {
namespace {

constexpr std::string_view kText =
    "{\n  \"a\": [1, {\"b~/\": \"x]\"}],\n  \"c\": {\"d\": true}\n}\n";

TEST(Place, IsWhereTheValueBegins) {
  EXPECT_EQ(place_of(kText, ""), (Place{1, 1}));
  EXPECT_EQ(place_of(kText, "/a"), (Place{2, 8}));
  EXPECT_EQ(place_of(kText, "/a/1"), (Place{2, 12}));
  EXPECT_EQ(place_of(kText, "/a/1/b~0~1"), (Place{2, 20}));
  EXPECT_EQ(place_of(kText, "/c/d"), (Place{3, 14}));
}

TEST(Place, IsTheInnermostOneOnTheWayWhereThereIsNoSuchValue) {
  EXPECT_EQ(place_of(kText, "/c/e"), (Place{3, 8}));
  EXPECT_EQ(place_of(kText, "/a/7"), (Place{2, 8}));
  EXPECT_EQ(place_of(kText, "/c/d/e"), (Place{3, 14}));
}

}  // namespace
}  // namespace mingjian::lint
