#include "adapters/mysql/options.h"

#include <charconv>
#include <optional>

#include <Poco/Exception.h>
#include <Poco/URI.h>

namespace mingjian {
namespace {

constexpr std::string_view kScheme = "mysql://";
constexpr std::size_t kMostConnections = 512;

tl::unexpected<Error> wrong(const std::string& zh, const std::string& en) {
  return fail(ErrorKind::kInvalidInput,
              {"数据库地址有误：" + zh + "；应为 mysql://用户:口令@主机:端口/库名",
               "the address of the database is wrong: " + en +
                   "; it should be like mysql://user:password@host:port/database"});
}

// Cuts what stands before `mark` off the front of `text`; nothing where there is no mark.
std::optional<std::string_view> take_until(std::string_view& text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const auto part = text.substr(0, at);
  text.remove_prefix(at + 1);
  return part;
}

std::string decoded(std::string_view part) {
  std::string text;
  Poco::URI::decode(std::string(part), text);
  return text;
}

template <class Number>
std::optional<Number> number_in(std::string_view text, Number least, Number most) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (number < least || number > most) return std::nullopt;
  return number;
}

std::optional<MysqlOptions::Host> host_of(std::string_view text) {
  MysqlOptions::Host host;
  if (text.starts_with('[')) {
    text.remove_prefix(1);
    const auto name = take_until(text, ']');
    if (!name) return std::nullopt;
    host.name = *name;
    if (!text.empty() && text.front() != ':') return std::nullopt;
    if (!text.empty()) text.remove_prefix(1);
  } else if (const auto name = take_until(text, ':')) {
    host.name = *name;
  } else {
    host.name = text;
    text = {};
  }
  if (host.name.empty()) return std::nullopt;
  if (text.empty()) return host;
  const auto port = number_in<std::uint16_t>(text, 1, 65535);
  if (!port) return std::nullopt;
  host.port = *port;
  return host;
}

Result<void> set(MysqlOptions& options, const std::string& name, const std::string& value) {
  if (name == "ca") {
    options.authority = value;
  } else if (name == "isolation" && value == "read-committed") {
    options.isolation = MysqlOptions::Isolation::kReadCommitted;
  } else if (name == "isolation" && value == "repeatable-read") {
    options.isolation = MysqlOptions::Isolation::kRepeatableRead;
  } else if (const auto count = number_in<std::size_t>(value, 2, kMostConnections);
             name == "connections" && count) {
    options.connections = *count;
  } else {
    return wrong("不认识 " + name + "=" + value, "unknown " + name + "=" + value);
  }
  return {};
}

Result<void> read_hosts(MysqlOptions& options, std::string_view list) {
  while (!list.empty()) {
    std::string_view rest = list;
    const auto part = take_until(rest, ',');
    const auto host = host_of(part.value_or(list));
    if (!host) return wrong("主机 " + std::string(list), "the host " + std::string(list));
    options.hosts.push_back(*host);
    list = part ? rest : std::string_view{};
  }
  if (options.hosts.empty()) return wrong("缺少主机", "there is no host");
  return {};
}

Result<void> read_settings(MysqlOptions& options, std::string_view list) {
  while (!list.empty()) {
    std::string_view rest = list;
    const auto part = take_until(rest, '&');
    std::string_view value = part.value_or(list);
    const auto name = take_until(value, '=');
    auto done = set(options, name ? std::string(*name) : std::string(value),
                    name ? decoded(value) : std::string());
    if (!done) return done;
    list = part ? rest : std::string_view{};
  }
  return {};
}

}  // namespace

Result<MysqlOptions> parse_mysql_address(std::string_view address) {
  try {
    MysqlOptions options;
    if (!address.starts_with(kScheme)) return wrong("不以 mysql:// 开头", "it begins otherwise");
    address.remove_prefix(kScheme.size());
    auto user = take_until(address, '@');
    if (!user) return wrong("缺少用户", "there is no user");
    const auto name = take_until(*user, ':');
    options.user = decoded(name.value_or(*user));
    if (name) options.password = decoded(*user);
    const auto hosts = take_until(address, '/');
    if (!hosts) return wrong("缺少库名", "there is no database");
    if (auto read = read_hosts(options, *hosts); !read) return tl::unexpected<Error>(read.error());
    const auto database = take_until(address, '?');
    options.database = decoded(database.value_or(address));
    if (options.database.empty()) return wrong("缺少库名", "there is no database");
    if (!database) return options;
    if (auto read = read_settings(options, address); !read)
      return tl::unexpected<Error>(read.error());
    return options;
  } catch (const Poco::Exception&) {
    return wrong("百分号编码", "its percent-encoding");
  }
}

std::string readable_address(const MysqlOptions& options) {
  std::string text = std::string(kScheme) + options.user + "@";
  for (const MysqlOptions::Host& host : options.hosts) {
    if (&host != &options.hosts.front()) text += ",";
    text += host.name + ":" + std::to_string(host.port);
  }
  return text + "/" + options.database;
}

}  // namespace mingjian
