#include <csignal>
#include <memory>
#include <mutex>

#include <nlohmann/json.hpp>

#include "adapters/graphviz/dot_layout.h"
#include "adapters/oidc/oidc_authority.h"
#include "api/background/housekeeping.h"
#include "api/background/recurring.h"
#include "api/cli/help.h"
#include "api/cli/installation.h"
#include "api/cli/store_options.h"
#include "api/http/handlers/routes.h"
#include "api/http/server.h"
#include "engine/base/wording.h"
#include "engine/service/timer_firing.h"

namespace mingjian::cli {
namespace {

// For the signal handler, which is given nothing else to find the server by.
http::Server* running = nullptr;

void stop_server(int) {
  if (running != nullptr) running->stop();
}

// One line of JSON an incident, whole also when two happen at once.
class IncidentLog {
 public:
  IncidentLog(std::ostream& out, Clock& clock) : out_(out), clock_(clock) {}
  void write(std::string_view incident, std::string_view what) {
    const Json line = {{"at", to_rfc3339(clock_.now())}, {"incident", incident}, {"what", what}};
    const std::lock_guard lock(mutex_);
    out_ << line.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
  }

 private:
  std::ostream& out_;
  Clock& clock_;
  std::mutex mutex_;
};

// The provider of OpenID Connect, where one was agreed on.
std::unique_ptr<TokenAuthority> token_authority(const Settings& settings) {
  if (settings.oidc_issuer.empty()) return nullptr;
  return std::make_unique<OidcAuthority>(
      OidcOptions{{settings.oidc_issuer, settings.oidc_audience, settings.oidc_person},
                  settings.oidc_keys,
                  settings.oidc_ca});
}

// Why what is due cannot happen.
std::string told(const Rejection& rejection) {
  if (const auto* error = std::get_if<Error>(&rejection)) return both(error->message);
  const auto* obstacles = std::get_if<std::vector<Obstacle>>(&rejection);
  if (obstacles == nullptr || obstacles->empty()) return {};
  return both(obstacles->front().message) + " " + obstacles->front().pointer;
}

http::Gauges gauges(const Database& database, const background::Leader& housekeeper) {
  http::Gauges gauges;
  gauges.writes = database.counts();
  gauges.leases[background::kHousekeeping] = housekeeper.leads();
  for (const auto& [name, counts] : housekeeper.counts())
    gauges.chores[name] = {counts.runs, counts.failures};
  return gauges;
}

http::Options server_options(const Settings& settings) {
  http::Options options;
  options.host = settings.host;
  options.port = settings.port;
  options.workers = static_cast<std::size_t>(settings.workers);
  if (!settings.tls_certificate.empty())
    options.tls = {settings.tls_certificate, settings.tls_key, settings.tls_clients};
  options.limits.head.larger_bodies = {{"POST", "/api/v1/definitions", kDefinitionLimits.bytes}};
  return options;
}

void set_signals(http::Server& server) {
  running = &server;
  std::signal(SIGPIPE, SIG_IGN);  // a client that has gone
  std::signal(SIGINT, stop_server);
  std::signal(SIGTERM, stop_server);
}

// Lets happen what is due in the cases, as long as it is there.
class WhatIsDue {
 public:
  WhatIsDue(Installation& installation, IncidentLog& log)
      : firing_(installation.cases, installation.clock, installation.ids,
                [&log](const CaseId& id, const Rejection& why) {
                  log.write(id.value(), "到期事项不能生效 what is due cannot happen: " + told(why));
                }),
        timers_(
            installation.clock, [this] { return firing_.run_once(); },
            [&log](const std::string& what) { log.write("timers", what); }) {}

