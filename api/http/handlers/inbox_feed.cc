#include "api/http/handlers/inbox_feed.h"

#include <algorithm>
#include <exception>

#include <nlohmann/json.hpp>

#include "api/http/handlers/names.h"
#include "api/http/handlers/views.h"

namespace mingjian::http {
namespace {

constexpr std::size_t kPage = 500;
constexpr std::size_t kMostAtOnce = 50;  // tasks that one person is told of singly
constexpr std::string_view kSignOfLife = ":\n\n";

Instant earlier(Instant at, std::chrono::microseconds by) { return {at.microseconds - by.count()}; }

}  // namespace

std::string stream_event(std::string_view name, const Json& data) {
  return "event: " + std::string(name) + "\ndata: " + data.dump() + "\n\n";
}

std::string snapshot_event(std::size_t open) { return stream_event("snapshot", {{"open", open}}); }

// Somebody who listens. What he is sent before he has begun is kept for him.
class InboxFeed::Listener {
 public:
  Listener(AskInbox ask_inbox, TaskQuery tasks, Steady::time_point check)
      : person(tasks.person),
        ask(std::move(ask_inbox)),
        inbox(std::move(tasks)),
        next_check(check) {}

  std::shared_ptr<Stream> begin(const std::string& first) {
    const std::lock_guard lock(mutex_);
    stream_->write(first + kept_);
    kept_ = {};
    begun_ = true;
    return stream_;
  }
  void send(std::string_view octets) {
    const std::lock_guard lock(mutex_);
    if (begun_) {
      stream_->write(octets);
    } else if (kept_.size() + octets.size() <= Stream::kMostWaiting / 2) {
      kept_ += octets;
    } else {
      stream_->finish();
    }
  }
  void finish() { stream_->finish(); }
  [[nodiscard]] bool over() const { return stream_->over(); }

  const PersonId person;
  const AskInbox ask;
  // Of the thread of the feed alone.
  TaskQuery inbox;
  Steady::time_point next_check;

 private:
  std::mutex mutex_;
  const std::shared_ptr<Stream> stream_ = std::make_shared<Stream>();
  std::string kept_;
  bool begun_ = false;
};

InboxFeed::InboxFeed(CaseService& cases, Directory& directory, Report report, FeedOptions options)
    : cases_(cases),
      directory_(directory),
      report_(std::move(report)),
      options_(options),
      thread_([this] { loop(); }) {}

void InboxFeed::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
  const std::lock_guard lock(mutex_);
  for (const auto& listener : listeners_) listener->finish();
  listeners_.clear();
}

tl::expected<std::shared_ptr<InboxFeed::Listener>, InboxFeed::Full> InboxFeed::add(
    AskInbox ask, TaskQuery inbox) {
  const auto now = Steady::now();
  auto listener =
      std::make_shared<Listener>(std::move(ask), std::move(inbox), now + options_.heartbeat);
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(listeners_, [](const auto& other) { return other->over(); });
    const auto own = std::count_if(listeners_.begin(), listeners_.end(), [&](const auto& other) {
      return other->person == listener->person;
    });
    if (static_cast<std::size_t>(own) >= options_.per_person)
      return tl::unexpected(Full::kOfThisPerson);
    if (stopping_ || listeners_.size() >= options_.listeners) return tl::unexpected(Full::kOfAll);
    if (listeners_.empty()) since_ = now;
    listeners_.push_back(listener);
  }
  changed_.notify_one();
  return listener;
}

std::shared_ptr<Stream> InboxFeed::begin(Listener& listener, const std::string& first) {
  return listener.begin(first);
}

std::size_t InboxFeed::listeners() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(listeners_.begin(), listeners_.end(),
                                                [](const auto& each) { return !each->over(); }));
}

