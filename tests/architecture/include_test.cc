#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/architecture/include_rules.h"
#include "tests/support/conformance_files.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

SourceTree project() {
  SourceTree tree;
  const std::filesystem::path root(MINGJIAN_SOURCE_DIR);
  for (const char* const top : {"engine", "api", "adapters", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (!entry.is_regular_file() || (extension != ".h" && extension != ".cc")) continue;
      tree[entry.path().lexically_relative(root).generic_string()] = read_file(entry.path());
    }
  }
  return tree;
}

// The complaints about one file with one include.
std::vector<std::string> complaints(const std::string& file, const std::string& include) {
  return wrong_includes({{file, "#include " + include + "\n"}});
}

TEST(Project, IncludesRunOneWay) { EXPECT_THAT(wrong_includes(project()), IsEmpty()); }

TEST(Project, HasNoFileOfMoreThan500Lines) { EXPECT_THAT(long_files(project(), 500), IsEmpty()); }

TEST(Project, IsFoundByThisTest) { EXPECT_TRUE(project().contains("engine/base/json.h")); }

TEST(WrongIncludes, NamesFileHeaderAndReason) {
  EXPECT_THAT(complaints("engine/base/json.h", "\"engine/guard/path.h\""),
              ElementsAre("engine/base/json.h includes engine/guard/path.h: base does not come "
                          "after guard"));
}

TEST(WrongIncludes, KeepsTheEngineApartFromTheOutside) {
  EXPECT_EQ(complaints("engine/case/decide.cc", "\"adapters/sqlite/store.h\"").size(), 1U);
  EXPECT_EQ(complaints("engine/case/decide.cc", "\"api/http/problem.h\"").size(), 1U);
  EXPECT_EQ(complaints("api/http/server.cc", "\"adapters/sqlite/store.h\"").size(), 1U);
  EXPECT_EQ(complaints("adapters/sqlite/store.cc", "\"api/http/problem.h\"").size(), 1U);
  EXPECT_THAT(complaints("api/cli/main.cc", "\"adapters/sqlite/store.h\""), IsEmpty());
}

TEST(WrongIncludes, KeepsTheOrderOfTheRooms) {
  EXPECT_EQ(complaints("engine/ports/store.h", "\"engine/case/event.h\"").size(), 1U);
  EXPECT_EQ(complaints("engine/chart/chart.h", "\"engine/definition/form.h\"").size(), 1U);
  EXPECT_EQ(complaints("engine/definition/form.h", "\"engine/case/event.h\"").size(), 1U);
  EXPECT_EQ(complaints("engine/render/svg.h", "\"engine/case/event.h\"").size(), 1U);
  EXPECT_EQ(complaints("engine/case/event.h", "\"engine/service/people.h\"").size(), 1U);
  EXPECT_EQ(complaints("engine/cellar/wine.h", "\"engine/base/json.h\"").size(), 1U);
  EXPECT_THAT(complaints("engine/case/event.h", "\"engine/definition/form.h\""), IsEmpty());
}

TEST(WrongIncludes, KeepsThirdPartyHeadersInTheirRoom) {
  EXPECT_EQ(complaints("api/http/router.cc", "<httplib.h>").size(), 1U);
  EXPECT_EQ(complaints("engine/case/decide.cc", "<sqlite3.h>").size(), 1U);
  EXPECT_EQ(complaints("api/cli/main.cc", "<SQLiteCpp/Database.h>").size(), 1U);
  EXPECT_EQ(complaints("engine/base/json.cc", "<openssl/sha.h>").size(), 1U);
  EXPECT_EQ(complaints("engine/service/people.cc", "<argon2.h>").size(), 1U);
  EXPECT_EQ(complaints("engine/render/svg.cc", "<graphviz/gvc.h>").size(), 1U);
  EXPECT_EQ(complaints("adapters/crypto/json_web_keys.cc", "<curl/curl.h>").size(), 1U);
  EXPECT_EQ(complaints("api/http/codec.cc", "<valijson/schema.hpp>").size(), 1U);
  EXPECT_THAT(complaints("engine/base/digest.cc", "<openssl/sha.h>"), IsEmpty());
  EXPECT_THAT(complaints("tests/http/api_test.cc", "<httplib.h>"), IsEmpty());
}

TEST(LongFiles, CountsLines) {
  const SourceTree tree = {{"a.cc", "1\n2\n"}, {"b.cc", "1\n2\n3\n"}};
  EXPECT_THAT(long_files(tree, 2), ElementsAre("b.cc"));
}

}  // namespace
}  // namespace mingjian::testing
