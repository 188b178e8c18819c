#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "engine/base/result.h"

namespace mingjian {

// Called with the pages that were copied, of how many.
using PagesDone = std::function<void(std::size_t done, std::size_t total)>;

// Copies the database file `from` as it is at one moment to the new file `to`, while any number of
// processes go on working on it; they are not held up. The copy has its name only once it is whole
// and on the disk, and it was checked (PRAGMA integrity_check). Errors: kNotFound where `from` is
// not there, kConflict where `to` is there already, kUnavailable, kStorageFull, kCorrupt.
[[nodiscard]] Result<void> back_up_sqlite(const std::string& from, const std::string& to,
                                          const PagesDone& done = {});

}  // namespace mingjian