void InboxFeed::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (listeners_.empty()) {
      position_.reset();
      seen_.clear();
      changed_.wait(lock, [this] { return stopping_ || !listeners_.empty(); });
      continue;
    }
    lock.unlock();
    try {
      attend(present());
    } catch (const std::exception& exception) {  // a bug; the next time may go better
      const Error error{ErrorKind::kCorrupt, {exception.what(), exception.what()}};
      note(&error);
    }
    lock.lock();
    changed_.wait_for(lock, options_.poll, [this] { return stopping_; });
  }
}

InboxFeed::Listeners InboxFeed::present() {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const auto& listener) { return listener->over(); });
  return listeners_;
}

void InboxFeed::attend(const Listeners& listeners) {
  const auto now = Steady::now();
  for (const auto& listener : listeners) {
    if (listener->over() || now < listener->next_check) continue;
    if (look_after(*listener)) listener->send(kSignOfLife);
    listener->next_check = now + options_.heartbeat;
  }
  const auto changes = news();
  note(changes ? nullptr : &changes.error());
  if (changes && !changes->empty()) deliver(listeners, *changes);
}

// Whether the reader is still signed in; if so the inbox is what his posts make it now. Where that
// cannot be said, nothing changes, and nothing may be told.
bool InboxFeed::look_after(Listener& listener) {
  auto inbox = listener.ask();
  if (inbox) {
    listener.inbox = std::move(*inbox);
    return true;
  }
  if (inbox.error() == NoInbox::kSignedOut) listener.finish();
  return false;
}

// What was not seen yet. From the first listener on nothing is left out: the first time it begins
// that much earlier.
Result<std::vector<TaskChange>> InboxFeed::news() {
  const auto now = cases_.store().now();
  if (!now) return tl::unexpected<Error>(now.error());
  if (!position_) {
    const std::lock_guard lock(mutex_);
    position_ = earlier(*now, std::chrono::ceil<std::chrono::microseconds>(Steady::now() - since_));
  }
  // Where the clock was set back, so is this.
  position_ = std::min(*position_, *now);
  const Instant from = earlier(*position_, options_.overlap);
  Seen seen;
  std::vector<TaskChange> fresh;
  for (std::pair<Instant, TaskId> at(from, {});;) {
    auto page = cases_.store().changed_tasks(at.first, at.second, kPage);
    if (!page) return tl::unexpected<Error>(page.error());
    for (TaskChange& change : *page) {
      at = {change.changed_at, change.listing.task.id};
      seen.insert(at);
      if (!seen_.contains(at)) fresh.push_back(std::move(change));
    }
    if (page->size() == kPage) continue;
    position_ = std::max(*position_, at.first);
    seen_ = std::move(seen);
    return fresh;
  }
}

void InboxFeed::deliver(const Listeners& listeners, const std::vector<TaskChange>& changes) {
  for (const auto& listener : listeners) {
    const bool concerned =
        !listener->over() &&
        std::any_of(changes.begin(), changes.end(), [&](const TaskChange& change) {
          return concerns(listener->inbox, change.listing.task);
        });
    if (!concerned) continue;
    // Whoever cannot be told now is told all when he comes back.
    look_after(*listener) ? deliver(*listener, changes) : listener->finish();
  }
}

// What fills a stream faster than it can be taken would end it: so much at once is told as a count.
void InboxFeed::deliver(Listener& listener, const std::vector<TaskChange>& changes) {
  std::vector<const TaskListing*> own;
  for (const TaskChange& change : changes) {
    if (concerns(listener.inbox, change.listing.task)) own.push_back(&change.listing);
  }
  if (own.size() > kMostAtOnce) {
    const auto open = cases_.store().count_tasks(listener.inbox);
    return open ? listener.send(snapshot_event(*open)) : listener.finish();
  }
  Names names(directory_);
  for (const TaskListing* const listing : own) {
    listener.send(stream_event(listing->task.closed_at ? "task_closed" : "task_opened",
                               task_json(*listing, names)));
  }
}

void InboxFeed::note(const Error* error) {
  const bool was_failing = std::exchange(failing_, error != nullptr);
  if (error != nullptr && !was_failing) report_("inbox feed: " + error->message.en);
}

}  // namespace mingjian::http
