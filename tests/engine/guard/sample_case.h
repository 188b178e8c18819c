#pragma once

#include <memory>

#include <nlohmann/json.hpp>

#include "engine/guard/environment.h"

namespace mingjian::guard::testing {

// The schemas of a small made-up case, for tests of typecheck and explain.
inline TypeEnvironment sample_environment() {
  static constexpr const char* kContext = R"json({
    "type": "object", "additionalProperties": false, "required": ["title"], "properties": {
      "title": {"type": "string"},
      "amount": {"type": "number", "title": {"zh": "金额", "en": "amount"}},
      "limit": {"type": "integer", "title": {"zh": "限额", "en": "limit"}},
      "shown": {"type": "boolean", "title": {"zh": "已出示", "en": "shown"}},
      "rank": {"type": "string", "enum": ["RK-A", "RK-B"], "code": "ranks",
               "title": {"zh": "职级", "en": "rank"}},
      "received_on": {"type": "string", "format": "date",
                      "title": {"zh": "收到日期", "en": "date received"}},
      "codes": {"type": "array", "items": {"type": "string", "enum": ["C-1", "C-2", "C-3"]},
                "title": {"zh": "类别", "en": "categories"}},
      "signatures": {"type": "array", "title": {"zh": "会签", "en": "co-signatures"},
        "items": {"type": "object", "required": ["agreed"], "properties": {
          "by": {"type": "string", "title": {"zh": "签署人", "en": "signer"}},
          "agreed": {"type": "boolean", "title": {"zh": "同意", "en": "agreed"}},
          "weight": {"type": "integer"}}}},
      "address": {"type": "object", "properties": {"city": {"type": "string"}}},
      "free": {}}})json";
  static constexpr const char* kEvent = R"json({
    "type": "object", "properties": {
      "type": {"type": "string"},
      "data": {"type": "object", "properties": {"opinion": {"type": "string"}}}}})json";
  static constexpr const char* kCase = R"json({
    "type": "object", "properties": {
      "materials": {"type": "object", "properties": {
        "report": {"type": "integer",
                   "title": {"zh": "报告份数", "en": "report (number of documents)"}}}}}})json";
  static constexpr const char* kActor = R"json({
    "type": "object", "properties": {
      "id": {"type": "string"},
      "roles": {"type": "array", "title": {"zh": "办理人的职责", "en": "roles"},
                "items": {"type": "string", "enum": ["inspector", "main_head"],
                          "code": "roles"}}}})json";
  const auto schema = [](const char* text) {
    return std::make_shared<const Json>(Json::parse(text));
  };
  return {{{"context", schema(kContext)},
           {"event", schema(kEvent)},
           {"now", schema(R"({"type": "integer"})")},
           {"case", schema(kCase)},
           {"actor", schema(kActor)}}};
}

}  // namespace mingjian::guard::testing
