// TLS between this program and its database server, with certificates made here by openssl.
#include <iostream>

#include <gmock/gmock.h>

#include "adapters/mysql/connection.h"
#include "adapters/mysql/database.h"
#include "tests/contract/sqlite_sample.h"
#include "tests/support/authority.h"
#include "tests/support/mariadb_server.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

// Lines of an option file for a server that is known by the authority.
std::vector<std::string> server_settings(const Authority& authority) {
  return {"ssl-cert=" + authority.server_certificate(), "ssl-key=" + authority.server_key()};
}

MysqlOptions options_of(const MariadbDatabase& place, const Authority& authority) {
  return parse_mysql_address(place.address("ca=" + authority.certificate())).value();
}

std::string cipher_of(const MysqlOptions& options) {
  mysql::Connection connection(options, options.hosts[0]);
  mysql::Rows rows = connection.query("SHOW STATUS LIKE 'Ssl_cipher'");
  return rows.next() ? rows.text(1) : "";
}

// It is not opened, for a reason that speaks of TLS.
void expect_refused(const MysqlOptions& options) {
  const auto opened = MysqlDatabase::open(options);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message.en, HasSubstr("TLS with the database server failed"));
  EXPECT_THAT(opened.error().message.zh, HasSubstr("TLS"));
  std::cout << opened.error().message.en << "\n";
}

class MariadbTls : public ::testing::Test {
 protected:
  const Authority authority_;
  const MariadbServer server_{server_settings(authority_)};
  const MariadbDatabase place_{server_.port()};
};

TEST_F(MariadbTls, EncryptsWhereTheAuthorityVouchesForTheServer) {
  const MysqlOptions options = options_of(place_, authority_);
  EXPECT_NE(cipher_of(options), "");
  const auto opened = MysqlDatabase::open(options);
  ASSERT_TRUE(opened) << opened.error().message.en;
  EXPECT_TRUE((*opened)->store().check());
}

TEST_F(MariadbTls, IsNotUsedWhereNoAuthorityIsNamed) {
  EXPECT_EQ(cipher_of(parse_mysql_address(place_.address()).value()), "");
}

TEST_F(MariadbTls, RefusesAServerThatAnotherAuthorityVouchesFor) {
  expect_refused(options_of(place_, Authority()));
}

TEST_F(MariadbTls, RefusesWhatIsNoCertificate) {
  MysqlOptions options = options_of(place_, authority_);
  options.authority = "/nowhere/authority.pem";
  expect_refused(options);
}

TEST(MariadbTlsName, RefusesAServerThatIsCalledOtherwise) {
  const Authority authority("DNS:database.example");
  const MariadbServer server(server_settings(authority));
  const MariadbDatabase place(server.port());
  expect_refused(options_of(place, authority));
}

TEST(MariadbTlsNone, RefusesAServerThatHasNone) {
  const Authority authority;
  const MariadbDatabase place(shared_mariadb());
  expect_refused(options_of(place, authority));
}

}  // namespace
}  // namespace mingjian::testing
