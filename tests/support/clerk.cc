#include "tests/support/clerk.h"

#include <nlohmann/json.hpp>

namespace mingjian::testing {
namespace {

using Json = nlohmann::json;

std::string with_body(const std::string& head, const std::string& body) {
  return head + "Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

Command filing(const std::string& key) {
  const Json data = {{"reference", key},
                     {"received_on", "2026-03-02"},
                     {"clue_source", "SRC-AUDIT"},
                     {"facts_zh", "审计发现项目监管失职。"},
                     {"subjects", {{{"name", "王某"}, {"rank", "RK-KZ"}}}},
                     {"category_codes", {"AS-09"}}};
  const Json body = {{"definition", "accountability"}, {"data", data}};
  return {"/api/v1/cases", body.dump(), 0, key, key};
}

Command note(const std::string& case_id, int version, const std::string& key) {
  return {"/api/v1/cases/" + case_id + "/notes", Json{{"text", key}}.dump(), version, key, key};
}

Command acceptance(const std::string& case_id, int version, const std::string& key) {
  const Json data = {{"duplicates_checked", true}, {"jurisdiction_checked", true}};
  return {"/api/v1/cases/" + case_id + "/transitions/accept", Json{{"data", data}}.dump(), version,
          key, case_id + " accept"};
}

Answer Clerk::get(const std::string& path) {
  return client_.ask("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " +
                     token_ + "\r\n\r\n");
}

Answer Clerk::send(const Command& command) {
  std::string head = "POST " + command.path + " HTTP/1.1\r\nAuthorization: Bearer " + token_ +
                     "\r\nIdempotency-Key: " + command.key + "\r\n";
  if (command.version != 0) head += "If-Match: \"" + std::to_string(command.version) + "\"\r\n";
  return client_.ask(with_body(head, command.body));
}

std::string sign_in(int port, const std::string& person) {
  const Json body = {{"person", person}, {"password", "demo-mingjian-2026"}};
  const Answer answer =
      RawClient(port).ask(with_body("POST /api/v1/sessions HTTP/1.1\r\n", body.dump()));
  if (answer.status != 201) return {};
  return Json::parse(answer.body)["token"];
}

}  // namespace mingjian::testing
