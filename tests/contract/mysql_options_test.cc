#include <gmock/gmock.h>

#include "adapters/mysql/options.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Host = MysqlOptions::Host;

TEST(MysqlAddress, NamesAServerAUserAndADatabase) {
  const auto options = parse_mysql_address("mysql://office:secret@db.example/mingjian").value();
  EXPECT_THAT(options.hosts, ElementsAre(Host{"db.example", 3306}));
  EXPECT_EQ(options.user, "office");
  EXPECT_EQ(options.password, "secret");
  EXPECT_EQ(options.database, "mingjian");
  EXPECT_EQ(options.authority, "");
  EXPECT_EQ(options.isolation, MysqlOptions::Isolation::kReadCommitted);
}

TEST(MysqlAddress, MayHaveSeveralHostsAndSettings) {
  const auto options =
      parse_mysql_address(
          "mysql://u@10.0.0.1:3307,[::1]:3308,db/m?ca=%2Fetc%2Fca.pem&isolation=repeatable-read"
          "&connections=40")
          .value();
  EXPECT_THAT(options.hosts,
              ElementsAre(Host{"10.0.0.1", 3307}, Host{"::1", 3308}, Host{"db", 3306}));
  EXPECT_EQ(options.password, "");
  EXPECT_EQ(options.authority, "/etc/ca.pem");
  EXPECT_EQ(options.isolation, MysqlOptions::Isolation::kRepeatableRead);
  EXPECT_EQ(options.connections, 40U);
}

TEST(MysqlAddress, TakesPercentEncodedParts) {
  const auto options = parse_mysql_address("mysql://a%40b:p%3A%2F%40@h/d%3F").value();
  EXPECT_EQ(options.user, "a@b");
  EXPECT_EQ(options.password, "p:/@");
  EXPECT_EQ(options.database, "d?");
}

TEST(MysqlAddress, IsReadableWithoutItsPassword) {
  const auto options = parse_mysql_address("mysql://u:secret@a,b:1/m").value();
  EXPECT_EQ(readable_address(options), "mysql://u@a:3306,b:1/m");
}

class WrongMysqlAddress : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Each, WrongMysqlAddress,
                         ::testing::Values("", "mysql:", "mysql://", "http://u@h/d", "mysql://h/d",
                                           "mysql://u:secret@h", "mysql://u:secret@h/",
                                           "mysql://u:secret@/d", "mysql://u:secret@h:0/d",
                                           "mysql://u:secret@h:65536/d", "mysql://u:secret@h:x/d",
                                           "mysql://u:secret@h,:1/d", "mysql://u:secret@[::1/d",
                                           "mysql://u:secret@h/d?isolation=none",
                                           "mysql://u:secret@h/d?connections=0",
                                           "mysql://u:secret@h/d?color=red", "mysql://u:%@h/d"));

TEST_P(WrongMysqlAddress, IsRefusedWithoutSayingThePassword) {
  const auto options = parse_mysql_address(GetParam());
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(options.error().message.en, Not(HasSubstr("secret")));
  EXPECT_THAT(options.error().message.zh, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace mingjian::testing
