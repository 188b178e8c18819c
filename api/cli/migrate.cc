#include <nlohmann/json.hpp>

#include "api/cli/help.h"
#include "api/cli/installation.h"
#include "api/cli/progress.h"
#include "api/cli/replay_text.h"
#include "api/cli/store_options.h"
#include "engine/base/digest.h"

namespace mingjian::cli {
namespace {

constexpr std::size_t kCasesAtOnce = 200;

struct MigrationOptions {
  std::string definition;
  std::int64_t version = 0;
  std::string mapping;             // a file; empty: every state keeps its id
  std::vector<std::string> cases;  // ids; empty: all
  bool all = false;
  std::string person;
  std::string reason;
  bool apply = false;
};

// The command for every case: what the file says of states and carrying, with version and reason.
Result<MigrateCase> read_command(const MigrationOptions& given) {
  Json order = Json::object();
  if (!given.mapping.empty()) {
    auto text = read_file(given.mapping);
    if (!text) return tl::unexpected<Error>(text.error());
    auto json = parse_json(*text);
    if (!json) return tl::unexpected<Error>(json.error());
    if (!json->is_object())
      return fail(ErrorKind::kInvalidInput, {"应为 JSON 对象", "expected a JSON object"});
    order = std::move(*json);
  }
  order["version"] = given.version;
  order["reason"] = given.reason;
  return migrate_case_from_json(order);
}

std::string describe_rejection(const Rejection& rejection) {
  if (const auto* obstacles = std::get_if<std::vector<Obstacle>>(&rejection))
    return describe(*obstacles);
  if (const auto* error = std::get_if<Error>(&rejection)) return "  " + both(error->message) + "\n";
  if (std::holds_alternative<Stale>(rejection)) {
    return "  " + both({"案件刚刚变化，请再次运行", "the case has just changed; run this again"}) +
           "\n";
  }
  return "  " +
         both({"此迁移以前以其他内容提交过", "this migration was ordered before otherwise"}) + "\n";
}

std::string describe_move(const CaseMigrated& migrated) {
  std::string stages;
  for (const std::string& stage : migrated.step.stages) stages += " " + stage;
  std::string lines = "  " + both({"迁移后处于：" + stages, "would stand in:" + stages}) + "\n";
  for (const RequestOutcome& outcome : migrated.requests) {
    const std::string& id = outcome.request.value();
    if (outcome.fate == RequestFate::kCarried) {
      lines += "  " + both({"审批 " + id + " 继续", "request " + id + " goes on"}) + "\n";
    } else if (outcome.fate == RequestFate::kReturned) {
      lines += "  " +
               both({"审批 " + id + " 退回提出人：" + outcome.reason.zh,
                     "request " + id + " goes back: " + outcome.reason.en}) +
               "\n";
    } else {
      lines += "  " +
               both({"审批 " + id + " 终止：" + outcome.reason.zh,
                     "request " + id + " ends: " + outcome.reason.en}) +
               "\n";
    }
  }
  return lines;
}

// Moves the cases one by one, or says what moving them would do.
class Mover {
 public:
  Mover(Installation& office, const MigrationOptions& given, MigrateCase command, std::ostream& out)
      : office_(office), given_(given), command_(std::move(command)), out_(out) {
    Json states = command_.states;
    migration_ =
        sha256_hex(given_.definition + "\n" + std::to_string(command_.version) + "\n" +
                   states.dump() + fields::to_json(command_.carry).dump() + "\n" + command_.reason);
  }

  void take(const CaseId& id) {
    const auto person = office_.people.acting(PersonId(given_.person));
    if (!person) return refuse(id, person.error());
    auto view = office_.cases.view(*person, id);
    if (!view) return refuse(id, view.error());
    out_ << view->state.number << " (" << id.value() << ")\n";
    if (view->state.definition.id != given_.definition) {
      ++refused_;
      out_ << "  " << both({"不是这个流程的案件", "not a case of this definition"}) << "\n";
      return;
    }
    Order order{.actor = *person,
                .idempotency_key = "migrate-" + sha256_hex(migration_ + id.value()),
                .fingerprint = migration_,
                .case_id = id,
                .expected = view->state.version,
                .command = command_};
    const auto events = office_.cases.rehearse(order);
    if (!events) {
      ++refused_;
      out_ << "  " << both({"不能迁移：", "cannot move:"}) << "\n"
           << describe_rejection(events.error());
      return;
    }
    out_ << describe_move(std::get<CaseMigrated>(events->front().body));
    print_replay(*person, id);
    if (given_.apply) {
      const auto answer = office_.cases.execute(order);
      if (!answer) {
        ++refused_;
        out_ << describe_rejection(answer.error());
        return;
      }
    }
    ++moved_;
  }

  int summarize() const {
    out_ << (given_.apply ? "已迁移 moved: " : "可以迁移 could move: ") << moved_
         << "，不能迁移 refused: " << refused_ << "\n";
    if (!given_.apply)
      out_ << "这是预览，加 --apply 才迁移 / this is a preview; --apply moves them\n";
    return refused_ == 0 ? kDone : kSomeRefused;
  }

