#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/ports/database.h"

namespace mingjian::cli {

// Opens what --store names: sqlite:FILE, or FILE alone, or mysql://... (see
// adapters/mysql/options.h). Errors: as SqliteDatabase::open and MysqlDatabase::open.
[[nodiscard]] Result<std::unique_ptr<Database>> open_database(const std::string& store);

// The same, but does not make an SQLite file where there is none: kNotFound.
[[nodiscard]] Result<std::unique_ptr<Database>> open_existing_database(const std::string& store);

// The file that an SQLite store is in; nothing for others.
[[nodiscard]] std::optional<std::string> sqlite_file(const std::string& store);

// `store` for people to read, without a password.
[[nodiscard]] std::string readable_store(const std::string& store);

}  // namespace mingjian::cli
