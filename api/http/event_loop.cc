#include "api/http/event_loop.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <vector>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace mingjian::http {
namespace {

constexpr std::uint64_t kWakeupKey = 0;
constexpr std::uint64_t kListenerKey = 1;
constexpr std::uint64_t kFirstConnectionKey = 2;

// So many connections are taken in a row before those that are open get their turn again.
constexpr int kAcceptsInARow = 64;

// Where the process has no descriptor left: how long the listener is left alone.
constexpr auto kListenerPause = std::chrono::milliseconds(200);

Descriptor make_epoll() {
  Descriptor epoll(epoll_create1(EPOLL_CLOEXEC));
  if (!epoll.open()) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return epoll;
}

bool watch(const Descriptor& epoll, int descriptor, std::uint32_t events, std::uint64_t key) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = key;
  return epoll_ctl(epoll.number(), EPOLL_CTL_ADD, descriptor, &event) == 0;
}

// Milliseconds for epoll_wait: rounded up, lest the loop turn until the deadline is reached.
int milliseconds_until(SteadyTime due, SteadyTime now) {
  constexpr std::chrono::milliseconds kLongest = std::chrono::minutes(1);
  if (due <= now) return 0;
  if (due - now > kLongest) return static_cast<int>(kLongest.count());
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(due - now).count());
}

}  // namespace

EventLoop::EventLoop(const Options& options, const Service& service, const Hooks& hooks,
                     const Wakeup& wakeup, const Tls* tls, Descriptor listener)
    : options_(options),
      wakeup_(wakeup),
      tls_(tls),
      listener_(std::move(listener)),
      epoll_(make_epoll()),
      codec_(service, hooks),
      news_(wakeup),
      pool_(options, service, hooks, wakeup),
      next_key_(kFirstConnectionKey),
      now_(std::chrono::steady_clock::now()) {
  if (!watch(epoll_, wakeup_.descriptor(), EPOLLIN, kWakeupKey)) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
  watch_listener();
}

void EventLoop::run(const std::atomic<bool>& stopping) {
  while (!stopping_ || !connections_.empty()) {
    if (stopping.load() && !stopping_) {
      begin_stop();
      continue;
    }
    wait();
    handle_completions();
    handle_news();
    expire_deadlines();
    if (!listening_ && !stopping_ && now_ >= listen_again_) watch_listener();
  }
}

void EventLoop::wait() {
  SteadyTime due = deadlines_.empty() ? SteadyTime::max() : deadlines_.begin()->first;
  if (!listening_ && !stopping_) due = std::min(due, listen_again_);
  std::array<epoll_event, 256> events;
  const int count = epoll_wait(epoll_.number(), events.data(), static_cast<int>(events.size()),
                               milliseconds_until(due, now_));
  now_ = std::chrono::steady_clock::now();
  for (int at = 0; at < count; ++at) handle_event(events[static_cast<std::size_t>(at)].data.u64);
}

void EventLoop::handle_event(Key key) {
  if (key == kWakeupKey) {
    wakeup_.silence();
  } else if (key == kListenerKey) {
    accept_waiting();
  } else if (const auto found = connections_.find(key); found != connections_.end()) {
    found->second.connection.note_event();
    drive(key, found->second);
  }
}

void EventLoop::handle_completions() {
  for (Completion& completion : pool_.take_completed()) {
    // A connection is not dropped while its request is being answered.
    Watched& watched = connections_.at(completion.connection);
    if (completion.reply.stream) completion.reply.stream->attach(news_, completion.connection);
    watched.connection.respond(std::move(completion.reply), now_);
    drive(completion.connection, watched);
  }
}

void EventLoop::handle_news() {
  for (const Key key : news_.take()) {
    const auto found = connections_.find(key);
    if (found != connections_.end()) drive(key, found->second);
  }
}

void EventLoop::expire_deadlines() {
  while (!deadlines_.empty() && deadlines_.begin()->first <= now_) {
    const Key key = deadlines_.begin()->second;
    Watched& watched = connections_.at(key);
    if (stopping_ || watched.connection.expire() == Connection::Need::kEnd) {
      drop(key);
      continue;
    }
    refuse(watched, watched.connection.take_refusal());
    drive(key, watched);
  }
}

void EventLoop::begin_stop() {
  stopping_ = true;
  stop_by_ = now_ + options_.stop_grace;
  listener_.close();
  std::vector<Key> keys;
  for (const auto& [key, watched] : connections_) keys.push_back(key);
  for (const Key key : keys) drive(key, connections_.at(key));
}

