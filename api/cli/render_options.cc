#include "api/cli/render_options.h"

#include <fstream>
#include <map>

#include <CLI/CLI.hpp>

#include "api/cli/exit_code.h"

namespace mingjian::cli {

void add_render_options(CLI::App& command, RenderOptions& options) {
  command.add_option("file", options.file, "定义文件 / the definition")->required();
  command.add_option("--lang", options.language, "语言 / language [zh]")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, Language>{{"zh", Language::kChinese}, {"en", Language::kEnglish}}))
      ->option_text("zh|en");
  command.add_option(
      "--workflows", options.workflows,
      "规则登记簿和代码表所在的文件夹 / folder with the register and the code tables "
      "[the one around the file; MINGJIAN_WORKFLOWS]");
  command.add_option("--output", options.output, "写入此文件 / file to write [standard output]");
}

int write_output(const Program& program, const std::string& file, const std::string& text) {
  if (file.empty()) {
    program.out << text << std::flush;
    return program.out ? kDone : kUnusable;
  }
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) return kDone;
  program.complaints << "无法写入文件 / the file cannot be written: " << file << "\n";
  return kUnusable;
}

}  // namespace mingjian::cli
