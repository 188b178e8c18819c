#include "engine/render/manual.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "api/cli/commands.h"
#include "api/cli/exit_code.h"
#include "api/cli/help.h"
#include "api/cli/render_options.h"
#include "api/cli/subject_file.h"

namespace mingjian::cli {
namespace {

// mingjian manual: the procedure manual of a definition, as Markdown.
int manual(const Program& program, const RenderOptions& given) {
  const auto file = SubjectFile::read(given.file, given.workflows);
  if (!file) {
    program.complaints << describe(file.error());
    return kUnusable;
  }
  const CheckedDefinition* const checked = file->checked();
  if (checked != nullptr) {
    return write_output(program, given.output,
                        render::manual(checked->definition, checked->known, given.language));
  }
  program.complaints << describe(
      {{given.file,
        {ErrorKind::kInvalidInput,
         {"只是状态图，没有可写成手册的程序", "a statechart alone has no procedure to tell of"}}}});
  return kUnusable;
}

}  // namespace

void add_manual(const Program& program) {
  CLI::App* const command = program.app.add_subcommand(
      "manual", "由流程定义写出程序手册 / write the procedure manual of a definition");
  add_example(*command,
              "mingjian manual workflows/clue/definition.json --lang zh --output clue.md");
  const auto given = std::make_shared<RenderOptions>();
  add_render_options(*command, *given);
  command->callback([program, given] { program.exit_code = manual(program, *given); });
}

}  // namespace mingjian::cli
