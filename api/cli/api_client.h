#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/base/json.h"
#include "engine/base/result.h"

namespace httplib {
class Client;
}

namespace mingjian::cli {

// A client of the HTTP API that signs in as whom it is told. One thread.
class ApiClient {
 public:
  // `passwords`: of the people who may be acted for.
  ApiClient(const std::string& server, std::map<std::string, std::string> passwords);
  ~ApiClient();

  // The body of a 2xx answer. Errors: kUnavailable where nobody answers, else kConflict with the
  // problem's own words.
  [[nodiscard]] Result<Json> get(const std::string& person, const std::string& path);
  // `version`: for If-Match, 0 for none. `key`: the Idempotency-Key.
  [[nodiscard]] Result<Json> post(const std::string& person, const std::string& path,
                                  const Json& body, std::uint64_t version, const std::string& key);

 private:
  [[nodiscard]] Result<std::string> token_of(const std::string& person);

  std::unique_ptr<httplib::Client> client_;
  std::map<std::string, std::string> passwords_;
  std::map<std::string, std::string> tokens_;
};

}  // namespace mingjian::cli
