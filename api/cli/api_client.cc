#include "api/cli/api_client.h"

#include <utility>

#include <httplib.h>
#include <nlohmann/json.hpp>

namespace mingjian::cli {
namespace {

Result<Json> read_answer(const httplib::Result& answer) {
  if (!answer) {
    return fail(ErrorKind::kUnavailable, {"服务没有应答", "the server does not answer: " +
                                                              httplib::to_string(answer.error())});
  }
  auto body = answer->body.empty() ? Result<Json>(Json::object())
                                   : parse_json(answer->body, {.bytes = 16 << 20});
  if (answer->status >= 200 && answer->status < 300 && body) return body;
  const std::string status = std::to_string(answer->status);
  return fail(ErrorKind::kConflict, {status + " " + answer->body, status + " " + answer->body});
}

}  // namespace

ApiClient::ApiClient(const std::string& server, std::map<std::string, std::string> passwords)
    : client_(std::make_unique<httplib::Client>(server)), passwords_(std::move(passwords)) {
  client_->set_keep_alive(true);
  client_->set_tcp_nodelay(true);
}

ApiClient::~ApiClient() = default;

Result<std::string> ApiClient::token_of(const std::string& person) {
  const auto known = tokens_.find(person);
  if (known != tokens_.end()) return known->second;
  const Json body = {{"person", person}, {"password", passwords_[person]}};
  auto answer = read_answer(client_->Post("/api/v1/sessions", body.dump(), "application/json"));
  if (!answer) return tl::unexpected<Error>(answer.error());
  return tokens_[person] = answer->value("token", "");
}

Result<Json> ApiClient::get(const std::string& person, const std::string& path) {
  auto token = token_of(person);
  if (!token) return tl::unexpected<Error>(token.error());
  return read_answer(client_->Get(path, {{"Authorization", "Bearer " + *token}}));
}

Result<Json> ApiClient::post(const std::string& person, const std::string& path, const Json& body,
                             std::uint64_t version, const std::string& key) {
  auto token = token_of(person);
  if (!token) return tl::unexpected<Error>(token.error());
  httplib::Headers headers = {{"Authorization", "Bearer " + *token}, {"Idempotency-Key", key}};
  if (version > 0) headers.emplace("If-Match", "\"" + std::to_string(version) + "\"");
  return read_answer(client_->Post(path, headers, body.dump(), "application/json"));
}

}  // namespace mingjian::cli
