#include "engine/definition/definition.h"

#include <nlohmann/json.hpp>

#include "engine/lint/guards.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/shipped.h"

using namespace mingjian;

// A definition loads, or is refused with reasons; what loads has a chart that can be typechecked.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Form kSchema = Form::compile_plain(mingjian::testing::definition_schema()).value();
  const std::string source(fuzz::text_of(data, size));
  const auto loaded = load_definition(source, kSchema, mingjian::testing::shipped_register());
  if (!loaded) {
    fuzz::require(!loaded.error().empty());
    return 0;
  }
  fuzz::require(loaded->source() == source);
  (void)lint::check_guards(*loaded);
  (void)loaded->case_title(loaded->chart().initial_context());
  return 0;
}
