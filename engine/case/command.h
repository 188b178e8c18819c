#pragma once

#include <optional>
#include <string>
#include <variant>

#include <nlohmann/json.hpp>

#include "engine/base/ids.h"
#include "engine/base/json.h"
#include "engine/case/migration.h"

namespace mingjian {

// 受理登记: opens a case of a definition.
struct FileCase {
  std::string definition;
  Json data;  // the filing form, filled in
};

// 流转: takes a transition, or asks for it where it needs approval.
struct FireTransition {
  std::string event;
  Json data;  // the transition's form, filled in; null where there is none
};

enum class Decision {
  kApprove,  // 同意
  kRefuse,   // 不同意: the request ends
  kReturn,  // 退回: an earlier step signs again, or the requester mends it and asks again (补正)
};

// 签批: decides the present step of a request.
struct DecideRequest {
  TaskId task;
  Decision decision;
  std::string opinion;                         // needed unless approving
  std::optional<std::int64_t> return_to = {};  // for kReturn: an earlier step; else the requester
};

// 撤回: takes one's own request back before the last signature.
struct WithdrawRequest {
  RequestId request;
  std::string reason;
};

// 收回签批: takes one's own signature back before the next has acted.
struct TakeBackSignature {
  RequestId request;
  std::string reason;
};

// 转办: has another person who holds the role sign.
struct HandOverTask {
  TaskId task;
  PersonId to;
  std::string reason;
};

// 催办
struct UrgeRequest {
  RequestId request;
  std::string text;
};

// 指派: puts a person on the case's team.
struct AssignMember {
  PersonId person;
  Role duty;
};

// 附材料: what and with which digest; the file itself is kept elsewhere.
struct AttachMaterial {
  std::string kind;  // one of the definition's materials
  std::string title;
  std::string sha256;  // 64 hexadecimal digits
  std::int64_t bytes = 0;
  std::string media_type;
};

// 更正: changes fields that were asked at filing.
struct AmendData {
  Json changes;  // field -> new value
  std::string reason;
};

// 记事
struct AddNote {
  std::string text;
};

// 关联: says how another case hangs together with this one.
struct LinkCase {
  CaseId other;
  std::string link;  // a code of process_links
};

using Command = std::variant<FileCase, FireTransition, DecideRequest, AssignMember, AttachMaterial,
                             AmendData, AddNote, LinkCase, MigrateCase, WithdrawRequest,
                             TakeBackSignature, HandOverTask, UrgeRequest>;

}  // namespace mingjian
