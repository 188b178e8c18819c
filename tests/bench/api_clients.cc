#include "tests/bench/api_clients.h"

#include <future>
#include <stdexcept>
#include <utility>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "engine/base/json.h"
#include "tests/support/conformance_files.h"

namespace mingjian::bench {
namespace {

constexpr const char* kFiling = R"({"definition": "accountability", "data": {
  "received_on": "2026-03-02", "clue_source": "SRC-AUDIT", "facts_zh": "审计发现项目监管失职。",
  "subjects": [{"name": "王某", "rank": "RK-KZ", "post": "局长", "org": "某局"}],
  "category_codes": ["AS-09"]}})";

struct Transition {
  const char* event;
  const char* body;
};
constexpr std::array<Transition, 2> kTransitions = {
    {{"accept", R"({"data": {"duplicates_checked": true, "jurisdiction_checked": true}})"},
     {"distribute", R"({"data": {"screening_opinion": "按管理权限分办。"}})"}}};

Json expect(int status, const httplib::Result& answer) {
  if (!answer) throw std::runtime_error("no answer: " + httplib::to_string(answer.error()));
  if (answer->status != status)
    throw std::runtime_error("answer " + std::to_string(answer->status) + ": " + answer->body);
  return Json::parse(answer->body);
}

// One client with the cases that it files.
class Client {
 public:
  Client(const std::string& address, const SignedIn& who) : http_(address) {
    http_.set_keep_alive(true);
    http_.set_tcp_nodelay(true);
    http_.set_read_timeout(60);
    http_.set_default_headers({{"Authorization", "Bearer " + who.token}});
  }

  // `name`: of this client, different from all others of the store.
  void file_cases(const std::string& name, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const auto answer =
          http_.Post("/api/v1/cases", {{"Idempotency-Key", name + "-" + std::to_string(i)}},
                     kFiling, "application/json");
      cases_.push_back(expect(201, answer)["id"].get<std::string>());
    }
  }

  // The wait for each transition, in milliseconds.
  std::vector<double> take_transitions() {
    std::vector<double> waits_ms;
    for (const std::string& id : cases_) {
      for (std::size_t step = 0; step < kTransitions.size(); ++step) {
        const std::string version = std::to_string(step + 1);
        const Stopwatch one;
        const auto answer = http_.Post(
            "/api/v1/cases/" + id + "/transitions/" + kTransitions[step].event,
            {{"Idempotency-Key", id + "-" + version}, {"If-Match", "\"" + version + "\""}},
            kTransitions[step].body, "application/json");
        waits_ms.push_back(one.seconds() * 1e3);
        expect(200, answer);
      }
    }
    return waits_ms;
  }

 private:
  httplib::Client http_;
  std::vector<std::string> cases_;
};

// Calls `work` with each client, all at once, and waits for them.
template <class Work>
void all_at_once(std::vector<std::unique_ptr<Client>>& clients, const Work& work) {
  std::vector<std::future<void>> running;
  for (std::size_t i = 0; i < clients.size(); ++i)
    running.push_back(std::async(std::launch::async, [&, i] { work(*clients[i], i); }));
  for (auto& each : running) each.wait();
  for (auto& each : running) each.get();
}

}  // namespace

std::vector<SignedIn> sign_in_all(const std::string& address, const std::string& office_file) {
  httplib::Client http(address);
  std::vector<SignedIn> people;
  const Json office = Json::parse(testing::read_file(office_file));
  for (const Json& person : office["people"]) {
    const std::string role = person["posts"][0]["role"];
    if (role != "inspector" && role != "case_supervision") continue;
    const Json body = {{"person", person["id"]}, {"password", person["password"]}};
    const Json session =
        expect(201, http.Post("/api/v1/sessions", body.dump(), "application/json"));
    people.push_back({person["id"], session["token"]});
  }
  return people;
}

Figures measure_clients(const std::vector<std::string>& addresses,
                        const std::vector<SignedIn>& people, std::size_t clients,
                        std::size_t commands, const std::string& round) {
  const std::size_t cases = std::max<std::size_t>(1, commands / kTransitions.size() / clients);
  std::vector<std::unique_ptr<Client>> all;
  for (std::size_t i = 0; i < clients; ++i) {
    all.push_back(
        std::make_unique<Client>(addresses[i % addresses.size()], people[i % people.size()]));
  }
  all_at_once(all, [&](Client& client, std::size_t i) {
    client.file_cases(round + "-" + std::to_string(i), cases);
  });
  std::vector<std::vector<double>> waits(clients);
  Figures figures;
  const Stopwatch whole;
  all_at_once(all, [&](Client& client, std::size_t i) { waits[i] = client.take_transitions(); });
  figures.seconds = whole.seconds();
  for (const auto& each : waits)
    figures.waits_ms.insert(figures.waits_ms.end(), each.begin(), each.end());
  std::sort(figures.waits_ms.begin(), figures.waits_ms.end());
  return figures;
}

}  // namespace mingjian::bench
