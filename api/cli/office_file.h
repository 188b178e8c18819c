#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/definition/register.h"
#include "engine/ports/directory.h"

namespace mingjian::cli {

// An office as a file tells it: see workflows/demonstration/office.json.
struct OfficeFile {
  Office office;
  std::vector<std::pair<PersonId, std::string>> passwords;
};

// Reads the text of such a file. Errors: kInvalidInput with the JSON pointer of the place.
[[nodiscard]] Result<OfficeFile> read_office(const std::string& text, const CodeTables& codes);

}  // namespace mingjian::cli
