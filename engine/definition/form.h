#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/definition/register.h"

namespace mingjian {

// Something in the input that is not as asked, and where.
struct InputError {
  std::string pointer;  // JSON pointer into the input
  Text message;
};

// A compiled JSON Schema (draft-07): what a form asks, or what the data of a case is. Immutable,
// thread-safe.
class Form {
 public:
  // Compiles `schema`. In it a property may say "code": "table" or a list of tables; that becomes
  // an enum of their codes. Errors: kInvalidInput with a pointer that begins with `pointer`, for a
  // table that is not there, a keyword that this validator does not hold, or a bad schema.
  [[nodiscard]] static Result<Form> compile(const Json& schema, const CodeTables& codes,
                                            const std::string& pointer);

  // As `compile`, for a schema file of our own: any draft-07 keyword, no codes.
  [[nodiscard]] static Result<Form> compile_plain(const Json& schema);

  // What is wrong with `input`: one entry a place, in the order of the schema. Empty: nothing.
  [[nodiscard]] std::vector<InputError> check(const Json& input) const;

  // The schema with codes resolved, for those who fill the form in.
  [[nodiscard]] const Json& schema() const;
  // The same, for those who outlive the form.
  [[nodiscard]] std::shared_ptr<const Json> shared_schema() const;

 private:
  struct Compiled;
  explicit Form(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace mingjian
