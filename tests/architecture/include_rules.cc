#include "tests/architecture/include_rules.h"

#include <algorithm>
#include <regex>
#include <set>
#include <string_view>
#include <utility>

namespace mingjian::testing {
namespace {

bool starts_with_any(std::string_view text, const std::vector<std::string>& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](const std::string& start) { return text.starts_with(start); });
}

// What a room of the engine may include beside itself. A new room must be entered here; the table
// has no cycle, since each line names only rooms above it.
const std::map<std::string, std::set<std::string>>& engine_rooms() {
  static const std::map<std::string, std::set<std::string>> kRooms = [] {
    const std::vector<std::pair<std::string, std::set<std::string>>> sees = {
        {"base", {}},
        {"ports", {"base"}},
        {"guard", {"base"}},
        {"chart", {"base", "guard"}},
        {"access", {"base", "ports"}},
        {"definition", {"base", "ports", "guard", "chart", "access"}},
        {"lint", {"base", "ports", "guard", "chart", "access", "definition"}},
        {"render", {"base", "ports", "guard", "chart", "access", "definition"}},
        {"case", {"base", "ports", "guard", "chart", "access", "definition"}},
        {"service",
         {"base", "ports", "guard", "chart", "access", "definition", "lint", "render", "case"}},
    };
    return std::map<std::string, std::set<std::string>>(sees.begin(), sees.end());
  }();
  return kRooms;
}

// A third-party header and the places that may include it.
struct Fence {
  std::string header;
  std::vector<std::string> places;
};

const std::vector<Fence>& fences() {
  static const std::vector<Fence> kFences = {
      {"httplib", {"api/http/server.", "api/http/connection.", "api/http/codec.", "api/cli/"}},
      {"SQLiteCpp", {"adapters/sqlite/"}},
      {"sqlite3", {"adapters/sqlite/"}},
      {"cppconn/", {"adapters/mysql/"}},
      {"mysql_", {"adapters/mysql/"}},
      {"argon2", {"adapters/"}},
      {"graphviz/", {"adapters/graphviz/"}},
      {"curl/", {"adapters/oidc/"}},
      {"prometheus/", {"api/http/handlers/metrics.cc"}},
      {"openssl/", {"adapters/", "api/http/tls.cc", "engine/base/digest.cc"}},
      {"valijson/", {"engine/definition/"}},
  };
  return kFences;
}

// The room of a path in the engine: "guard" of "engine/guard/path.h".
std::string engine_room(const std::string& path) {
  const std::size_t start = std::string_view("engine/").size();
  return path.substr(start, path.find('/', start) - start);
}

// Why `file` may not include `header` of the project, or "".
std::string wrong_room(const std::string& file, const std::string& header) {
  if (file.starts_with("api/http/") && header.starts_with("adapters/")) {
    return "the HTTP interface knows no adapter";
  }
  if (file.starts_with("api/background/") && starts_with_any(header, {"adapters/", "api/http/"})) {
    return "the background knows the engine's ports only";
  }
  if (file.starts_with("adapters/") && header.starts_with("api/")) {
    return "adapters know no interface";
  }
  if (!file.starts_with("tests/") && header.starts_with("tests/")) {
    return "the product knows no test";
  }
  if (!file.starts_with("engine/")) return "";
  if (starts_with_any(header, {"api/", "adapters/"})) return "the engine knows no outside";
  if (!header.starts_with("engine/")) return "";
  const std::string from = engine_room(file);
  const std::string to = engine_room(header);
  const auto room = engine_rooms().find(from);
  if (room == engine_rooms().end()) return "the room " + from + " has no place in the order";
  if (from == to || room->second.contains(to)) return "";
  return from + " does not come after " + to;
}

std::string wrong_fence(const std::string& file, const std::string& header) {
  if (file.starts_with("tests/")) return "";
  for (const Fence& fence : fences()) {
    if (header.starts_with(fence.header) && !starts_with_any(file, fence.places)) {
      return fence.header + " stays in its room";
    }
  }
  return "";
}

}  // namespace

std::vector<std::string> wrong_includes(const SourceTree& tree) {
  static const std::regex kInclude(R"re(#\s*include\s*(["<])([^">]+)[">])re");
  std::vector<std::string> wrong;
  for (const auto& [file, text] : tree) {
    for (std::sregex_iterator include(text.begin(), text.end(), kInclude), end; include != end;
         ++include) {
      const bool own = (*include)[1] == "\"";
      const std::string header = (*include)[2];
      std::string reason = own ? wrong_room(file, header) : "";
      if (reason.empty()) reason = wrong_fence(file, header);
      if (!reason.empty()) wrong.push_back(file + " includes " + header + ": " + reason);
    }
  }
  return wrong;
}

std::vector<std::string> long_files(const SourceTree& tree, std::size_t most) {
  std::vector<std::string> files;
  for (const auto& [file, text] : tree) {
    if (static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) > most) {
      files.push_back(file);
    }
  }
  return files;
}

}  // namespace mingjian::testing
