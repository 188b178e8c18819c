#include "api/http/openapi/document.h"

namespace mingjian::http {

std::string_view openapi_document() {
  static constexpr std::string_view kDocument =
#include "openapi.inc"
      ;
  return kDocument;
}

}  // namespace mingjian::http
