#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "engine/base/json.h"

namespace mingjian::chart {

// Something that happened: from outside, raised inside, or a timer.
struct Event {
  std::string type;  // is_event_name (descriptor.h)
  Json data;         // any value; null where there is none
};

// What expressions see at their top level beside "context", "event" and "now". The pointers are
// borrowed for the length of the call; nullptr: there is no such member.
struct Facts {
  const Json* case_facts = nullptr;  // "case"
  const Json* actor = nullptr;       // "actor"
};

}  // namespace mingjian::chart
