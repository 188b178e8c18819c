#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "api/cli/api_client.h"
#include "api/cli/commands.h"
#include "api/cli/exit_code.h"
#include "api/cli/form_filler.h"
#include "api/cli/progress.h"
#include "api/cli/workflows_folder.h"

namespace mingjian::cli {
namespace {

struct Demonstration {
  std::string server;       // e.g. "http://127.0.0.1:8080"
  std::string office_file;  // people with their passwords, as `mingjian office` reads
  std::string cases_file;   // JSON Lines with "expected_path", as `mingjian import` reads
  bool to_the_end = false;  // else every case stops at another stage, some with a pending request
};

// The end of every path: the final state is no stage of its own.
const std::string kClosed = "closed";

struct Cast {
  std::map<std::string, std::string> passwords;           // by person
  std::map<std::string, std::vector<std::string>> roles;  // role -> people who hold it
};

Cast cast_of(const Json& office) {
  Cast cast;
  for (const Json& person : office["people"]) {
    cast.passwords[person["id"]] = person.value("password", "");
    for (const Json& post : person["posts"]) cast.roles[post["role"]].push_back(person["id"]);
  }
  return cast;
}

bool enters(const Json& option, const std::string& stage) {
  return std::any_of(option["enters"].begin(), option["enters"].end(), [&](const Json& state) {
    const std::string id = state["id"];
    return state.value("stage", "") == stage || (stage == kClosed && id.ends_with("." + kClosed));
  });
}

// An option that does work inside the present stage and enters no other.
bool stays(const Json& option) {
  return std::all_of(option["enters"].begin(), option["enters"].end(), [](const Json& state) {
    return state.value("stage", "").empty() && !std::string(state["id"]).ends_with("." + kClosed);
  });
}

// Moves one case, as the people whose turn it is.
class Walk {
 public:
  Walk(ApiClient& api, const Cast& cast, std::string id, const Json& record, std::size_t turn)
      : api_(api),
        cast_(cast),
        path_("/api/v1/cases/" + std::move(id)),
        record_(record),
        turn_(turn) {}

  // Goes on to a stage. `approve`: false leaves the request pending.
  Result<void> go_to(const std::string& stage, bool approve) {
    for (int attempt = 0; attempt < 30; ++attempt) {
      auto option = find(stage);
      if (!option) return tl::unexpected<Error>(option.error());
      const bool arrives = enters(option->second, stage);
      auto done = take(option->first, option->second, approve || !arrives);
      // A join can lead on by itself once the last region has come to its end.
      if (!done || arrives || stands_at(stage)) return done;
    }
    return stuck(stage, "no end");
  }

  Result<void> staff() {
    auto chief = someone("department_head");
    auto assigned =
        act(chief, "/members", {{"person", someone("inspector")}, {"duty", "inspector"}});
    if (!assigned) return assigned;
    return act(someone("main_head"), "/members",
               {{"person", someone("trial_officer")}, {"duty", "trial_officer"}});
  }

 private:
  using Choice = std::pair<std::string, Json>;  // who, and the option as he sees it

  std::string someone(const std::string& role) const {
    const auto& people = cast_.roles.at(role);
    return people[turn_ % people.size()];
  }

  static tl::unexpected<Error> stuck(const std::string& stage, const std::string& why) {
    return fail(ErrorKind::kConflict,
                {"到不了环节 " + stage + "：" + why, "cannot reach stage " + stage + ": " + why});
  }

  // The step that leads to the stage; while something stands in its way, a step inside the stage.
  Result<Choice> find(const std::string& stage) {
    std::string why = "no step leads there";
    std::vector<Choice> inside;
    for (const char* role : {"inspector", "trial_officer", "case_supervision"}) {
      const std::string person = someone(role);
      auto options = api_.get(person, path_ + "/transitions");
      if (!options) return tl::unexpected<Error>(options.error());
      version_ = (*options)["version"];
      for (const Json& option : (*options)["items"]) {
        if (!option["allowed"].get<bool>()) {
          if (enters(option, stage)) why = option["obstacles"].dump();
          continue;
        }
        if (enters(option, stage)) return Choice{person, option};
        if (stays(option) && !taken_.contains(option["event"])) inside.emplace_back(person, option);
      }
    }
    if (!inside.empty()) {
      taken_.insert(inside.front().second["event"].get<std::string>());
      return inside.front();
    }
    return stuck(stage, why);
  }

