#include "engine/definition/form_messages.h"

#include <array>
#include <string>

namespace mingjian {
namespace {

struct Phrase {
  std::string_view start;  // of the validator's message
  std::string_view zh;
  std::string_view en;
};

// What follows `start` in the message (a name, a bound) is put behind the phrase, without the
// validator's own words around it.
constexpr std::array kPhrases = {
    Phrase{"Missing required property ", "缺少必填项 ", "required and missing: "},
    Phrase{"Object contains a property that could not be validated using 'properties' or "
           "'additionalProperties' constraints: ",
           "没有这个项目：", "no such field: "},
    Phrase{"Failed to match against any enum values.", "不是允许的值（或代码表中没有这个代码）",
           "not one of the values allowed (or no such code in the code table)"},
    Phrase{"Failed to match expected value set by 'const' constraint.", "必须是规定的值",
           "must be the value laid down"},
    Phrase{kWrongType, "类型不对", "of the wrong type"},
    Phrase{"String should be no fewer than ", "太短，最少字符数：", "too short; at least: "},
    Phrase{"String should be no more than ", "太长，最多字符数：", "too long; at most: "},
    Phrase{"Array should contain no fewer than ", "条目太少，最少：",
           "too few entries; at least: "},
    Phrase{"Array should contain no more than ", "条目太多，最多：", "too many entries; at most: "},
    Phrase{"Expected number greater than or equal to ", "太小，最小为 ", "too small; at least "},
    Phrase{"Expected number less than or equal to ", "太大，最大为 ", "too large; at most "},
    Phrase{"Elements at indexes ", "有重复的条目：", "entries are repeated: "},
    Phrase{"String should be a valid date-time", "不是有效的时间（RFC 3339）",
           "not a valid time (RFC 3339)"},
    Phrase{"String should be a valid date", "不是有效的日期（YYYY-MM-DD）",
           "not a valid date (YYYY-MM-DD)"},
    Phrase{"Failed to match regex", "格式不对", "not of the form asked for"},
};

constexpr std::array<std::string_view, 7> kSummaries = {
    "Failed to validate against any schemas allowed by anyOf",
    "Failed to validate against additional properties schema",
    "Failed to validate against schema associated with",
    "Failed to validate item #",
    "Failed to validate against child schema",
    "Failed to validate against any child schemas",
    "Failed to validate against a conditional schema"};

constexpr std::array<std::string_view, 4> kTails = {".", " characters in length", " elements",
                                                    " violate uniqueness constraint"};

// "2.000000" as "2": the validator writes bounds as decimals.
void cut_zeros(std::string& number) {
  if (number.find('.') == std::string::npos ||
      number.find_first_not_of("-0123456789.") != std::string::npos) {
    return;
  }
  number.erase(number.find_last_not_of('0') + 1);
  if (number.ends_with('.')) number.pop_back();
}

}  // namespace

Text form_message(std::string_view message) {
  for (const Phrase& phrase : kPhrases) {
    if (!message.starts_with(phrase.start)) continue;
    std::string rest(message.substr(phrase.start.size()));
    for (const auto tail : kTails) {
      if (rest.ends_with(tail)) rest.resize(rest.size() - tail.size());
    }
    cut_zeros(rest);
    return {std::string(phrase.zh) + rest, std::string(phrase.en) + rest};
  }
  const std::string detail(message);
  return {"不符合要求 " + detail, "not as asked for: " + detail};
}

bool is_summary(std::string_view message) {
  for (const auto start : kSummaries) {
    if (message.starts_with(start)) return true;
  }
  return false;
}

}  // namespace mingjian
