#include "tests/cluster/client.h"

#include <algorithm>
#include <thread>

#include <nlohmann/json.hpp>

namespace mingjian::testing {
namespace {

using Json = nlohmann::json;

// Rest between two requests: people read, and a log of some minutes stays one of some thousands.
constexpr int kMostRest = 40;  // milliseconds
constexpr int kRestAfterFault = 300;
// What has no definite answer by then never gets one.
constexpr std::chrono::seconds kPatience{90};

bool is_definite(const Attempt& attempt) { return acknowledged(attempt) || refused(attempt); }

}  // namespace

Client::Client(int number, int port, std::string token, std::vector<std::string> shared,
               std::uint32_t seed)
    : number_(number),
      port_(port),
      token_(std::move(token)),
      shared_(std::move(shared)),
      random_(seed) {}

void Client::work(const std::atomic<bool>& enough) {
  for (int count = 1; !enough; ++count) {
    const std::string name = std::to_string(number_) + "-" + std::to_string(count);
    if (count % 2 == 0) {
      handle_a_case(name);
    } else {
      write_on_shared_case(name);
    }
  }
}

void Client::contend(const std::atomic<bool>& enough) {
  most_rest_ = 1;
  for (int count = 1; !enough; ++count)
    write_on_shared_case(std::to_string(number_) + "-contended-" + std::to_string(count));
}

std::string Client::file_case(const std::string& name) { return send(filing(name), "").case_id; }

void Client::handle_a_case(const std::string& name) {
  const std::string id = file_case(name);
  if (id.empty()) return;
  read(id);
  if (!acknowledged(send(note(id, 1, name + "-note"), id))) return;
  read(id);
  send(acceptance(id, 2, name + "-accept"), id);
  read(id);
}

// Tries again with the new version where another client was first.
void Client::write_on_shared_case(const std::string& name) {
  const std::string id = shared_[random_() % shared_.size()];
  for (int tries = 0; tries < 5; ++tries) {
    const Attempt seen = read(id);
    if (!acknowledged(seen)) return;
    const std::string key = name + "-shared-" + std::to_string(seen.version);
    if (acknowledged(send(note(id, seen.version, key), id))) break;
  }
  read(id);
}

const Attempt& Client::send(const Command& command, const std::string& case_id) {
  return persist(&command, case_id);
}

const Attempt& Client::read(const std::string& case_id) { return persist(nullptr, case_id); }

const Attempt& Client::persist(const Command* command, const std::string& case_id) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!once(command, case_id) && std::chrono::steady_clock::now() < end) rest(kRestAfterFault);
  rest(most_rest_);
  return attempts_.back();
}

// Sends the command, or reads the case where there is none. Whether the answer is definite.
bool Client::once(const Command* command, const std::string& case_id) {
  if (!clerk_) clerk_ = std::make_unique<Clerk>(port_, token_);
  Attempt attempt;
  attempt.client = number_;
  attempt.case_id = case_id;
  if (command != nullptr) {
    attempt.writes = true;
    attempt.key = command->key;
    attempt.trace = command->trace;
    attempt.seen = command->version;
  }
  attempt.began = microseconds_now();
  const Answer answer =
      command != nullptr ? clerk_->send(*command) : clerk_->get("/api/v1/cases/" + case_id);
  attempt.ended = microseconds_now();
  attempt.status = answer.status;
  if (acknowledged(attempt)) {
    const Json body = Json::parse(answer.body);
    attempt.version = body["version"];
    attempt.case_id = body["id"];
  }
  if (answer.status == 0) clerk_.reset();
  attempts_.push_back(attempt);
  return is_definite(attempt);
}

void Client::rest(int most_milliseconds) {
  const auto most = static_cast<std::uint32_t>(most_milliseconds);
  std::this_thread::sleep_for(std::chrono::milliseconds(random_() % most));
}

}  // namespace mingjian::testing
