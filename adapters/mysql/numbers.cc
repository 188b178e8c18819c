#include "adapters/mysql/numbers.h"

#include <exception>
#include <utility>

namespace mingjian::mysql {
namespace {

// One statement counts, so that a number is given once whatever the nodes of a cluster see of each
// other; what it counted to stays with the connection.
constexpr const char* kCount =
    "INSERT INTO number_series (series, last) VALUES (?, LAST_INSERT_ID(?)) "
    "ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + VALUES(last))";
constexpr const char* kCounted = "SELECT LAST_INSERT_ID()";

}  // namespace

// The first of a batch takes for all of it, as soon as the batch before has its numbers; until then
// others join.
Result<std::int64_t> Numbers::next(const std::string& name) {
  std::unique_lock lock(mutex_);
  if (!series_[name].gathering) series_[name].gathering = std::make_shared<Batch>();
  const std::shared_ptr<Batch> batch = series_[name].gathering;
  const std::int64_t place = batch->size++;
  if (place > 0) {
    changed_.wait(lock, [&] { return batch->taken; });
  } else {
    changed_.wait(lock, [&] { return !series_[name].taking; });
    Series& series = series_[name];
    series.taking = true;
    series.gathering.reset();
    const std::int64_t count = batch->size;
    lock.unlock();
    std::exception_ptr bug;
    Result<std::int64_t> last = 0;
    try {
      last = take(name, count);
    } catch (...) {  // the others are still to be told
      bug = std::current_exception();
      last = fail(ErrorKind::kUnavailable, {"无法取得编号", "no number could be had"});
    }
    lock.lock();
    batch->last = std::move(last);
    batch->taken = true;
    series.taking = false;
    if (!series.gathering) series_.erase(name);
    changed_.notify_all();
    if (bug) std::rethrow_exception(bug);
  }
  return batch->last.map([&](std::int64_t last) { return last - batch->size + 1 + place; });
}

Result<std::int64_t> Numbers::take(const std::string& series, std::int64_t count) {
  std::int64_t last = 0;
  auto done = pool_.statement([&](Connection& connection) -> Result<void> {
    connection.change(kCount, {series, count});
    Rows rows = connection.query(kCounted);
    if (rows.next()) last = rows.number(0);
    return {};
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return last;
}

}  // namespace mingjian::mysql
