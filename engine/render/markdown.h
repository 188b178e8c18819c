#pragma once

#include <string>
#include <string_view>
#include <vector>

// Markdown (GitHub Flavored Markdown, for its tables).
namespace mingjian::render {

// `text` as plain text on one line: what Markdown or HTML would read as markup is escaped.
[[nodiscard]] std::string markdown_escaped(std::string_view text);

// A table; cells are Markdown without line breaks. Requires rows as long as the head.
[[nodiscard]] std::string markdown_table(const std::vector<std::string>& head,
                                         const std::vector<std::vector<std::string>>& rows);

// A heading with blank lines around it; levels beyond 6 are 6.
[[nodiscard]] std::string markdown_heading(std::size_t level, const std::string& text);

}  // namespace mingjian::render
