#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "api/cli/help.h"
#include "api/cli/output_format.h"
#include "api/cli/store_options.h"
#include "api/cli/workflows_folder.h"
#include "engine/base/wording.h"
#include "engine/definition/difference.h"

namespace mingjian::cli {
namespace {

Json reference_json(const Definition& definition) {
  return {
      {"id", definition.id()}, {"version", definition.version()}, {"digest", definition.digest()}};
}

Json change_json(const DefinitionChange& change) {
  return {{"kind", name_of(change.kind)},
          {"effect", name_of(change.effect)},
          {"subject", change.subject},
          {"zh", change.text.zh},
          {"en", change.text.en},
          {"from", change.from},
          {"to", change.to}};
}

void print_text(const std::vector<DefinitionChange>& changes, std::ostream& out) {
  static constexpr std::array kMarks = {"[削弱保障 WEAKENS A SAFEGUARD] ", "",
                                        "[加强保障 strengthens a safeguard] "};
  for (const DefinitionChange& change : changes) {
    out << change.subject << ": " << kMarks[static_cast<std::size_t>(change.effect)]
        << both(change.text) << "\n";
  }
  const auto weakening = std::count_if(
      changes.begin(), changes.end(),
      [](const DefinitionChange& change) { return change.effect == SafeguardEffect::kWeakens; });
  out << "变化 changes: " << changes.size() << "，削弱保障 weakening a safeguard: " << weakening
      << "\n";
}

// mingjian diff A B: what differs between two versions of a definition, in the words of the
// procedure. kDone: nothing; kSomeRefused: something.
int diff(const Settings& settings, const std::array<std::string, 2>& files,
         const std::string& format, std::ostream& out, std::ostream& complaints) {
  const auto earlier = load_definition_file(files[0], settings.workflows);
  const auto later = load_definition_file(files[1], settings.workflows);
  for (const auto* const loaded : {&earlier, &later}) {
    if (*loaded) continue;
    complaints << describe(loaded->error());
    return kUnusable;
  }
  const Definition& from = earlier->definition;
  const Definition& to = later->definition;
  const auto changes = difference(from, to);
  if (format == "json") {
    Json listed = Json::array();
    for (const DefinitionChange& change : changes) listed.push_back(change_json(change));
    out << Json{{"from", reference_json(from)}, {"to", reference_json(to)}, {"changes", listed}}
        << "\n";
  } else {
    print_text(changes, out);
  }
  return changes.empty() ? kDone : kSomeRefused;
}

}  // namespace

void add_diff(const Program& program) {
  const StoreCommand command{
      program.app.add_subcommand(
          "diff",
          "比较流程定义的两个版本（退出码：0 相同，1 不同） / compare two versions of a "
          "definition (exit code: 0 same, 1 different)"),
      std::make_shared<GivenOptions>()};
  add_example(*command.app, "mingjian diff workflows/accountability/definition.json new.json");
  const auto files = std::make_shared<std::array<std::string, 2>>();
  command.app->add_option("from", (*files)[0], "原定义文件 / the earlier definition")->required();
  command.app->add_option("to", (*files)[1], "新定义文件 / the later definition")->required();
  command.app->add_option("--workflows", command.given->workflows,
                          "规则、代码和结构所在目录 / the folder of rules, codes and schema "
                          "[MINGJIAN_WORKFLOWS]");
  const auto format = add_format_option(*command.app);
  when_chosen(command, program, [program, files, format](const Settings& settings) {
    return diff(settings, *files, *format, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
