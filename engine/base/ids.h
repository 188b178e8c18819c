#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace mingjian {

// A string that names one kind of thing and cannot be mistaken for the name of another.
template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string value) : value_(std::move(value)) {}

  [[nodiscard]] const std::string& value() const { return value_; }
  [[nodiscard]] bool empty() const { return value_.empty(); }
  auto operator<=>(const Id&) const = default;

 private:
  std::string value_;
};

using CaseId = Id<struct CaseTag>;                  // UUID version 7 (RFC 9562)
using PersonId = Id<struct PersonTag>;              // chosen by the office, e.g. "lin-wei"
using OrganisationId = Id<struct OrganisationTag>;  // chosen by the office
using RequestId = Id<struct RequestTag>;            // an approval request: UUID version 7
using TaskId = Id<struct TaskTag>;                  // one person's turn in a request
using MaterialId = Id<struct MaterialTag>;          // UUID version 7
using Role = Id<struct RoleTag>;                    // see access/role.h for the names
using RuleId = Id<struct RuleTag>;                  // of the register, e.g. "R-INV-009"

// How many events a case has. The first event makes version 1.
using Version = std::uint64_t;

}  // namespace mingjian

template <class Tag>
struct std::hash<mingjian::Id<Tag>> {
  std::size_t operator()(const mingjian::Id<Tag>& id) const noexcept {
    return std::hash<std::string>()(id.value());
  }
};
