#include "api/cli/help.h"
#include "api/cli/installation.h"
#include "api/cli/office_file.h"
#include "api/cli/store_options.h"
#include "engine/base/wording.h"

namespace mingjian::cli {
namespace {

Result<void> write_office(Installation& installation, const OfficeFile& file) {
  Directory& directory = installation.database->directory();
  auto written = directory.put_office(file.office);
  if (!written) return written;
  for (const auto& [person, password] : file.passwords) {
    auto encoded = installation.passwords.hash(password);
    if (!encoded) return tl::unexpected<Error>(encoded.error());
    auto set = directory.set_password_hash(person, *encoded);
    if (!set) return set;
  }
  return {};
}

int complain(std::ostream& complaints, const std::string& file, const Error& error) {
  complaints << file << ": " << error.pointer << ": " << both(error.message) << "\n";
  return kUnusable;
}

// mingjian office FILE.json: adds or replaces organisations, people and their posts; a person with
// "password" gets it. All of the file is checked before anything is written.
int import_office(const Settings& settings, const std::string& file, std::ostream& out,
                  std::ostream& complaints) {
  const auto text = read_file(file);
  if (!text) return complain(complaints, file, text.error());
  const auto installation = open_installation(settings, complaints);
  if (!installation) return kUnusable;
  const auto office = read_office(*text, installation->catalogue.known().codes);
  if (!office) return complain(complaints, file, office.error());
  auto written = write_office(*installation, *office);
  if (!written) return complain(complaints, file, written.error());
  out << "组织 organisations: " << office->office.organisations.size()
      << "，人员 people: " << office->office.people.size() << "\n";
  return kDone;
}

}  // namespace

void add_office(const Program& program) {
  const StoreCommand command = add_store_command(
      program, "office", "导入组织、人员和任职 / load organisations, people and posts");
  add_example(*command.app,
              "mingjian office workflows/demonstration/office.json --store var/mingjian.db");
  const auto file = std::make_shared<std::string>();
  command.app->add_option("file", *file, "JSON 文件 / a JSON file")->required();
  when_chosen(command, program, [program, file](const Settings& settings) {
    return import_office(settings, *file, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
