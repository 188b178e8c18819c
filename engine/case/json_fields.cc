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

Json to_json(const RequestStep& step) {
  Json json = {
      {"title", to_json(step.title)}, {"role", step.role.value()}, {"rules", ids(step.rules)}};
  if (!step.signed_by.empty()) json["signed_by"] = step.signed_by.value();
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

std::vector<RequestStep> request_steps(const Json& json) {
  std::vector<RequestStep> steps;
  for (const Json& entry : json) {
    steps.push_back({text(entry.at("title")), Role(entry.at("role")),
                     ids_from<RuleId>(entry.at("rules")), PersonId(entry.value("signed_by", ""))});
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
  throw Json::other_error::create(501, "no such decision: " + json.dump(), nullptr);
}

std::vector<Role> roles(const Json& json) { return ids_from<Role>(json); }

}  // namespace fields
}  // namespace mingjian
