#include "engine/access/password_rule.h"

#include <gtest/gtest.h>

namespace mingjian {
namespace {

std::string fault(const std::string& password, const std::string& person = "lin-wei") {
  const auto found = password_fault(password, PersonId(person));
  return found ? found->en : "";
}

TEST(PasswordRule, CountsCharactersAndNotOctets) {
  EXPECT_EQ(fault("twelve chars"), "");
  EXPECT_NE(fault("eleven char"), "");
  EXPECT_EQ(fault("十二个汉字的一句话作口令"), "");
  EXPECT_NE(fault("十一个汉字一句话作口令"), "");
  EXPECT_NE(fault(""), "");
}

TEST(PasswordRule, TakesNoneThatWouldBeSlowToHash) {
  EXPECT_EQ(fault(std::string(1000, 'x')), "");
  EXPECT_NE(fault(std::string(1001, 'x')), "");
}

TEST(PasswordRule, TakesNotTheNameOfTheAccount) {
  EXPECT_NE(fault("administrator", "administrator"), "");
  EXPECT_EQ(fault("administrator", "another"), "");
}

}  // namespace
}  // namespace mingjian