 private:
  void refuse(const CaseId& id, const Error& why) {
    ++refused_;
    out_ << id.value() << "\n" << describe_rejection(why);
  }

  // The proof by the history: what the new version would have made of the case so far.
  void print_replay(const ActingPerson& person, const CaseId& id) const {
    const auto replay = office_.cases.replay(person, id, command_.version, command_.states);
    if (!replay) {
      out_ << describe_rejection(replay.error());
    } else if (replay->affected()) {
      out_ << "  " << both({"按新版本推演历史：", "its history under the new version:"}) << "\n"
           << describe(*replay);
    } else {
      out_ << "  "
           << both({"按新版本推演历史，没有不同",
                    "its history would be the same under the new version"})
           << "\n";
    }
  }

  Installation& office_;
  const MigrationOptions& given_;
  MigrateCase command_;
  std::ostream& out_;
  std::string migration_;  // what makes two runs the same migration
  std::size_t moved_ = 0;
  std::size_t refused_ = 0;
};

// The running cases of the definition that the person may read and that are on an older version.
Result<std::vector<CaseId>> all_cases(Installation& office, const MigrationOptions& given) {
  const auto person = office.people.acting(PersonId(given.person));
  if (!person) return tl::unexpected<Error>(person.error());
  std::vector<CaseId> ids;
  CaseQuery query;
  query.definition = given.definition;
  query.closed = false;
  query.limit = kCasesAtOnce;
  for (;;) {
    const auto heads = office.cases.cases(*person, query);
    if (!heads) return tl::unexpected<Error>(heads.error());
    for (const CaseHead& head : *heads) {
      if (head.definition_version < given.version) ids.push_back(head.id);
    }
    if (heads->size() < kCasesAtOnce) return ids;
    query.before = heads->back().id.value();
  }
}

// mingjian migrate: moves running cases to a newer version of their definition, each by a command
// of its own; without --apply it only says what would happen. kSomeRefused: some cannot move.
int migrate(const Settings& settings, const MigrationOptions& given, std::ostream& out,
            std::ostream& complaints) {
  auto command = read_command(given);
  if (!command) {
    complaints << given.mapping << ": " << command.error().pointer << ": "
               << both(command.error().message) << "\n";
    return kUnusable;
  }
  const auto installation = open_installation(settings, complaints);
  if (!installation) return kUnusable;
  std::vector<CaseId> ids;
  for (const std::string& id : given.cases) ids.emplace_back(id);
  if (given.all) {
    auto found = all_cases(*installation, given);
    if (!found) {
      complaints << both(found.error().message) << "\n";
      return kUnusable;
    }
    ids = std::move(*found);
  }
  Mover mover(*installation, given, std::move(*command), out);
  {
    Progress progress(complaints, "迁移 migrate", ids.size(), on_a_terminal());
    for (const CaseId& id : ids) {
      mover.take(id);
      progress.advance();
    }
  }
  return mover.summarize();
}

}  // namespace

void add_migrate(const Program& program) {
  const StoreCommand command = add_store_command(
      program, "migrate",
      "把在办案件迁移到流程的新版本；不加 --apply 为预览（退出码：0 均可，1 有不能迁移的） / move "
      "running cases to a newer version of their definition; a preview without --apply (exit code: "
      "0 all can, 1 some cannot)");
  add_example(*command.app,
              "mingjian migrate --definition accountability --to 2 --mapping mapping.json --all "
              "--as zhou-yan --reason 'new rules' --store var/mingjian.db");
  const auto given = std::make_shared<MigrationOptions>();
  CLI::App& app = *command.app;
  app.add_option("--definition", given->definition, "流程 / id of the definition")->required();
  app.add_option("--to", given->version, "新版本 / the version to move to")->required();
  app.add_option("--mapping", given->mapping,
                 "对应关系 / a file {\"states\": {id: id}, \"carry\": {\"signatures\": "
                 "\"keep_where_same\" | \"ask_again\", \"time\": \"continue\" | \"restart\"}}");
  CLI::Option* const some = app.add_option("--case", given->cases, "案件 / ids of cases");
  CLI::Option* const all = app.add_flag("--all", given->all, "全部在办案件 / all running cases");
  some->excludes(all);
  app.add_option("--as", given->person, "决定的主要负责人 / the main head who decides it")
      ->required();
  app.add_option("--reason", given->reason, "理由 / why")->required();
  app.add_flag("--apply", given->apply, "实施 / do it");
  when_chosen(command, program, [program, given](const Settings& settings) {
    if (given->all || !given->cases.empty())
      return migrate(settings, *given, program.out, program.complaints);
    program.complaints << "请指明 --case 或者 --all / name cases by --case, or say --all\n";
    return kUnusable;
  });
}

}  // namespace mingjian::cli
