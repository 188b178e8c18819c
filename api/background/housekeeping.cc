#include "api/background/housekeeping.h"

#include <functional>

namespace mingjian::background {
namespace {

// Rows in one transaction: as much as a group of commands writes.
constexpr std::size_t kMostAtOnce = 200;

// Much longer than anybody has to wait after a failure.
constexpr std::chrono::hours kRememberFailures{24};

using Drop = std::function<Result<std::size_t>(Instant before, std::size_t most)>;

// Drops what is older than `age`, a part at a time.
Chore::Run dropping(Store& store, std::chrono::microseconds age, Drop drop) {
  return [&store, age, drop = std::move(drop)](const Lease&) -> Result<bool> {
    const auto now = store.now();
    if (!now) return tl::unexpected<Error>(now.error());
    const auto dropped = drop(Instant{now->microseconds - age.count()}, kMostAtOnce);
    if (!dropped) return tl::unexpected<Error>(dropped.error());
    return *dropped == kMostAtOnce;
  };
}

}  // namespace

std::vector<Chore> housekeeping(Store& store, Directory& directory, HousekeepingOptions options) {
  return {{"sessions", options.every,
           dropping(store, std::chrono::microseconds(0),
                    [&directory](Instant before, std::size_t most) {
                      return directory.drop_expired_sessions(before, most);
                    })},
          {"answers", options.every,
           dropping(store, options.keep_answers,
                    [&store](Instant before, std::size_t most) {
                      return store.drop_answers(before, most);
                    })},
          {"failed_sign_ins", options.every,
           dropping(store, kRememberFailures, [&directory](Instant before, std::size_t most) {
             return directory.drop_failed_sign_ins(before, most);
           })}};
}

}  // namespace mingjian::background