 private:
  TimerFiring firing_;
  const background::Recurring timers_;
};

// mingjian serve: answers, and lets happen what is due in the cases, until SIGINT or SIGTERM.
// Prints its address when it is ready.
int serve(const Settings& settings, std::ostream& out, std::ostream& complaints) {
  const auto installation = open_installation(settings, complaints);
  if (!installation) return kUnusable;
  IncidentLog log(complaints, installation->clock);
  const std::unique_ptr<TokenAuthority> tokens = token_authority(settings);
  const auto new_incident = [&] { return installation->ids.uuid(installation->clock.now()); };
  DotLayout layout;
  Diagrams diagrams(layout);
  Database& database = *installation->database;
  const auto report = [&](const std::string& what) { log.write(new_incident(), what); };
  const background::Leader housekeeper(
      database.leases(), background::kHousekeeping, new_incident(),
      background::housekeeping(database.store(), database.directory(),
                               {.keep_answers = std::chrono::days(settings.retention)}),
      report);
  http::InboxFeed inbox(installation->cases, database.directory(), report);
  http::Measurements measurements([&] { return gauges(database, housekeeper); });
  const http::OfficeServices office{
      .cases = installation->cases,
      .definitions = installation->definitions,
      .diagrams = diagrams,
      .directory = database.directory(),
      .people = installation->people,
      .passwords = installation->passwords,
      .tokens = tokens.get(),
      .clock = installation->clock,
      .ids = installation->ids,
      .inbox = inbox,
      .measurements = measurements,
      .report = [&log](const std::string& incident, const std::string& what) {
        log.write(incident, what);
      }};
  const http::Router router = http::make_router(office);

  http::Server server(
      server_options(settings),
      [&router](http::Request request) { return router.handle(std::move(request)); },
      {.new_incident = new_incident,
       .log_incident = [&log](std::string_view incident, std::string_view text) {
         log.write(incident, text);
       }});
  const auto port = server.bind();
  if (!port) {
    complaints << both(port.error().message) << "\n";
    return kUnusable;
  }
  const WhatIsDue what_is_due(*installation, log);
  set_signals(server);
  out << (settings.tls_certificate.empty() ? "http://" : "https://") << settings.host << ":"
      << *port << std::endl;
  server.run();
  inbox.stop();
  return kDone;
}

}  // namespace

void add_serve(const Program& program) {
  const StoreCommand command = add_store_command(program, "serve", "启动服务 / run the server");
  // Together they are an agreement with somebody, and stand in a file or in the environment.
  command.app->footer(
      "统一认证 sign-in by an OpenID Connect provider, in the file or the environment:\n"
      "  oidc_issuer, oidc_audience, oidc_keys [MINGJIAN_OIDC_ISSUER, ...]; "
      "另可 also oidc_person, oidc_ca\n\n" +
      command.app->get_footer());
  add_example(*command.app, "mingjian serve --store var/mingjian.db --port 8080");
  GivenOptions& given = *command.given;
  command.app->add_option("--host", given.host,
                          "监听地址 / address to listen on [MINGJIAN_HOST, 127.0.0.1]");
  command.app->add_option("--port", given.port,
                          "端口，0 为任意空闲端口 / port, 0: any free one [MINGJIAN_PORT, 8080]");
  command.app->add_option("--workers", given.workers,
                          "工作线程数 / threads that answer [MINGJIAN_WORKERS, 32]");
  command.app->add_option("--retention", given.retention,
                          "幂等答复保留天数，1 至 3650 / days that answers to Idempotency-Keys are "
                          "kept, 1 to 3650 [MINGJIAN_RETENTION, 30]");
  command.app->add_option("--tls-certificate", given.tls_certificate,
                          "服务器证书文件（PEM） / the server's certificate, a PEM file "
                          "[MINGJIAN_TLS_CERTIFICATE]");
  command.app->add_option("--tls-key", given.tls_key,
                          "证书的私钥文件 / its key, a PEM file [MINGJIAN_TLS_KEY]");
  command.app->add_option(
      "--tls-clients", given.tls_clients,
      "只接受由此文件中的机构颁发证书的客户端 / takes only clients certified by "
      "an authority of this PEM file [MINGJIAN_TLS_CLIENTS]");
  when_chosen(command, program, [program](const Settings& settings) {
    return serve(settings, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
