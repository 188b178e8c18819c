#include "engine/service/definition_check.h"

#include <utility>

namespace mingjian {

tl::expected<CheckedDefinition, std::vector<Error>> check_definition(std::string source,
                                                                     const Form& schema,
                                                                     const Register& known) {
  auto definition = load_definition(std::move(source), schema, known);
  if (!definition) return tl::unexpected(std::move(definition.error()));
  return CheckedDefinition{std::move(*definition), {}};
}

}  // namespace mingjian
