#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "api/http/stream.h"
#include "engine/base/json.h"
#include "engine/ports/directory.h"
#include "engine/service/case_service.h"

namespace mingjian::http {

struct FeedOptions {
  std::chrono::milliseconds poll = std::chrono::seconds(1);  // of the store, for all together
  // Between signs of life; then it is also looked at whether somebody is still signed in, and which
  // posts he holds.
  std::chrono::milliseconds heartbeat = std::chrono::seconds(15);
  // How long a change may become visible after its time: transactions take a while, and the clocks
  // of the nodes of a cluster differ.
  std::chrono::milliseconds overlap = std::chrono::seconds(10);
  std::size_t listeners = 1000;  // in this process
  std::size_t per_person = 8;
};

// One event of text/event-stream (WHATWG HTML, 9.2). `name` and the data have no line ends.
[[nodiscard]] std::string stream_event(std::string_view name, const Json& data);

// How many tasks wait: what a stream begins with, and what it goes on with where more changes at
// once than is told singly.
[[nodiscard]] std::string snapshot_event(std::size_t open);

// Tells those who listen what comes into their inbox and what leaves it, whichever process made the
// change: it asks the store once for all of them, and not at all while nobody listens. Each is told
// what the inbox would show him at that moment and nothing else. A stream ends when its reader is
// not signed in any more, which is seen at the next sign of life, and before anything is told. An
// event may come twice, and none is missed after the first one of a stream. Thread-safe.
class InboxFeed {
 public:
  // For the operators: what the store failed with; once until it works again.
  using Report = std::function<void(const std::string& what)>;

  // The references must outlive it.
  InboxFeed(CaseService& cases, Directory& directory, Report report, FeedOptions options = {});
  ~InboxFeed() { stop(); }
  InboxFeed(const InboxFeed&) = delete;
  InboxFeed& operator=(const InboxFeed&) = delete;

  // Ends all streams: now nothing that listeners brought along is used any more. Once is enough.
  void stop();

  class Listener;
  // Why a listener has no inbox: the sign-in that his stream began with has ended, or nobody can
  // say now.
  enum class NoInbox { kSignedOut, kUnknown };
  // His inbox as his posts make it now.
  using AskInbox = std::function<tl::expected<TaskQuery, NoInbox>()>;
  enum class Full { kOfThisPerson, kOfAll };
  // What changes from now on is kept for the listener. `inbox` says whose it is.
  [[nodiscard]] tl::expected<std::shared_ptr<Listener>, Full> add(AskInbox ask, TaskQuery inbox);
  // Sends `first`, then what was kept, and from now on what comes.
  [[nodiscard]] static std::shared_ptr<Stream> begin(Listener& listener, const std::string& first);

  [[nodiscard]] std::size_t listeners() const;

 private:
  using Steady = std::chrono::steady_clock;
  using Listeners = std::vector<std::shared_ptr<Listener>>;
  using Seen = std::set<std::pair<Instant, TaskId>>;

  void loop();
  [[nodiscard]] Listeners present();
  void attend(const Listeners& listeners);
  [[nodiscard]] bool look_after(Listener& listener);
  [[nodiscard]] Result<std::vector<TaskChange>> news();
  void deliver(const Listeners& listeners, const std::vector<TaskChange>& changes);
  void deliver(Listener& listener, const std::vector<TaskChange>& changes);
  void note(const Error* error);

  CaseService& cases_;
  Directory& directory_;
  const Report report_;
  const FeedOptions options_;
  // Of the thread alone.
  std::optional<Instant> position_;  // the time of the latest change that was seen
  Seen seen_;                        // those of the time of overlap before it
  bool failing_ = false;

  mutable std::mutex mutex_;  // guards what follows, up to the thread
  std::condition_variable changed_;
  Listeners listeners_;
  Steady::time_point since_;  // there has always been a listener
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mingjian::http
