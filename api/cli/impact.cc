#include <functional>

#include <nlohmann/json.hpp>

#include "api/cli/help.h"
#include "api/cli/installation.h"
#include "api/cli/output_format.h"
#include "api/cli/progress.h"
#include "api/cli/replay_text.h"
#include "api/cli/store_options.h"
#include "api/http/handlers/migration_views.h"
#include "engine/service/records.h"

namespace mingjian::cli {
namespace {

constexpr std::size_t kCasesAtOnce = 500;

// Calls `take` with the id of every case of the store, a page at a time.
Result<void> for_each_case(Store& store, const std::function<Result<void>(const CaseId&)>& take) {
  for (std::string after;;) {
    const auto ids = store.case_ids(after, kCasesAtOnce);
    if (!ids) return tl::unexpected<Error>(ids.error());
    for (const CaseId& id : *ids) {
      auto taken = take(id);
      if (!taken) return taken;
    }
    if (ids->size() < kCasesAtOnce) return {};
    after = ids->back().value();
  }
}

// Replays the running cases of a definition under a new version, one after another.
class Impact {
 public:
  Impact(Installation& office, const Definition& next, std::string format, std::ostream& out)
      : office_(office), next_(next), format_(std::move(format)), out_(out) {}

  Result<void> take(const CaseId& id) {
    auto head = office_.database->store().head(id);
    if (!head) return tl::unexpected<Error>(head.error());
    if (!*head || (*head)->closed || (*head)->definition != next_.id()) return {};
    const auto from = office_.catalogue.find((*head)->definition, (*head)->definition_version);
    if (!from) return tl::unexpected<Error>(from.error());
    if (*from == nullptr) {
      return fail(ErrorKind::kCorrupt, {"案件所依据的流程定义不在：" + (*head)->number,
                                        "the definition of a case is missing: " + (*head)->number});
    }
    auto replay = replay_case(office_.database->store(), id, {**from, next_}, office_.clock.now());
    if (!replay) return tl::unexpected<Error>(replay.error());
    count(*replay);
    if (replay->affected()) print(**head, *replay);
    return {};
  }

  int summarize() const {
    if (format_ == "json") {
      out_ << Json{{"summary",
                    {{"running", running_},
                     {"affected", affected_},
                     {"loses_step", losing_},
                     {"needs_other_approver", approvers_},
                     {"stuck", stuck_},
                     {"overdue", overdue_}}}}
           << "\n";
    } else {
      out_ << "在办案件 running cases:                    " << running_ << "\n"
           << "  受影响 affected:                          " << affected_ << "\n"
           << "  失去步骤 would lose a step:               " << losing_ << "\n"
           << "  须另有人审批 would need another approver: " << approvers_ << "\n"
           << "  不能继续 would be stuck:                  " << stuck_ << "\n"
           << "  超期（含取决于日历的） would become overdue (or the calendar decides): "
           << overdue_ << "\n";
    }
    return affected_ == 0 ? kDone : kSomeRefused;
  }

 private:
  void count(const Replay& replay) {
    ++running_;
    if (replay.affected()) ++affected_;
    if (replay.loses_step()) ++losing_;
    if (replay.needs_other_approver()) ++approvers_;
    if (replay.stuck) ++stuck_;
    if (!replay.overdue.empty()) ++overdue_;
  }

  void print(const CaseHead& head, const Replay& replay) const {
    if (format_ == "json") {
      out_ << Json{{"case", head.id.value()},
                   {"number", head.number},
                   {"replay", http::replay_json(replay, next_, office_.catalogue.known().rules)}}
           << "\n";
    } else {
      out_ << head.number << " (" << head.id.value() << ")\n" << describe(replay);
    }
  }

  Installation& office_;
  const Definition& next_;
  std::string format_;
  std::ostream& out_;
  std::size_t running_ = 0;
  std::size_t affected_ = 0;
  std::size_t losing_ = 0;
  std::size_t approvers_ = 0;
  std::size_t stuck_ = 0;
  std::size_t overdue_ = 0;
};

// mingjian impact NEW: what a new version of a definition would have changed in the running cases.
// kDone: nothing in any; kSomeRefused: something. As JSON: an object a line, the summary last.
int impact(const Settings& settings, const std::string& file, const std::string& format,
           std::ostream& out, std::ostream& complaints) {
  const auto next = load_definition_file(file, settings.workflows);
  if (!next) {
    complaints << describe(next.error());
    return kUnusable;
  }
  const auto installation = open_installation(settings, complaints);
  if (!installation) return kUnusable;
  Store& store = installation->database->store();
  std::size_t total = 0;
  auto done = for_each_case(store, [&](const CaseId&) -> Result<void> {
    ++total;
    return {};
  });
  Impact work(*installation, next->definition, format, out);
  if (done) {
    Progress progress(complaints, "推演 replay", total, on_a_terminal());
    done = for_each_case(store, [&](const CaseId& id) {
      auto taken = work.take(id);
      progress.advance();
      return taken;
    });
  }
  if (!done) {
    complaints << both(done.error().message) << "\n";
    return kUnusable;
  }
  return work.summarize();
}

}  // namespace

void add_impact(const Program& program) {
  const StoreCommand command = add_store_command(
      program, "impact",
      "按新版本推演在办案件（退出码：0 均无影响，1 有影响） / replay the running cases under a new "
      "version of their definition (exit code: 0 none affected, 1 some)");
  add_example(*command.app, "mingjian impact new.json --store var/mingjian.db");
  const auto file = std::make_shared<std::string>();
  command.app->add_option("definition", *file, "新定义文件 / the new definition")->required();
  const auto format = add_format_option(*command.app);
  when_chosen(command, program, [program, file, format](const Settings& settings) {
    return impact(settings, *file, *format, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
