#include "api/http/handlers/measurements.h"

namespace mingjian::http {

void Measurements::count_request(std::string_view operation, int status) {
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(operation), status}];
}

Measurements::Requests Measurements::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

}  // namespace mingjian::http
