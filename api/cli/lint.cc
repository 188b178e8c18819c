#include <algorithm>

#include <nlohmann/json.hpp>

#include "api/cli/help.h"
#include "api/cli/office_file.h"
#include "api/cli/store_options.h"
#include "api/cli/workflows_folder.h"
#include "engine/lint/check.h"
#include "engine/lint/office.h"
#include "engine/lint/report.h"

namespace mingjian::cli {
namespace {

struct Given {
  std::vector<std::string> files;
  std::string office;
  std::string format = "text";
  GivenOptions options;
};

lint::Report examine(const std::string& file, std::string text, const Ground& ground,
                     const lint::LintOptions& options) {
  auto findings = lint::check(text, ground.schema, ground.known, options).findings;
  return {file, std::move(text), std::move(findings)};
}

void print(const std::vector<lint::Report>& reports, const std::string& format, std::ostream& out) {
  if (format == "sarif") {
    out << lint::to_sarif(reports).dump(2) << "\n";
    return;
  }
  if (format == "json") {
    Json all = Json::array();
    for (const lint::Report& report : reports) all.push_back(lint::to_json(report));
    out << all.dump(2) << "\n";
    return;
  }
  for (const lint::Report& report : reports) {
    out << lint::to_text(report);
    const bool clean = report.findings.empty();
    out << report.file << ": "
        << (clean ? "没有问题 nothing found"
                  : std::to_string(report.findings.size()) + " 个问题 findings")
        << "\n";
  }
}

// mingjian lint FILE...: proves what can be proved of each definition and prints what does not
// hold. kSomeRefused where there is an error, not for warnings alone.
int lint_files(const Given& given, const Settings& settings, const Program& program) {
  const auto ground = load_ground(settings.workflows);
  if (!ground) {
    program.complaints << describe(ground.error());
    return kUnusable;
  }
  lint::LintOptions options;
  lint::Staff staff;
  if (!given.office.empty()) {
    const auto text = read_file(given.office);
    const auto office =
        text ? read_office(*text, ground->known.codes) : tl::unexpected<Error>(text.error());
    if (!office) {
      program.complaints << describe({{given.office, office.error()}});
      return kUnusable;
    }
    staff = lint::staff_of(office->office);
    options.staff = &staff;
  }
  std::vector<lint::Report> reports;
  for (const std::string& file : given.files) {
    auto text = read_file(file);
    if (!text) {
      program.complaints << describe({{file, text.error()}});
      return kUnusable;
    }
    reports.push_back(examine(file, std::move(*text), *ground, options));
  }
  print(reports, given.format, program.out);
  const bool refused = std::any_of(reports.begin(), reports.end(), [](const auto& report) {
    return lint::has_errors(report.findings);
  });
  return refused ? kSomeRefused : kDone;
}

}  // namespace

void add_lint(const Program& program) {
  CLI::App* const command = program.app.add_subcommand(
      "lint", "检查流程定义，证明其保障成立 / check definitions and prove their safeguards");
  add_example(*command,
              "mingjian lint workflows/*/definition.json --office "
              "workflows/demonstration/office.json");
  const auto given = std::make_shared<Given>();
  command->add_option("files", given->files, "定义文件 / definitions")->required();
  command->add_option("--workflows", given->options.workflows,
                      "规则、代码和模式所在目录 / the folder with rules, codes and the schema "
                      "[MINGJIAN_WORKFLOWS]");
  command->add_option("--office", given->office,
                      "机关人员文件：检查有没有缺人的职责 / an office: are all roles held?");
  command->add_option("--format", given->format, "输出格式 / how to print it")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  when_chosen(
      {command, std::shared_ptr<GivenOptions>(given, &given->options)}, program,
      [program, given](const Settings& settings) { return lint_files(*given, settings, program); });
}

}  // namespace mingjian::cli