void EventLoop::accept_waiting() {
  for (int count = 0; count < kAcceptsInARow && listening_ && !stopping_; ++count) {
    auto accepted = accept_from(listener_);
    if (accepted) {
      admit(std::move(*accepted));
    } else if (accepted.error() == AcceptFailure::kNoneWaiting) {
      return;
    } else if (!close_idle_one()) {
      pause_listener();
    }
  }
}

void EventLoop::admit(Accepted accepted) {
  const bool room = connections_.size() < options_.connections || close_idle_one();
  const Key key = next_key_++;
  // One event for each change (EPOLLET): nothing to be changed as a connection goes its way.
  if (!room ||
      !watch(epoll_, accepted.socket.number(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, key)) {
    turn_away(accepted);
    return;
  }
  auto channel = tls_ == nullptr ? plain_channel(std::move(accepted.socket))
                                 : tls_->channel(std::move(accepted.socket));
  Connection connection(std::move(channel), std::move(accepted.remote_address), options_.limits,
                        now_);
  const SteadyTime due = connection.deadline();
  const auto entry = connections_.emplace(key, Watched{std::move(connection), due}).first;
  deadlines_.emplace(due, key);
  drive(key, entry->second);
}

// Nothing is kept for this client; it gets the answer if it listens, and can be told so soon.
void EventLoop::turn_away(const Accepted& accepted) {
  if (tls_ != nullptr) return;
  const std::string octets = codec_.answer(too_busy({}));
  [[maybe_unused]] const ssize_t sent =
      ::send(accepted.socket.number(), octets.data(), octets.size(), MSG_NOSIGNAL);
}

// The one that would be closed next anyway.
bool EventLoop::close_idle_one() {
  for (const auto& [due, key] : deadlines_) {
    if (!connections_.at(key).connection.idle()) continue;
    drop(key);
    return true;
  }
  return false;
}

void EventLoop::watch_listener() {
  listening_ = watch(epoll_, listener_.number(), EPOLLIN, kListenerKey);
  if (!listening_) listen_again_ = now_ + kListenerPause;
}

void EventLoop::pause_listener() {
  epoll_ctl(epoll_.number(), EPOLL_CTL_DEL, listener_.number(), nullptr);
  listening_ = false;
  listen_again_ = now_ + kListenerPause;
}

void EventLoop::drive(Key key, Watched& watched) {
  for (;;) {
    switch (step(watched)) {
      case Connection::Need::kAnswer:
        dispatch(key, watched);
        break;
      case Connection::Need::kRefusal:
        refuse(watched, watched.connection.take_refusal());
        break;
      case Connection::Need::kEnd:
        drop(key);
        return;
      case Connection::Need::kEvent:
        settle(key, watched);
        return;
    }
  }
}

Connection::Need EventLoop::step(Watched& watched) {
  const std::size_t before = watched.connection.buffered_bytes();
  const auto need = watched.connection.advance(now_);
  buffered_bytes_ = buffered_bytes_ - before + watched.connection.buffered_bytes();
  return need;
}

void EventLoop::dispatch(Key key, Watched& watched) {
  buffered_bytes_ -= watched.connection.buffered_bytes();
  Job job{key, watched.connection.take_request(), now_, Afterwards::kClose};
  buffered_bytes_ += watched.connection.buffered_bytes();
  if (job.request.head.keep_alive && !stopping_) job.afterwards = Afterwards::kKeepAlive;
  const auto given_back = pool_.offer(std::move(job));
  if (given_back) refuse(watched, too_busy(given_back->request.head));
}

void EventLoop::refuse(Watched& watched, const Refusal& refusal) {
  watched.connection.respond({codec_.answer(refusal), Afterwards::kClose}, now_);
}

// Now it waits. Its deadline is put down; where that makes no sense it is dropped.
void EventLoop::settle(Key key, Watched& watched) {
  const bool waits_for_client = watched.connection.owes_nothing();
  if (stopping_ && waits_for_client) {
    drop(key);
    return;
  }
  if (waits_for_client && buffered_bytes_ > options_.buffered_bytes &&
      watched.connection.buffered_bytes() > 0) {
    refuse(watched, too_busy({}));
    drive(key, watched);
    return;
  }
  SteadyTime due = watched.connection.deadline();
  if (stopping_ && due != SteadyTime::max()) due = std::min(due, stop_by_);
  if (due == watched.due) return;
  deadlines_.erase({watched.due, key});
  deadlines_.emplace(due, key);
  watched.due = due;
}

void EventLoop::drop(Key key) {
  const auto found = connections_.find(key);
  buffered_bytes_ -= found->second.connection.buffered_bytes();
  deadlines_.erase({found->second.due, key});
  connections_.erase(found);
}

}  // namespace mingjian::http
