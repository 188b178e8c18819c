#include "engine/case/json_fields.h"

namespace mingjian {

std::string name_of(Decision decision) {
  switch (decision) {
    case Decision::kApprove:
      return "approve";
    case Decision::kRefuse:
      return "refuse";
    case Decision::kReturn:
      return "return";
  }
  return "approve";
}

namespace fields {

Json to_json(const Text& text) { return text_json(text); }

Json to_json(const DefinitionReference& reference) {
  return {{"id", reference.id}, {"version", reference.version}, {"digest", reference.digest}};
}

// One signer alone, whoever holds the role, has the short form that there was before there could be
// several; his task is told beside it.
bool has_short_form(const RequestStep& step) {
  return step.signing == Signing::kAny && step.signers.size() == 1 &&
         step.signers.front().person.empty();
}

Json to_json(const Signer& signer) {
  Json json = {{"role", signer.role.value()}};
  if (!signer.person.empty()) json["person"] = signer.person.value();
  if (!signer.task.empty()) {
    json["task"] = signer.task.value();
    json["opened_at"] = signer.opened_at.microseconds;
  }
  if (!signer.signed_by.empty()) json["signed_by"] = signer.signed_by.value();
  return json;
}

Json to_json(const RequestStep& step) {
  Json json = {{"title", to_json(step.title)}, {"rules", ids(step.rules)}};
  if (has_short_form(step)) {
    const Signer& signer = step.signers.front();
    json["role"] = signer.role.value();
    if (!signer.signed_by.empty()) json["signed_by"] = signer.signed_by.value();
  } else {
    json["signing"] = name_of(step.signing);
    json["signers"] = list(step.signers);
  }
  return json;
}

Json to_json(const AttachMaterial& material) {
  return {{"kind", material.kind},
          {"title", material.title},
          {"sha256", material.sha256},
          {"bytes", material.bytes},
          {"media_type", material.media_type}};
}

Text text(const Json& json) { return {json.at("zh"), json.at("en")}; }

DefinitionReference definition_reference(const Json& json) {
  return {json.at("id"), json.at("version"), json.at("digest")};
}

namespace {

[[noreturn]] void throw_unknown(const char* what, const Json& json) {
  throw Json::other_error::create(501, std::string("no such ") + what + ": " + json.dump(),
                                  nullptr);
}

Signing signing(const Json& json) {
  for (const Signing each : {Signing::kAny, Signing::kAll}) {
    if (json == name_of(each)) return each;
  }
  throw_unknown("way of signing", json);
}

Signer signer(const Json& json) {
  return {Role(json.at("role")),
          PersonId(json.value("person", "")),
          TaskId(json.value("task", "")),
          {json.value("opened_at", std::int64_t{0})},
          PersonId(json.value("signed_by", ""))};
}

}  // namespace

std::vector<RequestStep> request_steps(const Json& json) {
  std::vector<RequestStep> steps;
  for (const Json& entry : json) {
    RequestStep step{
        text(entry.at("title")), Signing::kAny, {}, ids_from<RuleId>(entry.at("rules"))};
    if (entry.contains("signers")) {
      step.signing = signing(entry.at("signing"));
      for (const Json& each : entry.at("signers")) step.signers.push_back(signer(each));
    } else {
      step.signers.push_back(signer(entry));
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

AttachMaterial attach_material(const Json& json) {
  return {json.at("kind"), json.at("title"), json.at("sha256"), json.at("bytes"),
          json.at("media_type")};
}

Decision decision(const Json& json) {
  for (const Decision each : {Decision::kApprove, Decision::kRefuse, Decision::kReturn}) {
    if (json == name_of(each)) return each;
  }
  throw_unknown("decision", json);
}

Resumption resumption(const Json& request) {
  const Json json = request.value("resumes", name_of(Resumption::kInOrder));
  for (const Resumption each : {Resumption::kInOrder, Resumption::kWhereReturned}) {
    if (json == name_of(each)) return each;
  }
  throw_unknown("resumption", json);
}

std::vector<Role> roles(const Json& json) { return ids_from<Role>(json); }

}  // namespace fields
}  // namespace mingjian
