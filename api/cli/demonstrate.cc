#include <algorithm>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "api/cli/api_client.h"
#include "api/cli/commands.h"
#include "api/cli/exit_code.h"
#include "api/cli/help.h"
#include "api/cli/progress.h"
#include "api/cli/route.h"
#include "api/cli/settings.h"
#include "api/cli/workflows_folder.h"
#include "engine/base/wording.h"
#include "engine/definition/sample.h"

namespace mingjian::cli {
namespace {

struct Demonstration {
  std::string server;       // e.g. "http://127.0.0.1:8080"
  std::string office_file;  // people with their passwords, as `mingjian office` reads
  std::string cases_file;   // JSON Lines with "expected_path", as `mingjian import` reads
  std::string workflows;    // the folder of the definitions that the server runs
  bool to_the_end = false;  // else every case stops at another stage, some with a pending request
};

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

// Moves one case, as the people whose turn it is: always the same for a case, others for the next.
class Walk {
 public:
  Walk(ApiClient& api, const Cast& cast, std::string id, std::size_t turn)
      : api_(api), cast_(cast), path_("/api/v1/cases/" + std::move(id)), turn_(turn) {}

  enum class Outcome { kTaken, kPending };

  // Takes a step, as somebody who may. `approve`: false leaves its request pending.
  Result<Outcome> take(const RouteStep& step, bool approve) {
    auto choice = somebody_for(step.event);
    if (!choice) return tl::unexpected<Error>(choice.error());
    const auto& [person, option] = *choice;
    Json body = Json::object();
    if (!step.data.is_null()) body["data"] = step.data;
    auto done = act(person, "/transitions/" + step.event, body);
    const std::size_t signatures = option["approval"].size();
    for (std::size_t i = 0; done && approve && i < signatures; ++i) done = sign();
    if (!done) return tl::unexpected<Error>(done.error());
    return approve || signatures == 0 ? Outcome::kTaken : Outcome::kPending;
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

  Result<Choice> somebody_for(const std::string& event) {
    std::string why = "-";
    for (const char* role : {"inspector", "trial_officer", "case_supervision"}) {
      const std::string person = someone(role);
      auto options = api_.get(person, path_ + "/transitions");
      if (!options) return tl::unexpected<Error>(options.error());
      version_ = (*options)["version"];
      for (const Json& option : (*options)["items"]) {
        if (option["event"] != event) continue;
        if (option["allowed"].get<bool>()) return Choice{person, option};
        why = option["obstacles"].dump();
      }
    }
    return fail(ErrorKind::kConflict,
                {"无人可以办理 " + event + "：" + why, "nobody may take " + event + ": " + why});
  }

  Result<void> sign() {
    auto view = api_.get(someone("main_head"), path_);
    if (!view) return tl::unexpected<Error>(view.error());
    const Json& request = (*view)["requests"].back();
    const Json& step = request["steps"][request["step"].get<std::size_t>()];
    const auto turn = std::find_if(step["signers"].begin(), step["signers"].end(),
                                   [](const Json& signer) { return signer.contains("task"); });
    const std::string task = (*turn)["task"];
    auto answer = api_.post(someone((*turn)["role"]), "/api/v1/tasks/" + task + "/decision",
                            {{"decision", "approve"}, {"opinion", "同意。"}}, (*view)["version"],
                            "demonstration-" + task);
    if (!answer) return tl::unexpected<Error>(answer.error());
    version_ = (*answer)["version"];
    return {};
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
    version_ = (*answer)["version"];
    return {};
  }

  ApiClient& api_;
  const Cast& cast_;
  const std::string path_;
  const std::size_t turn_;
  std::uint64_t version_ = 0;
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
  Rehearsal(const Demonstration& demonstration, const Workflows& workflows, ApiClient& api,
            const Cast& cast, std::ostream& out)
      : demonstration_(demonstration), workflows_(workflows), api_(api), cast_(cast), out_(out) {}

  void play(const Json& record, const Json& view, std::size_t turn) {
    out_ << view["number"].get<std::string>() << " " << record["case_id"].get<std::string>()
         << "：";
    if (view["version"] != 1) {
      out_ << "已在办理中 already under way\n";
      return;
    }
    const auto moved = walk(record, view, turn);
    if (!moved) {
      ++stuck_;
      out_ << "\n  " << both(moved.error().message);
    }
    out_ << "\n";
  }

  [[nodiscard]] int code() const { return stuck_ == 0 ? kDone : kSomeRefused; }

 private:
  // Thinks the whole way through first, and then goes as far as the case is to go.
  Result<void> walk(const Json& record, const Json& view, std::size_t turn) {
    const auto path = path_of(record);
    const auto route = route_of(record, view, path);
    if (!route) return tl::unexpected<Error>(route.error());
    Walk walk(api_, cast_, view["id"], turn);
    auto staffed = walk.staff();
    if (!staffed) return staffed;
    out_ << path.front();
    const std::size_t stop = stop_of(demonstration_, turn, path.size());
    std::size_t reached = 1;
    for (auto step = route->begin(); step != route->end() && reached <= stop; ++step) {
      // The last step of a case that stops on its way waits for its approval.
      const auto outcome = walk.take(*step, step->reached <= stop || stop == path.size());
      if (!outcome) return tl::unexpected<Error>(outcome.error());
      for (; reached < step->reached; ++reached) {
        out_ << " > " << path[reached];
        if (*outcome == Walk::Outcome::kPending) out_ << "（待审批 awaiting approval）";
      }
    }
    return {};
  }

  Result<std::vector<RouteStep>> route_of(const Json& record, const Json& view,
                                          const std::vector<std::string>& path) const {
    const Json& reference = view["definition"];
    const auto& definitions = workflows_.definitions;
    const auto definition =
        std::find_if(definitions.begin(), definitions.end(),
                     [&](const Definition& each) { return each.digest() == reference["digest"]; });
    if (definition == definitions.end()) {
      return fail(ErrorKind::kConflict, {"服务所用的流程定义与此目录中的不同",
                                         "the server has another definition than this folder"});
    }
    return find_route(*definition, view["data"], path, [&](const Json& schema) {
      return sample(schema, choose_known(record["outcome"]), record["received_on"]);
    });
  }

  const Demonstration& demonstration_;
  const Workflows& workflows_;
  ApiClient& api_;
  const Cast& cast_;
  std::ostream& out_;
  std::size_t stuck_ = 0;
};

int play_all(const Demonstration& demonstration, const Workflows& workflows, const Cast& cast,
             const std::string& cases, std::ostream& out, std::ostream& complaints) {
  ApiClient api(demonstration.server, cast.passwords);
  auto present = cases_by_reference(api, cast.roles.at("main_head").front());
  if (!present) {
    complaints << both(present.error().message) << "\n";
    return kUnusable;
  }
  Rehearsal rehearsal(demonstration, workflows, api, cast, out);
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
    complaints << demonstration.office_file << ": " << both(office.error().message) << "\n";
    return kUnusable;
  }
  GivenOptions given;
  given.workflows = demonstration.workflows;
  const auto settings = read_settings(given);
  if (!settings) {
    complaints << both(settings.error().message) << "\n";
    return kUnusable;
  }
  const auto workflows = load_workflows(settings->workflows);
  if (!workflows) {
    complaints << describe(workflows.error());
    return kUnusable;
  }
  return play_all(demonstration, *workflows, cast_of(*office), *cases_text, out, complaints);
}

}  // namespace

void add_demonstrate(const Program& program) {
  CLI::App* const command = program.app.add_subcommand(
      "demonstrate",
      "由不同人员把示范案件办到不同环节 / move the demonstration cases on, as different people");
  add_example(*command,
              "mingjian demonstrate --server http://127.0.0.1:8080 "
              "--office workflows/demonstration/office.json "
              "--cases workflows/demonstration/cases.jsonl");
  const auto given = std::make_shared<Demonstration>();
  command
      ->add_option("--server", given->server,
                   "服务地址 / address of the server, e.g. http://127.0.0.1:8080")
      ->required();
  command->add_option("--office", given->office_file, "人员文件 / the office file with passwords")
      ->required();
  command->add_option("--cases", given->cases_file, "案件文件 / the cases, as imported")
      ->required();
  command->add_option("--workflows", given->workflows,
                      "流程定义目录 / the folder of definitions [MINGJIAN_WORKFLOWS]");
  command->add_flag("--to-the-end", given->to_the_end, "全部办结 / close every case");
  command->callback([program, given] {
    program.exit_code = demonstrate(*given, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
