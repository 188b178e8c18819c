#include "api/http/handlers/named_definition.h"

#include <charconv>

namespace mingjian::http {
namespace {

using Found = Result<std::shared_ptr<const Definition>>;

}  // namespace

Problem no_such_definition() {
  return {
      404, problem_type("not-found"), {"没有这个流程定义或版本", "there is no such definition"}};
}

Checked<std::int64_t> version_in_path(const Request& request) {
  const std::string& given = request.parameter("version");
  std::int64_t version = 0;
  const auto read = std::from_chars(given.data(), given.data() + given.size(), version);
  if (read.ec == std::errc() && read.ptr == given.data() + given.size()) return version;
  return tl::unexpected<Problem>(no_such_definition());
}

Checked<std::shared_ptr<const Definition>> named_definition(const OfficeServices& office,
                                                            const Request& request) {
  Catalogue& catalogue = office.cases.catalogue();
  const std::string& id = request.parameter("id");
  Found found;
  if (request.parameter("version").empty()) {
    found = catalogue.in_force(id, office.clock.now());
  } else {
    auto version = version_in_path(request);
    if (!version) return tl::unexpected<Problem>(std::move(version.error()));
    found = catalogue.find(id, *version);
  }
  if (!found) return failed(office, found.error());
  if (!*found) return tl::unexpected<Problem>(no_such_definition());
  return std::move(*found);
}

}  // namespace mingjian::http
