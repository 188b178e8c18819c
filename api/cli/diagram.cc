#include <map>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "adapters/graphviz/dot_layout.h"
#include "api/cli/commands.h"
#include "api/cli/exit_code.h"
#include "api/cli/help.h"
#include "api/cli/render_options.h"
#include "api/cli/subject_file.h"
#include "engine/render/mermaid.h"
#include "engine/render/scxml.h"
#include "engine/render/svg.h"
#include "engine/render/xstate.h"

namespace mingjian::cli {
namespace {

enum class Format { kSvg, kMermaid, kScxml, kXstate };

struct Given {
  RenderOptions options;
  Format format = Format::kSvg;
};

Result<std::string> drawn(const render::Subject& subject, Language language) {
  DotLayout layout;
  const auto diagram = render::lay_out(subject, language, layout);
  if (!diagram) return tl::unexpected<Error>(diagram.error());
  return render::svg(*diagram);
}

Result<std::string> rendered(const render::Subject& subject, const Given& given) {
  switch (given.format) {
    case Format::kMermaid:
      return render::mermaid(subject, given.options.language);
    case Format::kScxml:
      return render::scxml(subject);
    case Format::kXstate:
      return render::xstate(subject).dump(2) + "\n";
    case Format::kSvg:
      break;
  }
  return drawn(subject, given.options.language);
}

// mingjian diagram: a definition or a statechart in a form that people or other programs read.
int diagram(const Program& program, const Given& given) {
  const auto file = SubjectFile::read(given.options.file, given.options.workflows);
  if (!file) {
    program.complaints << describe(file.error());
    return kUnusable;
  }
  const auto text = rendered(file->subject(), given);
  if (text) return write_output(program, given.options.output, *text);
  program.complaints << describe({{given.options.file, text.error()}});
  return kUnusable;
}

}  // namespace

void add_diagram(const Program& program) {
  CLI::App* const command = program.app.add_subcommand(
      "diagram",
      "把流程定义画成图或转成其他格式 / draw a definition, or write it in another format");
  add_example(*command,
              "mingjian diagram workflows/clue/definition.json --lang zh --output clue.svg");
  const auto given = std::make_shared<Given>();
  add_render_options(*command, given->options);
  command->add_option("--format", given->format, "格式 / format [svg]")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, Format>{{"svg", Format::kSvg},
                                                                {"mermaid", Format::kMermaid},
                                                                {"scxml", Format::kScxml},
                                                                {"xstate", Format::kXstate}}))
      ->option_text("svg|mermaid|scxml|xstate");
  command->callback([program, given] { program.exit_code = diagram(program, *given); });
}

}  // namespace mingjian::cli
