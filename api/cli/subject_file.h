#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/cli/workflows_folder.h"
#include "engine/render/subject.h"

namespace mingjian::cli {

// A file that is to be rendered. One with the key "filing" is the definition of a procedure and
// must load as such, against a register; any other is a statechart alone.
class SubjectFile {
 public:
  // `workflows`: the folder with the register; empty: the one that the file lies in, else the usual
  // one (see settings.h).
  [[nodiscard]] static tl::expected<SubjectFile, std::vector<FileError>> read(
      const std::string& file, const std::string& workflows);

  // A view of this object.
  [[nodiscard]] render::Subject subject() const;
  // nullptr: a statechart alone.
  [[nodiscard]] const CheckedDefinition* checked() const { return checked_.get(); }

 private:
  std::unique_ptr<const CheckedDefinition> checked_;
  std::unique_ptr<const chart::Chart> chart_;
  OrderedJson source_;
};

}  // namespace mingjian::cli
