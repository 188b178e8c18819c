#include <memory>

#include "api/cli/commands.h"
#include "api/cli/exit_code.h"
#include "api/cli/help.h"
#include "api/cli/open_database.h"
#include "api/cli/progress.h"
#include "engine/base/wording.h"
#include "engine/service/store_transfer.h"

namespace mingjian::cli {
namespace {

struct Given {
  std::string from;
  std::string to;
};

void print(std::ostream& out, const char* title, const TransferCounts& counts) {
  out << title << "：案件 cases " << counts.cases << "，事件 events " << counts.events
      << "，待办 tasks " << counts.tasks << "，答复 answers " << counts.answers
      << "，流程版本 definitions " << counts.definitions << "，人员 people " << counts.people
      << "\n";
}

// Runs `work` with a bar that it moves.
template <class Work>
auto with_progress(std::ostream& out, const char* title, std::size_t total, const Work& work) {
  Progress progress(out, title, total, on_a_terminal());
  return work([&progress](std::size_t done) { progress.advance_to(done); });
}

class Migration {
 public:
  Migration(Database& from, Database& to, std::ostream& out, std::ostream& complaints)
      : from_(from), to_(to), out_(out), complaints_(complaints) {}

  int run() {
    const auto total = from_.transfer().count_cases();
    if (!total) return complain(total.error());
    const auto copied =
        with_progress(complaints_, "复制 copying", *total,
                      [this](const CasesDone& done) { return copy_store(from_, to_, done); });
    if (!copied) return complain(copied.error());
    print(out_, "本次写入 written now", *copied);
    const auto found =
        with_progress(complaints_, "核对 comparing", *total,
                      [this](const CasesDone& done) { return compare_stores(from_, to_, done); });
    if (!found) return complain(found.error());
    print(out_, "两边相同 equal on both sides", found->equal);
    for (const Text& difference : found->differences)
      out_ << "不同 different: " << both(difference) << "\n";
    return found->differences.empty() ? kDone : kSomeRefused;
  }

 private:
  int complain(const Error& error) {
    complaints_ << both(error.message) << "\n";
    return error.kind == ErrorKind::kConflict ? kSomeRefused : kUnusable;
  }

  Database& from_;
  Database& to_;
  std::ostream& out_;
  std::ostream& complaints_;
};

// mingjian migrate-store --from STORE --to STORE
int migrate_store(const Given& given, const Program& program) {
  const auto from = open_existing_database(given.from);
  const auto to = from ? open_database(given.to) : Result<std::unique_ptr<Database>>(nullptr);
  if (from && to) return Migration(**from, **to, program.out, program.complaints).run();
  program.complaints << both((from ? to : from).error().message) << "\n";
  return kUnusable;
}

}  // namespace

void add_migrate_store(const Program& program) {
  CLI::App* const command = program.app.add_subcommand(
      "migrate-store", "把全部数据搬到另一个数据库 / copy everything to another store");
  add_example(
      *command,
      "mingjian migrate-store --from sqlite:var/mingjian.db "
      "--to mysql://mingjian:secret@127.0.0.1/mingjian\n\n"
      "请先停止两边的服务。中断后重新运行即从断处继续；最后逐条核对，两边完全相同才算完成。\n"
      "Stop the servers of both first. Run it again after an interruption and it goes on; in "
      "the end both\nsides are compared row by row, and only if they are equal it is done.");
  const auto given = std::make_shared<Given>();
  command->add_option("--from", given->from, "来源 / the store to copy [MINGJIAN_FROM]")
      ->envname("MINGJIAN_FROM")
      ->required();
  command
      ->add_option("--to", given->to,
                   "目标，须为空，或已开始复制 / an empty store, or one that a copy was begun on "
                   "[MINGJIAN_TO]")
      ->envname("MINGJIAN_TO")
      ->required();
  command->callback([program, given] { program.exit_code = migrate_store(*given, program); });
}

}  // namespace mingjian::cli
