#include "api/cli/office_file.h"

#include <nlohmann/json.hpp>

#include "engine/access/password_rule.h"
#include "engine/access/role.h"
#include "engine/access/system_actor.h"
#include "engine/definition/form.h"

namespace mingjian::cli {
namespace {

const char* const kSchema = R"({
  "type": "object", "required": ["organisations", "people"], "additionalProperties": false,
  "properties": {
    "organisations": {"type": "array", "items": {"type": "object",
      "required": ["id", "parent", "kind", "name"], "additionalProperties": false,
      "properties": {"id": {"type": "string", "minLength": 1}, "parent": {"type": "string"},
        "kind": {"type": "string", "code": "organisation_kinds"},
        "name": {"type": "object", "required": ["zh", "en"], "additionalProperties": false,
          "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}}}}},
    "people": {"type": "array", "items": {"type": "object",
      "required": ["id", "name", "posts"], "additionalProperties": false,
      "properties": {"id": {"type": "string", "minLength": 1}, "active": {"type": "boolean"},
        "password": {"type": "string"},
        "name": {"type": "object", "required": ["zh", "en"], "additionalProperties": false,
          "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}},
        "posts": {"type": "array", "items": {"type": "object",
          "required": ["organisation", "role", "from"], "additionalProperties": false,
          "properties": {"organisation": {"type": "string"}, "role": {"type": "string"},
            "from": {"type": "string"}, "to": {"type": "string"}}}}}}}}
})";

Text text_of(const Json& json) { return {json["zh"], json["en"]}; }

Result<Post> post_of(const Json& json, const std::string& pointer) {
  Post post{OrganisationId(json["organisation"]), Role(json["role"]), {}, std::nullopt};
  if (!role::exists(post.role)) {
    return fail(ErrorKind::kInvalidInput,
                {"没有这个角色：" + post.role.value(), "no such role: " + post.role.value()},
                pointer + "/role");
  }
  auto from = parse_rfc3339(json["from"].get<std::string>());
  if (!from) return fail(ErrorKind::kInvalidInput, from.error().message, pointer + "/from");
  post.from = *from;
  if (!json.contains("to")) return post;
  auto to = parse_rfc3339(json["to"].get<std::string>());
  if (!to) return fail(ErrorKind::kInvalidInput, to.error().message, pointer + "/to");
  post.to = *to;
  return post;
}

Result<Person> person_of(const Json& json, const std::string& pointer) {
  if (!is_person_id(json["id"].get<std::string>())) {
    return fail(ErrorKind::kInvalidInput,
                {"以 @ 开头的标识留给系统", "ids that begin with @ are kept for the system"},
                pointer + "/id");
  }
  Person person{PersonId(json["id"]), text_of(json["name"]), {}, json.value("active", true)};
  bool administers = false;
  bool handles = false;
  for (std::size_t i = 0; i < json["posts"].size(); ++i) {
    auto post = post_of(json["posts"][i], pointer + "/posts/" + std::to_string(i));
    if (!post) return tl::unexpected<Error>(post.error());
    (role::administers(post->role) ? administers : handles) = true;
    person.posts.push_back(std::move(*post));
  }
  if (administers && (handles || person.posts.size() > 1)) {
    return fail(ErrorKind::kInvalidInput,
                {"三员分立：管理员不得兼任其他职务", "an administrator holds no other post"},
                pointer + "/posts");
  }
  return person;
}

}  // namespace

Result<OfficeFile> read_office(const std::string& text, const CodeTables& codes) {
  const auto json = parse_json(text);
  if (!json) return tl::unexpected<Error>(json.error());
  const auto form = Form::compile(Json::parse(kSchema), codes, "");
  if (!form) return tl::unexpected<Error>(form.error());
  for (const InputError& error : form->check(*json)) {
    return fail(ErrorKind::kInvalidInput, error.message, error.pointer);
  }
  OfficeFile file;
  for (const Json& entry : (*json)["organisations"]) {
    file.office.organisations.push_back({OrganisationId(entry["id"]),
                                         OrganisationId(entry["parent"]), entry["kind"],
                                         text_of(entry["name"])});
  }
  const Json& people = (*json)["people"];
  for (std::size_t i = 0; i < people.size(); ++i) {
    auto person = person_of(people[i], "/people/" + std::to_string(i));
    if (!person) return tl::unexpected<Error>(person.error());
    if (people[i].contains("password")) {
      const std::string password = people[i]["password"];
      if (const auto fault = password_fault(password, person->id)) {
        return fail(ErrorKind::kInvalidInput, *fault, "/people/" + std::to_string(i) + "/password");
      }
      file.passwords.emplace_back(person->id, password);
    }
    file.office.people.push_back(std::move(*person));
  }
  return file;
}

}  // namespace mingjian::cli
