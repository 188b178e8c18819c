#include <map>
#include <sstream>
#include <vector>

#include <nlohmann/json.hpp>

#include "api/cli/help.h"
#include "api/cli/installation.h"
#include "api/cli/progress.h"
#include "api/cli/store_options.h"
#include "engine/base/digest.h"
#include "engine/base/wording.h"

namespace mingjian::cli {
namespace {

// 案件类别 -> the definition that handles it (codes.json, "families").
const std::map<std::string, std::string> kDefinitions = {{"clue", "clue"},
                                                         {"false_accusation", "clue"},
                                                         {"style", "style_problem"},
                                                         {"accountability", "accountability"},
                                                         {"clarification", "clarification"}};

struct Refusal {
  std::string pointer;
  Text message;
};

// The command that a line asks for. What became of the case is not part of its filing.
tl::expected<FileCase, Refusal> command_of(std::string_view line) {
  auto record = parse_json(line);
  if (!record) return tl::unexpected(Refusal{record.error().pointer, record.error().message});
  if (!record->is_object())
    return tl::unexpected(Refusal{"", {"应为 JSON 对象", "expected a JSON object"}});
  const auto family = record->find("family");
  if (family == record->end() || !family->is_string()) {
    return tl::unexpected(Refusal{"/family", {"缺少案件类别 family", "the family is missing"}});
  }
  const auto definition = kDefinitions.find(family->get<std::string>());
  if (definition == kDefinitions.end()) {
    return tl::unexpected(Refusal{"/family", {"没有这个案件类别", "there is no such family"}});
  }
  Json data = *record;
  for (const char* key : {"family", "outcome", "expected_path"}) data.erase(key);
  if (data.contains("case_id")) {
    data["reference"] = data["case_id"];
    data.erase("case_id");
  }
  return FileCase{definition->second, std::move(data)};
}

std::vector<Refusal> refusals_of(const Rejection& rejection) {
  std::vector<Refusal> refusals;
  if (const auto* obstacles = std::get_if<std::vector<Obstacle>>(&rejection)) {
    for (const Obstacle& obstacle : *obstacles) {
      const std::string& pointer = obstacle.pointer;
      refusals.push_back(
          {pointer.starts_with("/data") ? pointer.substr(5) : pointer, obstacle.message});
    }
  } else if (const auto* error = std::get_if<Error>(&rejection)) {
    refusals.push_back({error->pointer, error->message});
  } else {
    refusals.push_back(
        {"", {"这一行已经以其他内容导入", "this line was imported with other content"}});
  }
  return refusals;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(std::move(line));
  return lines;
}

class Importer {
 public:
  Importer(Installation& office, std::string person, std::ostream& out)
      : office_(office), person_(std::move(person)), out_(out) {}

  void take(std::size_t number, const std::string& line) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) return;
    auto command = command_of(line);
    if (!command) return refuse(number, {command.error()});
    auto actor = office_.people.acting(person_);
    if (!actor) return refuse(number, refusals_of(actor.error()));
    const std::string digest = sha256_hex(line);
    auto answer = office_.cases.execute({.actor = std::move(*actor),
                                         .idempotency_key = "import-" + digest,
                                         .fingerprint = digest,
                                         .case_id = {},
                                         .expected = 0,
                                         .command = std::move(*command)});
    if (!answer) return refuse(number, refusals_of(answer.error()));
    ++(answer->repeated ? known_ : filed_);
  }

  int summarize() const {
    out_ << "已受理 filed: " << filed_ << "，以前已导入 already there: " << known_
         << "，不予受理 refused: " << refused_ << "\n";
    return refused_ == 0 ? kDone : kSomeRefused;
  }

 private:
  void refuse(std::size_t number, const std::vector<Refusal>& refusals) {
    ++refused_;
    for (const Refusal& refusal : refusals) {
      out_ << "第 " << number << " 行 line " << number << ": "
           << (refusal.pointer.empty() ? "/" : refusal.pointer) << ": " << both(refusal.message)
           << "\n";
    }
  }

  Installation& office_;
  PersonId person_;
  std::ostream& out_;
  std::size_t filed_ = 0;
  std::size_t known_ = 0;
  std::size_t refused_ = 0;
};

// mingjian import FILE.jsonl: files one case a line, through the same service as the API. A line
// that is refused is reported with its number and pointer, and stops nothing else. The same line
// imported again by the same person is not filed twice.
int import_cases(const Settings& settings, const std::string& file, const std::string& person,
                 std::ostream& out, std::ostream& complaints) {
  const auto text = read_file(file);
  if (!text) {
    complaints << file << ": " << both(text.error().message) << "\n";
    return kUnusable;
  }
  const auto installation = open_installation(settings, complaints);
  if (!installation) return kUnusable;
  const auto lines = lines_of(*text);
  Importer importer(*installation, person, out);
  {
    Progress progress(complaints, "导入 import", lines.size(), on_a_terminal());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      importer.take(i + 1, lines[i]);
      progress.advance();
    }
  }
  return importer.summarize();
}

}  // namespace

void add_import(const Program& program) {
  struct Given {
    std::string file;
    std::string person;
  };
  const StoreCommand command = add_store_command(
      program, "import", "由 JSON Lines 文件受理案件 / file cases from a JSON Lines file");
  add_example(*command.app,
              "mingjian import workflows/demonstration/cases.jsonl --as he-qing "
              "--store var/mingjian.db");
  const auto given = std::make_shared<Given>();
  command.app->add_option("file", given->file, "每行一个案件 / one case a line")->required();
  command.app->add_option("--as", given->person, "以谁的名义受理 / the person who files them")
      ->required();
  when_chosen(command, program, [program, given](const Settings& settings) {
    return import_cases(settings, given->file, given->person, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
