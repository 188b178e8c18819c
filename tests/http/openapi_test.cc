// The description of the interface against the router's own table.
#include <functional>
#include <map>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "api/http/handlers/routes.h"
#include "api/http/openapi/document.h"
#include "tests/http/office_in_memory.h"

namespace mingjian::http {
namespace {

using ::testing::IsSupersetOf;
using testing::OfficeInMemory;

const Json& document() {
  static const Json kDocument = Json::parse(openapi_document());
  return kDocument;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Calls with "METHOD path" and the description of each operation.
void for_each_operation(const std::function<void(const std::string&, const Json&)>& call) {
  for (const auto& [path, methods] : document()["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      std::string name = method + " " + path;
      call(name, operation);
    }
  }
}

// What a "$ref" stands for; itself where it is none.
const Json& resolved(const Json& value) {
  if (!value.contains("$ref")) return value;
  return document().at(Json::json_pointer(value["$ref"].get<std::string>().substr(1)));
}

std::set<std::string> parameters(const Json& operation, const std::string& in) {
  std::set<std::string> names;
  for (const Json& parameter : operation.value("parameters", Json::array())) {
    if (resolved(parameter)["in"] == in) names.insert(resolved(parameter)["name"]);
  }
  return names;
}

TEST(OpenApi, DescribesEveryRouteAndNothingElse) {
  OfficeInMemory office;
  std::map<std::string, std::string> routed;
  const Router router = make_router(office.services());
  for (const Route& route : router.routes())
    routed[lower(route.method) + " " + route.pattern] = route.name;
  std::map<std::string, std::string> described;
  for_each_operation([&](const std::string& operation, const Json& description) {
    described[operation] = description["operationId"];
  });
  EXPECT_EQ(described, routed);
}

TEST(OpenApi, NamesThePathParametersOfEachRoute) {
  for_each_operation([](const std::string& name, const Json& operation) {
    SCOPED_TRACE(name);
    std::set<std::string> in_pattern;
    static const std::regex kPart("\\{([^}]+)\\}");
    for (std::sregex_iterator part(name.begin(), name.end(), kPart), end; part != end; ++part)
      in_pattern.insert((*part)[1]);
    EXPECT_EQ(parameters(operation, "path"), in_pattern);
  });
}

TEST(OpenApi, SaysOfEachOperationWhatItIsForAndWhatItAnswers) {
  for_each_operation([](const std::string& name, const Json& operation) {
    SCOPED_TRACE(name);
    EXPECT_FALSE(operation.value("summary", "").empty());
    std::set<std::string> codes;
    for (const auto& [code, answer] : operation["responses"].items()) {
      codes.insert(code);
      EXPECT_FALSE(resolved(answer).value("description", "").empty()) << code;
    }
    EXPECT_TRUE(codes.contains("200") || codes.contains("201") || codes.contains("204"));
    const bool open = operation.contains("security") && operation["security"].empty();
    EXPECT_EQ(codes.contains("401"), !open || name == "post /api/v1/sessions");
    const auto headers = parameters(operation, "header");
    EXPECT_EQ(codes.contains("428"), headers.contains("If-Match"));
    EXPECT_EQ(codes.contains("412"), headers.contains("If-Match"));
    std::set<std::string> needed;
    if (headers.contains("Idempotency-Key")) needed.insert({"400", "422"});
    if (operation.contains("requestBody")) needed.insert({"400", "415"});
    if (!parameters(operation, "query").empty()) needed.insert("400");
    EXPECT_THAT(codes, IsSupersetOf(needed));
  });
}

TEST(OpenApi, RefersToNothingThatIsNotThere) {
  const std::function<void(const Json&)> look = [&](const Json& value) {
    if (value.is_object() && value.contains("$ref")) {
      const auto pointer = value["$ref"].get<std::string>();
      ASSERT_EQ(pointer.substr(0, 2), "#/");
      EXPECT_TRUE(document().contains(Json::json_pointer(pointer.substr(1)))) << pointer;
    }
    if (value.is_structured()) {
      for (const Json& inner : value) look(inner);
    }
  };
  look(document());
}

}  // namespace
}  // namespace mingjian::http