  Result<void> take(const std::string& person, const Json& option, bool approve) {
    Json body = Json::object();
    if (!option["form"].is_null())
      body["data"] = fill_form(option["form"], record_["outcome"], record_["received_on"]);
    if (!option["enters"].empty() && !stays(option)) taken_.clear();
    auto done = act(person, "/transitions/" + option["event"].get<std::string>(), body);
    if (!done || !approve) return done;
    for (std::size_t step = 0; step < option["approval"].size(); ++step) {
      done = sign();
      if (!done) return done;
    }
    return {};
  }

  Result<void> sign() {
    auto view = api_.get(someone("main_head"), path_);
    if (!view) return tl::unexpected<Error>(view.error());
    const Json& request = (*view)["requests"].back();
    const Json& step = request["steps"][request["step"].get<std::size_t>()];
    const std::string task = request["task"];
    auto answer = api_.post(someone(step["role"]), "/api/v1/tasks/" + task + "/decision",
                            {{"decision", "approve"}, {"opinion", "同意。"}}, (*view)["version"],
                            "demonstration-" + task);
    if (!answer) return tl::unexpected<Error>(answer.error());
    note(*answer);
    return {};
  }

  void note(const Json& answer) {
    version_ = answer["version"];
    stages_ = answer["stages"].get<std::vector<std::string>>();
  }

  bool stands_at(const std::string& stage) const {
    return std::any_of(stages_.begin(), stages_.end(),
                       [&](const std::string& id) { return id.ends_with("." + stage); });
  }

  Result<void> act(const std::string& person, const std::string& what, const Json& body) {
    if (version_ == 0) {
      auto view = api_.get(person, path_);
      if (!view) return tl::unexpected<Error>(view.error());
      version_ = (*view)["version"];
    }
    auto answer = api_.post(person, path_ + what, body, version_,
                            "demonstration-" + path_.substr(14) + "-" + std::to_string(version_));
    if (!answer) return tl::unexpected<Error>(answer.error());
    note(*answer);
    return {};
  }

