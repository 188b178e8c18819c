// Strings that break things, in every text field: each comes back as it was sent.
#include <iostream>

#include <gtest/gtest.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

// Some of the worst, where the suite is not there.
std::vector<std::string> own_strings() {
  return {"'; DROP TABLE cases; --",
          "\"",
          "\\",
          "%s%n",
          "<script>alert(1)</script>",
          "{{7*7}}",
          "\xE2\x80\xAE"
          "abc",
          "\xEF\xBB\xBF"
          "BOM",
          "e\xCC\x81",
          "👩‍👩‍👧‍👦",
          "田中さん",
          "\x01\x02\x7F",
          "null",
          "1e400",
          "\xF0\x90\x80\x80"};
}

std::vector<std::string> naughty_strings() {
  std::vector<std::string> strings = own_strings();
  const auto file = conformance_folder() / "naughty-strings.json";
  if (!std::filesystem::exists(file)) {
    std::cout << "naughty-strings.json is not there; only a few strings of our own are tried\n";
    return strings;
  }
  const Json suite = Json::parse(read_file(file));
  for (const Json& text : suite["strings"]) strings.push_back(text);
  return strings;
}

// The text in every field that has room for it.
Json filing_with(const std::string& text) {
  Json filing = accountability_filing(text);
  Json& data = filing["data"];
  data["facts_en"] = text;
  Json& subject = data["subjects"][0];
  if (!text.empty() && text.size() <= 100) subject["name"] = text;
  if (text.size() > 200) return filing;
  for (const char* field : {"post", "org"}) subject[field] = text;
  for (const char* field : {"reference", "source_kind"}) data[field] = text;
  return filing;
}

Json material_with(const std::string& text) {
  return {{"kind", "report"},
          {"title", text},
          {"sha256", std::string(64, 'a')},
          {"bytes", 1},
          {"media_type", text}};
}

// The texts of all notes of the case.
std::vector<std::string> notes_of(const Visitor& visitor, const std::string& path) {
  std::vector<std::string> notes;
  for (std::string at = "0"; !at.empty();) {
    const Json page = json_of(visitor.get(path + "/history?limit=200&cursor=" + at));
    for (const Json& act : page["items"]) {
      if (act["type"] == "note_added") notes.push_back(act["text"]);
    }
    at = page["next"].is_null() ? "" : page["next"].get<std::string>();
  }
  return notes;
}

TEST(NaughtyStrings, ComeBackFromEveryTextFieldAsTheyWereSent) {
  const ServedOffice served({"lin-wei"});
  Visitor inspector = served.visitor("lin-wei");
  const std::string noted = file_case(inspector);
  std::vector<std::string> notes;
  for (const std::string& text : naughty_strings()) {
    SCOPED_TRACE(Json(text).dump(-1, ' ', true));
    const int status = is_blank(text) ? 422 : 200;
    EXPECT_EQ(inspector.post(noted + "/notes", {{"text", text}}, notes.size() + 1).status, status);
    if (status == 200) notes.push_back(text);

    const Json filing = filing_with(text);
    const Answer filed = inspector.post("/api/v1/cases", filing);
    EXPECT_EQ(filed.status, text.empty() ? 422 : 201) << filed.body;
    if (filed.status != 201) continue;
    const std::string path = filed.header("location");
    EXPECT_EQ(inspector.post(path + "/materials", material_with(text), 1).status, status);
    const Json stored = json_of(inspector.get(path));
    for (const auto& [field, value] : filing["data"].items())
      EXPECT_EQ(stored["data"][field], value);
    if (status != 200) continue;
    EXPECT_EQ(stored["materials"][0]["title"], text);
    EXPECT_EQ(stored["materials"][0]["media_type"], text);
  }
  EXPECT_EQ(notes_of(inspector, noted), notes);
  EXPECT_EQ(served.office().run("verify").code, 0);
}

}  // namespace
}  // namespace mingjian::testing
