#pragma once

#include <set>
#include <string>

#include "engine/base/json.h"
#include "engine/base/language.h"
#include "engine/definition/register.h"

namespace mingjian::render {

// What a form asks, as a Markdown table: field, whether it is required, what is expected. `schema`
// is the form as the definition writes it (see Form), so that fields keep their order. A field of a
// list or of an object is named after it: "反映对象 / 姓名". Empty where nothing is asked.
[[nodiscard]] std::string form_table(const OrderedJson& schema, const Register& known,
                                     Language language);

// The names of the code tables that the form takes codes from.
void add_code_tables(const OrderedJson& schema, std::set<std::string>& names);

}  // namespace mingjian::render
