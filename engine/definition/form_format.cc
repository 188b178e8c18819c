#include "engine/definition/form_format.h"

#include <new>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/definition/valijson.h"

namespace mingjian {
namespace {

// The messages are in the validator's words, which form_message translates.
class FormatCheck final : public valijson::constraints::PolyConstraint {
 public:
  explicit FormatCheck(bool with_time) : with_time_(with_time) {}

  bool validate(const valijson::adapters::Adapter& target, const std::vector<std::string>& context,
                valijson::ValidationResults* results) const override {
    if (!target.isString()) return true;
    const std::string text = target.asString();
    if (with_time_ ? parse_rfc3339(text).has_value() : is_full_date(text)) return true;
    if (results != nullptr) {
      results->pushError(context, with_time_ ? "String should be a valid date-time"
                                             : "String should be a valid date");
    }
    return false;
  }

 private:
  valijson::constraints::Constraint* cloneInto(void* place) const override {
    return new (place) FormatCheck(*this);
  }
  [[nodiscard]] std::size_t sizeOf() const override { return sizeof(FormatCheck); }

  bool with_time_;
};

class FormatCheckBuilder final : public valijson::ConstraintBuilder {
 public:
  valijson::constraints::Constraint* make(
      const valijson::adapters::Adapter& format) const override {
    return new FormatCheck(format.asString() == "date-time");
  }
};

}  // namespace

bool is_form_format(std::string_view format) { return format == "date" || format == "date-time"; }

void add_format_check(valijson::SchemaParser& parser) {
  parser.addConstraintBuilder(std::string(kFormatKeyword), new FormatCheckBuilder);
}

}  // namespace mingjian
