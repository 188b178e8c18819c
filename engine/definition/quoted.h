#pragma once

#include <string>

#include "engine/base/text.h"

namespace mingjian {

// “title” and "title" within a sentence; the id where there is no title.
[[nodiscard]] inline Text quoted(const Text& title, const std::string& id) {
  return {"“" + (title.zh.empty() ? id : title.zh) + "”",
          "\"" + (title.en.empty() ? id : title.en) + "\""};
}

}  // namespace mingjian
