#include "adapters/sqlite/backup.h"

#include <memory>

#include "api/cli/help.h"
#include "api/cli/open_database.h"
#include "api/cli/progress.h"
#include "api/cli/store_options.h"
#include "api/cli/verification.h"
#include "engine/base/wording.h"

namespace mingjian::cli {
namespace {

constexpr const char* kOtherDatabases =
    "MariaDB 或 MySQL 请用其自带工具备份（见 README），或用 migrate-store 复制到 SQLite 文件 / "
    "back up MariaDB or MySQL with its own tools (see the README), or copy it to an SQLite file "
    "with "
    "migrate-store\n";

// Copies a database file, and then folds the events of every case in the copy.
int copy_and_verify(const std::string& from, const std::string& to, Settings settings,
                    const Program& program) {
  {
    std::unique_ptr<Progress> progress;
    const auto copied = back_up_sqlite(from, to, [&](std::size_t done, std::size_t total) {
      if (!progress) {
        progress =
            std::make_unique<Progress>(program.complaints, "复制 copying", total, on_a_terminal());
      }
      progress->advance_to(done);
    });
    if (!copied) {
      program.complaints << both(copied.error().message) << "\n";
      return kUnusable;
    }
  }
  settings.store = to;
  return verify_store(settings, program.out, program.complaints);
}

}  // namespace

void add_backup(const Program& program) {
  const StoreCommand command = add_store_command(
      program, "backup",
      "备份 SQLite 数据库，不停止服务 / back up an SQLite store while it is served");
  add_example(*command.app,
              "mingjian backup backup-2026-03-01.db --store var/mingjian.db\n\n"
              "副本是同一时刻的完整数据，写完即核对全部案件。\n"
              "The copy is the store at one moment; every case in it is verified.");
  const auto file = std::make_shared<std::string>();
  command.app->add_option("file", *file, "备份文件，须尚不存在 / the new file")->required();
  when_chosen(command, program, [program, file](const Settings& settings) {
    if (const auto store = sqlite_file(settings.store))
      return copy_and_verify(*store, *file, settings, program);
    program.complaints << kOtherDatabases;
    return static_cast<int>(kUnusable);
  });
}

void add_restore(const Program& program) {
  const StoreCommand command = add_store_command(
      program, "restore", "从备份恢复 SQLite 数据库 / restore an SQLite store from a backup");
  add_example(*command.app,
              "mingjian restore backup-2026-03-01.db --store var/mingjian.db\n\n"
              "原有的数据库不会被覆盖：请先停止服务并将其移开（连同 -wal 和 -shm 文件）。\n"
              "A store that is there is not written over: stop its server and move it away first, "
              "with its\n-wal and -shm files.");
  const auto file = std::make_shared<std::string>();
  command.app->add_option("file", *file, "备份文件 / the backup")->required();
  when_chosen(command, program, [program, file](const Settings& settings) {
    if (const auto store = sqlite_file(settings.store))
      return copy_and_verify(*file, *store, settings, program);
    program.complaints << kOtherDatabases;
    return static_cast<int>(kUnusable);
  });
}

}  // namespace mingjian::cli
