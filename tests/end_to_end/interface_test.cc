// The description that the program serves, against what the program does.
#include <functional>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/definition/form.h"
#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

// A small value that a schema of a request allows.
Json sample(const Json& schema) {
  if (schema.contains("enum")) return schema["enum"].front();
  const std::string type = schema.value("type", "object");
  if (type == "string") return "x";
  if (type == "integer") return schema.value("minimum", 1);
  Json object = Json::object();
  for (const Json& name : schema.value("required", Json::array()))
    object[name.get<std::string>()] = sample(schema["properties"][name.get<std::string>()]);
  return object;
}

class Interface : public ::testing::Test {
 protected:
  void SetUp() override {
    document_ = json_of(served_.nobody().get("/api/v1/openapi.json"));
    case_ = file_case(inspector_);
    const Json accepted = {
        {"data", {{"duplicates_checked", true}, {"jurisdiction_checked", true}}}};
    ASSERT_EQ(inspector_.post(case_ + "/transitions/accept", accepted, 1).status, 200);
    const Answer asked = inspector_.post(case_ + "/transitions/verify_first",
                                         {{"data", {{"verification_plan", "核查方案"}}}}, 2);
    task_ = json_of(asked).value("task", "");
    request_ = json_of(asked).value("request", "");
  }

  struct Operation {
    std::string id;
    std::string method;
    std::string path;  // with its parameters filled in
    Json description;
  };

  std::vector<Operation> operations() {
    std::vector<Operation> all;
    for (const auto& [pattern, methods] : document_["paths"].items()) {
      for (const auto& [method, description] : methods.items()) {
        std::string upper = method;
        for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        all.push_back({description["operationId"], upper, filled(pattern), description});
      }
    }
    return all;
  }

  const Json& resolved(const Json& value) const {
    if (!value.contains("$ref")) return value;
    return document_.at(Json::json_pointer(value["$ref"].get<std::string>().substr(1)));
  }

  bool asks_for(const Operation& operation, const std::string& header) const {
    for (const Json& parameter : operation.description.value("parameters", Json::array())) {
      if (resolved(parameter)["name"] == header && resolved(parameter)["in"] == "header")
        return true;
    }
    return false;
  }
  static bool is_open(const Operation& operation) {
    return operation.description.contains("security") && operation.description["security"].empty();
  }
  // Whether inspectors may not read it.
  static bool is_for_reviewers(const Operation& operation) {
    return operation.id == "read_definition_history" || operation.id == "list_definition_findings";
  }
  static bool writes(const Operation& operation) { return operation.method != "GET"; }

  // A request with all that the description asks for, but for one header.
  Call request(const Operation& operation, const std::string& but) const {
    Call call{operation.method, operation.path};
    if (asks_for(operation, "If-Match")) call.headers["If-Match"] = "\"3\"";
    if (asks_for(operation, "Idempotency-Key")) call.headers["Idempotency-Key"] = "interface";
    if (operation.description.contains("requestBody")) {
      const Json& content = operation.description["requestBody"]["content"];
      if (!content.contains("application/json")) return call;
      call.headers["Content-Type"] = "application/json";
      call.body = sample(resolved(content["application/json"]["schema"])).dump();
    }
    call.headers.erase(but);
    return call;
  }