  ApiClient& api_;
  const Cast& cast_;
  const std::string path_;
  const Json& record_;
  const std::size_t turn_;
  std::uint64_t version_ = 0;
  std::vector<std::string> stages_;
  std::set<std::string> taken_;  // steps inside the present stage
};

// The cases of the server by the reference that they were imported with.
Result<std::map<std::string, Json>> cases_by_reference(ApiClient& api, const std::string& reader) {
  std::map<std::string, Json> found;
  for (std::string cursor;;) {
    auto page =
        api.get(reader, "/api/v1/cases?limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor));
    if (!page) return tl::unexpected<Error>(page.error());
    for (const Json& head : (*page)["items"]) {
      auto view = api.get(reader, "/api/v1/cases/" + head["id"].get<std::string>());
      if (!view) return tl::unexpected<Error>(view.error());
      const std::string reference = (*view)["data"].value("reference", "");
      found.insert_or_assign(reference, std::move(*view));
    }
    if ((*page)["next"].is_null()) return found;
    cursor = (*page)["next"];
  }
}

std::vector<std::string> path_of(const Json& record) {
  auto path = record["expected_path"].get<std::vector<std::string>>();
  path.push_back(kClosed);
  return path;
}

// How far a case is taken: to its end, or, for the demonstration, each to another stage.
std::size_t stop_of(const Demonstration& demonstration, std::size_t turn, std::size_t length) {
  return demonstration.to_the_end || turn % 5 == 4 ? length : 1 + (turn * 3) % length;
}

class Rehearsal {
 public:
  Rehearsal(const Demonstration& demonstration, ApiClient& api, const Cast& cast, std::ostream& out)
      : demonstration_(demonstration), api_(api), cast_(cast), out_(out) {}

  void play(const Json& record, const Json& view, std::size_t turn) {
    if (view["version"] != 1) {
      out_ << view["number"].get<std::string>() << "：已在办理中 already under way\n";
      return;
    }
    const auto path = path_of(record);
    const std::size_t stop = stop_of(demonstration_, turn, path.size());
    Walk walk(api_, cast_, view["id"], record, turn);
    out_ << view["number"].get<std::string>() << " " << record["case_id"].get<std::string>() << "："
         << path.front();
    auto moved = walk.staff();
    for (std::size_t i = 1; moved && i < path.size() && i <= stop; ++i) {
      const bool approve = i < stop || demonstration_.to_the_end || stop == path.size();
      moved = walk.go_to(path[i], approve);
      if (moved) out_ << " > " << path[i];
    }
    if (!moved) {
      ++stuck_;
      out_ << "\n  " << moved.error().message.zh << " / " << moved.error().message.en;
    }
    out_ << "\n";
  }

  [[nodiscard]] int code() const { return stuck_ == 0 ? kDone : kSomeRefused; }

 private:
  const Demonstration& demonstration_;
  ApiClient& api_;
  const Cast& cast_;
  std::ostream& out_;
  std::size_t stuck_ = 0;
};

int play_all(const Demonstration& demonstration, const Cast& cast, const std::string& cases,
             std::ostream& out, std::ostream& complaints) {
  ApiClient api(demonstration.server, cast.passwords);
  auto present = cases_by_reference(api, cast.roles.at("main_head").front());
  if (!present) {
    complaints << present.error().message.zh << " / " << present.error().message.en << "\n";
    return kUnusable;
  }
  Rehearsal rehearsal(demonstration, api, cast, out);
  std::istringstream lines(cases);
  std::size_t turn = 0;
  Progress progress(complaints, "示范 demonstration", present->size(), on_a_terminal());
  for (std::string line; std::getline(lines, line); ++turn) {
    auto record = parse_json(line);
    if (!record || !record->contains("expected_path")) continue;
    const auto found = present->find(record->value("case_id", ""));
    if (found == present->end()) continue;
    rehearsal.play(*record, found->second, turn);
    progress.advance();
  }
  return rehearsal.code();
}

// mingjian demonstrate: walks the cases of the file, which were imported, along their expected
// paths over HTTP, signed in as the people whose turn it is. Prints a line a case: its number and
// the stages it went through. kSomeRefused where a case could not follow its path.
int demonstrate(const Demonstration& demonstration, std::ostream& out, std::ostream& complaints) {
  const auto office_text = read_file(demonstration.office_file);
  const auto cases_text = read_file(demonstration.cases_file);
  if (!office_text || !cases_text) {
    complaints
        << "无法读取人员文件或者案件文件 / the office file or the cases file cannot be read\n";
    return kUnusable;
  }
  const auto office = parse_json(*office_text);
  if (!office) {
    complaints << demonstration.office_file << ": " << office.error().message.zh << " / "
               << office.error().message.en << "\n";
    return kUnusable;
  }
  return play_all(demonstration, cast_of(*office), *cases_text, out, complaints);
}

}  // namespace

void add_demonstrate(const Program& program) {
  CLI::App* const command = program.app.add_subcommand(
      "demonstrate",
      "由不同人员把示范案件办到不同环节 / move the demonstration cases on, as different people");
  const auto given = std::make_shared<Demonstration>();
  command
      ->add_option("--server", given->server,
                   "服务地址 / address of the server, e.g. http://127.0.0.1:8080")
      ->required();
  command->add_option("--office", given->office_file, "人员文件 / the office file with passwords")
      ->required();
  command->add_option("--cases", given->cases_file, "案件文件 / the cases, as imported")
      ->required();
  command->add_flag("--to-the-end", given->to_the_end, "全部办结 / close every case");
  command->callback([program, given] {
    program.exit_code = demonstrate(*given, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
