#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/handlers/pipeline.h"

// The query of an address, read strictly: a parameter that is misspelt or not as asked is refused,
// because to pass it over would answer another question than the one that was put.
namespace mingjian::http {

// 400 where the query names a parameter that is not among these, or names one twice.
[[nodiscard]] Checked<void> check_names(const Request& request,
                                        std::initializer_list<std::string_view> known);

// One of these words; the first where the parameter is not given. 400 where it is something else.
[[nodiscard]] Checked<std::string> one_of(const Request& request, std::string_view name,
                                          std::initializer_list<std::string_view> words);

// Nothing where it is not given. 400 where it is neither "true" nor "false".
[[nodiscard]] Checked<std::optional<bool>> yes_or_no(const Request& request, std::string_view name);

// Nothing where it is not given. 400 where it is no time of RFC 3339.
[[nodiscard]] Checked<std::optional<Instant>> point_in_time(const Request& request,
                                                            std::string_view name);

inline constexpr std::size_t kLargestPage = 200;

// ?limit= (1 to 200, 50 where it is not given). 400 where it is something else.
[[nodiscard]] Checked<std::size_t> page_limit(const Request& request);

// ?cursor= of a list ordered by id (a UUID); empty where it is not given. 400 where it is no UUID.
[[nodiscard]] Checked<std::string> id_cursor(const Request& request);

// ?cursor= of a list ordered by version; 0 where it is not given. 400 where it is no version.
[[nodiscard]] Checked<Version> version_cursor(const Request& request);

}  // namespace mingjian::http
