#include "engine/base/instant.h"

#include <gtest/gtest.h>

namespace mingjian {
namespace {

TEST(ParseRfc3339, ReadsAnyOffsetAsOneInstant) {
  const auto utc = parse_rfc3339("2026-03-01T00:00:00Z");
  ASSERT_TRUE(utc);
  EXPECT_EQ(parse_rfc3339("2026-03-01T08:00:00+08:00").value(), *utc);
  EXPECT_EQ(parse_rfc3339("2026-02-28T19:30:00-04:30").value(), *utc);
  EXPECT_EQ(utc->microseconds, 1'772'323'200'000'000);
}

TEST(ParseRfc3339, CutsWhatIsFinerThanAMicrosecond) {
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.1Z").value().microseconds, 100'000);
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.0000019Z").value().microseconds, 1);
}

TEST(ParseRfc3339, RefusesWhatIsNoDateTime) {
  for (const char* text :
       {"", "2026-03-01", "2026-02-30T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T00:60:00Z",
        "2026-03-01T00:00:00", "2026-03-01 00:00:00Z", "2026-03-01T00:00:00.Z",
        "2026-03-01T00:00:00+0800", "2026-03-01T00:00:00+24:00", "2026-03-01T00:00:00Zx",
        "1969-12-31T23:59:59Z", "+026-03-01T00:00:00Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(ToRfc3339, WritesSixDecimalsAndReadsBack) {
  const Instant instant{1'772'323'200'000'001};
  EXPECT_EQ(to_rfc3339(instant), "2026-03-01T00:00:00.000001Z");
  EXPECT_EQ(parse_rfc3339(to_rfc3339(instant)).value(), instant);
  EXPECT_EQ(to_rfc3339(Instant{}), "1970-01-01T00:00:00.000000Z");
}

TEST(IsFullDate, KnowsTheCalendar) {
  EXPECT_TRUE(is_full_date("2024-02-29"));
  EXPECT_FALSE(is_full_date("2026-02-29"));
  EXPECT_FALSE(is_full_date("2026-13-01"));
  EXPECT_FALSE(is_full_date("2026-1-01"));
  EXPECT_FALSE(is_full_date("2026-01-01T"));
}

}  // namespace
}  // namespace mingjian
