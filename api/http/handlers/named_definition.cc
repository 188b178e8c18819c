#include "api/http/handlers/named_definition.h"

#include <charconv>

namespace mingjian::http {
namespace {

const Definition* find(const Catalogue& catalogue, const Request& request) {
  const std::string& id = request.parameter("id");
  const std::string& given = request.parameter("version");
  if (given.empty()) return catalogue.newest(id);
  std::int64_t version = 0;
  const auto read = std::from_chars(given.data(), given.data() + given.size(), version);
  const bool whole = read.ec == std::errc() && read.ptr == given.data() + given.size();
  return whole ? catalogue.find(id, version) : nullptr;
}

}  // namespace

Checked<const Definition*> named_definition(const Catalogue& catalogue, const Request& request) {
  const Definition* const found = find(catalogue, request);
  if (found != nullptr) return found;
  return tl::unexpected<Problem>(
      Problem(404, problem_type("not-found"), {"没有这个流程定义", "there is no such definition"}));
}

}  // namespace mingjian::http
