// The READMEs tell the truth: their commands are run as written, against a server with the
// demonstration office.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

const std::string kAddress = "http://127.0.0.1:8080";

// The indented lines under the heading, as commands.
std::string commands_under(const std::string& file, const std::string& heading) {
  const std::string text = read_file(std::filesystem::path(MINGJIAN_SOURCE_DIR) / file);
  const auto start = text.find("\n## " + heading + "\n");
  EXPECT_NE(start, std::string::npos) << file << " has no heading " << heading;
  if (start == std::string::npos) return {};
  std::istringstream lines(text.substr(start + 1, text.find("\n## ", start + 1) - start - 1));
  std::string commands;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("    ")) commands += line.substr(4) + "\n";
  }
  return commands;
}

// Runs it in bash, with a curl whose exit code says where an answer is no success.
Ran run_script(const std::string& commands, const Office& office) {
  const std::string home = office.file("home");
  std::filesystem::create_directory(home);
  std::ofstream(home + "/.curlrc") << "fail-with-body\n";
  std::ofstream(office.file("commands.sh")) << commands;
  const std::string line = "CURL_HOME=" + home + " bash " + office.file("commands.sh") + " >" +
                           office.file("output") + " 2>&1";
  const int status = std::system(line.c_str());
  return {WEXITSTATUS(status), read_file(office.file("output"))};
}

struct Readme {
  const char* file;
  const char* heading;
  const char* changing;  // heading of the lines that go on with what is set up under `heading`
};

void PrintTo(const Readme& readme, std::ostream* out) { *out << readme.file; }

class ReadmeCommands : public ::testing::TestWithParam<Readme> {};

TEST_P(ReadmeCommands, WorkAsWritten) {
  std::string commands = commands_under(GetParam().file, GetParam().heading);
  const auto address = commands.find(kAddress);
  ASSERT_NE(address, std::string::npos);
  const ServedOffice served({"lin-wei", "zhou-yan", "qiu-shi"});
  commands.replace(address, kAddress.size(), served.server().address());
  const Ran ran = run_script("set -euo pipefail\n" + commands, served.office());
  EXPECT_EQ(ran.code, 0) << ran.out;

  EXPECT_THAT(ran.out, HasSubstr("\"event\":\"verify_first\"")) << "the transitions";
  EXPECT_THAT(ran.out, HasSubstr("\"type\":\"approval_decided\"")) << "the history";
  EXPECT_THAT(ran.out, HasSubstr("周岩（主要负责人）同意“先行初步核实”"));
}

TEST_P(ReadmeCommands, ChangeAProcedureAsWritten) {
  const std::string before = commands_under(GetParam().file, GetParam().heading);
  std::string commands = before.substr(0, before.find("# "));
  const auto address = commands.find(kAddress);
  ASSERT_NE(address, std::string::npos);
  const ServedOffice served({"qiu-shi", "admin-system", "admin-system-2"});
  commands.replace(address, kAddress.size(), served.server().address());
  commands += commands_under(GetParam().file, GetParam().changing);
  const Ran ran = run_script("set -euo pipefail\ncd \"$CURL_HOME\"\n" + commands, served.office());
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("\"state\":\"proposed\"")) << "what waits";
  EXPECT_THAT(ran.out, HasSubstr("{\"items\":[]}")) << "what the check finds in it";
  EXPECT_THAT(ran.out, HasSubstr("系统管理员（二）确认 clue 第 2 版")) << "the history";
}

INSTANTIATE_TEST_SUITE_P(Both, ReadmeCommands,
                         ::testing::Values(Readme{"README.md", "Use it", "Change a procedure"},
                                           Readme{"README.zh-CN.md", "使用", "修改流程"}),
                         [](const auto& each) { return each.index == 0 ? "English" : "Chinese"; });

TEST(Readme, ShowsHowToLookAtAProcedure) {
  for (const auto& [file, heading] : {std::pair{"README.md", "Look at a procedure"},
                                      std::pair{"README.zh-CN.md", "看懂一个流程"}}) {
    SCOPED_TRACE(file);
    const Office office(std::set<std::string>{});
    std::filesystem::create_directory_symlink(kWorkflows, office.file("workflows"));
    const Ran ran = run_script("set -eu\ncd " + office.file("") + "\nmingjian() { " +
                                   MINGJIAN_BINARY + " \"$@\"; }\n" + commands_under(file, heading),
                               office);
    EXPECT_EQ(ran.code, 0) << ran.out;
    EXPECT_THAT(read_file(office.file("accountability.svg")), HasSubstr("</svg>"));
    EXPECT_THAT(read_file(office.file("accountability.md")), HasSubstr("# "));
  }
}

TEST(Readme, NamesEverySubcommandAndEveryHelpTeachesByAnExample) {
  const std::string english = read_file(std::filesystem::path(MINGJIAN_SOURCE_DIR) / "README.md");
  const std::string chinese =
      read_file(std::filesystem::path(MINGJIAN_SOURCE_DIR) / "README.zh-CN.md");
  const std::string help = run("--help").out;
  std::istringstream lines(help.substr(help.find("Subcommands:")));
  std::string line;
  std::getline(lines, line);
  int count = 0;
  for (std::string name; std::getline(lines, line) && line.starts_with("  "); ++count) {
    std::istringstream(line) >> name;
    if (line.starts_with("   ")) continue;  // the description goes on
    SCOPED_TRACE(name);
    EXPECT_THAT(english, HasSubstr("`" + name));
    EXPECT_THAT(chinese, HasSubstr("`" + name));
    const Ran told = run(name + " --help");
    EXPECT_EQ(told.code, 0);
    EXPECT_THAT(told.out, HasSubstr("例 example"));
    EXPECT_THAT(told.out, HasSubstr("  mingjian " + name));
  }
  EXPECT_GE(count, 6);
}

}  // namespace
}  // namespace mingjian::testing
