#include "api/cli/settings.h"

#include <array>
#include <filesystem>

#include <Poco/AutoPtr.h>
#include <Poco/Environment.h>
#include <Poco/Exception.h>
#include <Poco/Util/LayeredConfiguration.h>
#include <Poco/Util/MapConfiguration.h>
#include <Poco/Util/PropertyFileConfiguration.h>

namespace mingjian::cli {
namespace {

using Poco::AutoPtr;
using Poco::Util::LayeredConfiguration;
using Poco::Util::MapConfiguration;

constexpr std::array kNames = {
    "store",         "workflows",       "host",        "port",        "workers",
    "retention",     "tls_certificate", "tls_key",     "tls_clients", "oidc_issuer",
    "oidc_audience", "oidc_keys",       "oidc_person", "oidc_ca"};

// Smaller numbers win.
constexpr int kOptions = 0;
constexpr int kEnvironment = 1;
constexpr int kFile = 2;

AutoPtr<MapConfiguration> from_options(const GivenOptions& given) {
  AutoPtr<MapConfiguration> map(new MapConfiguration);
  if (!given.store.empty()) map->setString("store", given.store);
  if (!given.workflows.empty()) map->setString("workflows", given.workflows);
  if (!given.host.empty()) map->setString("host", given.host);
  if (given.port >= 0) map->setInt("port", given.port);
  if (given.workers >= 0) map->setInt("workers", given.workers);
  if (given.retention >= 0) map->setInt("retention", given.retention);
  if (!given.tls_certificate.empty()) map->setString("tls_certificate", given.tls_certificate);
  if (!given.tls_key.empty()) map->setString("tls_key", given.tls_key);
  if (!given.tls_clients.empty()) map->setString("tls_clients", given.tls_clients);
  return map;
}

AutoPtr<MapConfiguration> from_environment() {
  AutoPtr<MapConfiguration> map(new MapConfiguration);
  for (const std::string name : kNames) {
    std::string variable = "MINGJIAN_";
    for (const char c : name) variable += c == '_' ? c : static_cast<char>(c - 'a' + 'A');
    if (Poco::Environment::has(variable)) map->setString(name, Poco::Environment::get(variable));
  }
  return map;
}

// The folder installed beside the program, else the one in the present folder.
std::string usual_workflows() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto installed = program.parent_path().parent_path() / "share" / "mingjian" / "workflows";
  return std::filesystem::is_directory(installed, ignored) ? installed.string() : "workflows";
}

tl::unexpected<Error> wrong(const std::string& what) {
  return fail(ErrorKind::kInvalidInput, {"设置有误：" + what, "a setting is wrong: " + what});
}

}  // namespace

Result<Settings> read_settings(const GivenOptions& given) {
  try {
    AutoPtr<LayeredConfiguration> all(new LayeredConfiguration);
    all->add(from_options(given), kOptions);
    all->add(from_environment(), kEnvironment);
    if (!given.config.empty()) {
      all->add(AutoPtr<Poco::Util::AbstractConfiguration>(
                   new Poco::Util::PropertyFileConfiguration(given.config)),
               kFile);
    }
    Settings settings;
    settings.store = all->getString("store", settings.store);
    settings.workflows = all->getString("workflows", usual_workflows());
    settings.host = all->getString("host", settings.host);
    settings.port = all->getInt("port", settings.port);
    settings.workers = all->getInt("workers", settings.workers);
    settings.retention = all->getInt("retention", settings.retention);
    settings.tls_certificate = all->getString("tls_certificate", {});
    settings.tls_key = all->getString("tls_key", {});
    settings.tls_clients = all->getString("tls_clients", {});
    settings.oidc_issuer = all->getString("oidc_issuer", {});
    settings.oidc_audience = all->getString("oidc_audience", {});
    settings.oidc_keys = all->getString("oidc_keys", {});
    settings.oidc_person = all->getString("oidc_person", settings.oidc_person);
    settings.oidc_ca = all->getString("oidc_ca", {});
    const bool all_given = !settings.oidc_issuer.empty() && !settings.oidc_audience.empty() &&
                           !settings.oidc_keys.empty();
    const bool one_given = !settings.oidc_issuer.empty() || !settings.oidc_audience.empty() ||
                           !settings.oidc_keys.empty();
    if (one_given && !all_given)
      return wrong("oidc_issuer, oidc_audience, oidc_keys: 应同时给出 / give all three or none");
    const bool certified = !settings.tls_certificate.empty();
    if (certified == settings.tls_key.empty())
      return wrong("tls_certificate, tls_key: 应同时给出 / give both or neither");
    if (!certified && !settings.tls_clients.empty())
      return wrong("tls_clients: 须与 tls_certificate 同用 / only with tls_certificate");
    if (settings.port < 0 || settings.port > 65535)
      return wrong("port " + std::to_string(settings.port));
    if (settings.workers < 1 || settings.workers > 256)
      return wrong("workers " + std::to_string(settings.workers));
    if (settings.retention < 1 || settings.retention > 3650)
      return wrong("retention " + std::to_string(settings.retention));
    return settings;
  } catch (const Poco::Exception& exception) {
    return wrong(exception.displayText());
  }
}

}  // namespace mingjian::cli
