// One English word for each Chinese term: the glossary against the code, and the definitions
// against the glossary.
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/access/role.h"
#include "engine/case/event.h"
#include "engine/case/obstacle.h"
#include "tests/support/shipped.h"

namespace mingjian::testing {
namespace {

struct Term {
  std::string zh;
  std::string en;
  std::set<std::string> codes;
};

std::string trimmed(const std::string& cell) {
  const auto from = cell.find_first_not_of(' ');
  return from == std::string::npos ? "" : cell.substr(from, cell.find_last_not_of(' ') - from + 1);
}

std::set<std::string> codes_in(const std::string& cell) {
  std::set<std::string> codes;
  std::istringstream words(cell);
  for (std::string word; words >> word;) codes.insert(word.substr(1, word.size() - 2));
  return codes;
}

// The rows of all tables.
const std::vector<Term>& glossary() {
  static const std::vector<Term> kTerms = [] {
    std::vector<Term> terms;
    std::istringstream lines(read_file(kWorkflows + "/GLOSSARY.md"));
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("| ") || line.starts_with("| 中文")) continue;
      std::istringstream cells(line.substr(1));
      std::string zh;
      std::string en;
      std::string codes;
      std::getline(cells, zh, '|');
      std::getline(cells, en, '|');
      std::getline(cells, codes, '|');
      terms.push_back({trimmed(zh), trimmed(en), codes_in(codes)});
    }
    return terms;
  }();
  return kTerms;
}

const Term* term_of_code(const std::string& code, const Text& title) {
  for (const Term& term : glossary()) {
    if (term.codes.contains(code) && term.zh == title.zh) return &term;
  }
  return nullptr;
}

void expect_term(const std::string& code, const Text& title) {
  const Term* const term = term_of_code(code, title);
  ASSERT_NE(term, nullptr) << code << " " << title.zh << " is not in the glossary";
  EXPECT_EQ(term->en, title.en) << code;
}

TEST(Glossary, HasOneEnglishWordForEachChineseTermAndTheOtherWayRound) {
  std::map<std::string, std::string> english;
  std::map<std::string, std::string> chinese;
  ASSERT_GE(glossary().size(), 100U);
  for (const Term& term : glossary()) {
    EXPECT_EQ(english.emplace(term.zh, term.en).first->second, term.en) << term.zh;
    EXPECT_EQ(chinese.emplace(term.en, term.zh).first->second, term.zh) << term.en;
  }
}

TEST(Glossary, NamesTheRolesAsTheProgramDoes) {
  for (const Role& each : role::kAll) expect_term(each.value(), role::title(each));
}

TEST(Glossary, NamesTheStagesAsTheirCodesDo) {
  for (const Code& stage : shipped_register().codes.at("stages"))
    expect_term(stage.code, stage.title);
}

TEST(Glossary, KnowsEveryCodeTableAndEveryKindOfEvent) {
  std::set<std::string> known;
  for (const Term& term : glossary()) known.insert(term.codes.begin(), term.codes.end());
  for (const auto& [name, codes] : shipped_register().codes)
    EXPECT_TRUE(known.contains(name)) << name;
  for (const EventBody& body :
       {EventBody(CaseFiled{}), EventBody(TransitionFired{}), EventBody(ApprovalRequested{}),
        EventBody(ApprovalDecided{}), EventBody(MemberAssigned{}), EventBody(MaterialAttached{}),
        EventBody(DataAmended{}), EventBody(NoteAdded{}), EventBody(CaseLinked{}),
        EventBody(RequestWithdrawn{}), EventBody(SignatureTakenBack{}), EventBody(TaskHandedOver{}),
        EventBody(RequestUrged{})}) {
    const std::string type = type_of({1, {}, {}, {}, {}, body});
    EXPECT_TRUE(known.contains(type)) << type;
  }
}

TEST(Glossary, ListsTheKindsOfObstacle) {
  const std::string text = read_file(kWorkflows + "/GLOSSARY.md");
  for (int kind = 0; kind <= static_cast<int>(ObstacleKind::kSecrecy); ++kind)
    EXPECT_THAT(text, ::testing::HasSubstr("`" + name_of(static_cast<ObstacleKind>(kind)) + "`"));
}

TEST(Definitions, CallTheirStagesAsTheCodesAre) {
  for (const Definition& definition : shipped_definitions()) {
    const auto& stages = shipped_register().codes.at("stages");
    for (chart::StateIndex state = 0; state < definition.chart().states().size(); ++state) {
      const StateNotes& notes = definition.notes(state);
      for (const Code& code : stages) {
        if (code.code != notes.stage) continue;
        EXPECT_EQ(notes.title.en, code.title.en) << definition.id() << " " << notes.stage;
      }
    }
  }
}

TEST(Definitions, CallThoseWhoSignByTheirRole) {
  for (const Definition& definition : shipped_definitions()) {
    for (chart::TransitionIndex index = 0; index < definition.chart().transitions().size();
         ++index) {
      for (const ApprovalStep& step : definition.transition_notes(index).approval) {
        for (const Role& signer : step.roles) {
          const Text role = role::title(signer);
          EXPECT_THAT(step.title.zh, ::testing::HasSubstr(role.zh));
          // The members decide as a body, which has a name of its own.
          if (signer == role::kCommitteeMember) continue;
          EXPECT_THAT(step.title.en, ::testing::HasSubstr(role.en));
        }
      }
    }
  }
}

// All titles of fields in a form.
void add_titles(const Json& schema, std::vector<Text>& titles) {
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [name, property] : properties.items()) {
    if (property.contains("title"))
      titles.push_back({property["title"].value("zh", ""), property["title"].value("en", "")});
    add_titles(property, titles);
    if (property.contains("items")) add_titles(property["items"], titles);
  }
}

TEST(Definitions, CallTheirFieldsByTheGlossary) {
  std::map<std::string, std::string> english;
  for (const Term& term : glossary()) english.emplace(term.zh, term.en);
  for (const Definition& definition : shipped_definitions()) {
    std::vector<Text> titles;
    add_titles(definition.filing().form.schema(), titles);
    add_titles(definition.data().schema(), titles);
    ASSERT_FALSE(titles.empty());
    for (const Text& title : titles) {
      const auto term = english.find(title.zh);
      EXPECT_EQ(title.en, term == english.end() ? title.en : term->second) << title.zh;
    }
  }
}

}  // namespace
}  // namespace mingjian::testing