  // The schema of an answer as one that the forms' validator holds.
  Json plain(const Json& schema) const {
    Json whole = schema;
    whole["definitions"] = document_["components"]["schemas"];
    std::string text = whole.dump();
    const std::string from = "#/components/schemas/";
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at))
      text.replace(at, from.size(), "#/definitions/");
    return Json::parse(text);
  }

  void expect_as_described(const Operation& operation, const Answer& answer) const {
    const Json& responses = operation.description["responses"];
    const std::string code = std::to_string(answer.status);
    ASSERT_TRUE(responses.contains(code)) << code << " is not described: " << answer.body;
    const Json& response = resolved(responses[code]);
    if (!response.contains("content")) return;
    const std::string type = answer.header("content-type");
    ASSERT_TRUE(response["content"].contains(type)) << type;
    if (type.find("json") == std::string::npos) return;
    const auto schema = Form::compile_plain(plain(response["content"][type]["schema"]));
    ASSERT_TRUE(schema) << schema.error().message.en;
    for (const InputError& error : schema->check(json_of(answer)))
      ADD_FAILURE() << code << " " << error.pointer << ": " << error.message.en;
  }

  const ServedOffice served_{{"lin-wei", "zhou-yan", "admin-system"}};
  Visitor inspector_ = served_.visitor("lin-wei");
  Visitor administrator_ = served_.visitor("admin-system");
  Json document_;

 private:
  std::string filled(const std::string& pattern) const {
    std::string path = pattern;
    const auto put = [&](const std::string& part, const std::string& value) {
      const auto at = path.find(part);
      if (at != std::string::npos) path.replace(at, part.size(), value);
    };
    if (path.find("/cases/{id}") != std::string::npos) put("/api/v1/cases/{id}", case_);
    put("/tasks/{id}", "/tasks/" + task_);
    put("/definitions/{id}", "/definitions/accountability");
    put("{event}", "distribute");
    put("{request}", request_);
    put("{version}", "1");
    return path;
  }

  std::string case_;
  std::string task_;
  std::string request_;
};

TEST_F(Interface, IsDescribedAsOpenApi31) {
  EXPECT_EQ(document_["openapi"], "3.1.0");
  EXPECT_GE(operations().size(), 20U);
}

TEST_F(Interface, AnswersEachReadAsDescribed) {
  for (const Operation& operation : operations()) {
    if (writes(operation)) continue;
    SCOPED_TRACE(operation.id);
    const Visitor& reader = is_for_reviewers(operation) ? administrator_ : inspector_;
    const Answer answer = reader.get(operation.path);
    EXPECT_EQ(answer.status, 200) << answer.body;
    expect_as_described(operation, answer);
  }
}

TEST_F(Interface, LetsNobodyInButWhereItSaysSo) {
  for (const Operation& operation : operations()) {
    SCOPED_TRACE(operation.id);
    const Answer answer = served_.nobody().ask(request(operation, ""));
    expect_as_described(operation, answer);
    const bool refused = answer.status == 401 && operation.id != "sign_in";
    EXPECT_EQ(refused, !is_open(operation));
  }
}

TEST_F(Interface, KnowsTheMethodsThatAreDescribedAndNoOthers) {
  std::map<std::string, std::set<std::string>> methods;
  for (const Operation& operation : operations()) methods[operation.path].insert(operation.method);
  for (const auto& [path, described] : methods) {
    SCOPED_TRACE(path);
    const Answer answer = served_.nobody().ask({"TRACE", path});
    EXPECT_THAT(answer.status, ::testing::AnyOf(405, 501));
    std::string allowed = served_.nobody().ask({"OPTIONS", path}).header("allow");
    std::set<std::string> names;
    for (std::size_t at = 0; at < allowed.size(); at = allowed.find(", ", at) == std::string::npos
                                                           ? allowed.size()
                                                           : allowed.find(", ", at) + 2)
      names.insert(allowed.substr(at, allowed.find(", ", at) - at));
    names.erase("HEAD");
    names.erase("OPTIONS");
    EXPECT_EQ(names, described);
  }
}

TEST_F(Interface, AsksForTheHeadersThatAreDescribedAndForNoOthers) {
  for (const Operation& operation : operations()) {
    if (!writes(operation) || operation.id == "sign_out") continue;
    SCOPED_TRACE(operation.id);
    const Answer unseen = inspector_.ask(request(operation, "If-Match"));
    EXPECT_EQ(unseen.status == 428, asks_for(operation, "If-Match")) << unseen.body;
    expect_as_described(operation, unseen);
    const Answer keyless = inspector_.ask(request(operation, "Idempotency-Key"));
    EXPECT_EQ(keyless.body.find("idempotency-key-required") != std::string::npos,
              asks_for(operation, "Idempotency-Key"))
        << keyless.body;
    expect_as_described(operation, keyless);
    const Answer untyped = inspector_.ask(request(operation, "Content-Type"));
    EXPECT_EQ(untyped.status == 415, operation.description.contains("requestBody")) << untyped.body;
    expect_as_described(operation, untyped);
  }
}

}  // namespace
}  // namespace mingjian::testing
