#include "engine/service/store_transfer.h"

#include <algorithm>
#include <utility>

#include "engine/base/wording.h"

namespace mingjian {
namespace {

constexpr std::size_t kCasesAtOnce = 100;
constexpr std::size_t kRowsAtOnce = 1'000;

// What a page of each table begins behind: the row before it.
std::string cursor_of(const CaseFile* last) { return last == nullptr ? "" : last->head.id.value(); }
std::string cursor_of(const TaskRow* last) { return last == nullptr ? "" : last->id.value(); }
IdempotencyRecord cursor_of(const IdempotencyRecord* last) {
  return last == nullptr ? IdempotencyRecord() : *last;
}

auto name_of(const CaseFile& file) { return file.head.id.value(); }
auto name_of(const TaskRow& task) { return task.id.value(); }
auto name_of(const IdempotencyRecord& answer) {
  return std::make_pair(answer.person.value(), answer.key);
}
auto name_of(const DefinitionRecord& record) {
  return std::make_pair(record.version.id, record.version.version);
}

std::string shown(const std::string& name) { return name; }
std::string shown(const std::pair<std::string, std::string>& name) {
  return name.first + " " + name.second;
}

// Reads one table of both stores in the order of names and calls `take(left, right)` for each name,
// with a null pointer where a store has no row of it. `take` gives an error to end it.
template <class Row, class ReadLeft, class ReadRight, class Take, class Page>
Result<void> walk(const ReadLeft& read_left, const ReadRight& read_right, std::size_t at_once,
                  const Take& take, const Page& page_done) {
  struct Side {
    std::vector<Row> rows = {};
    std::size_t at = 0;
    bool ended = false;
  };
  Side left;
  Side right;
  const auto present = [at_once](Side& side, const auto& read) -> Result<const Row*> {
    if (side.at == side.rows.size() && !side.ended) {
      auto next = read(cursor_of(side.rows.empty() ? nullptr : &side.rows.back()), at_once);
      if (!next) return tl::unexpected<Error>(next.error());
      side.ended = next->size() < at_once;
      side.rows = std::move(*next);
      side.at = 0;
    }
    return side.at < side.rows.size() ? &side.rows[side.at] : nullptr;
  };
  for (;;) {
    if (left.at == left.rows.size()) {
      if (auto done = page_done(); !done) return done;
    }
    auto one = present(left, read_left);
    if (!one) return tl::unexpected<Error>(one.error());
    auto other = present(right, read_right);
    if (!other) return tl::unexpected<Error>(other.error());
    if (*one == nullptr && *other == nullptr) return {};
    const Row* a = *one;
    const Row* b = *other;
    if (a != nullptr && b != nullptr && name_of(*a) != name_of(*b))
      (name_of(*a) < name_of(*b) ? b : a) = nullptr;
    if (a != nullptr) ++left.at;
    if (b != nullptr) ++right.at;
    if (auto done = take(a, b); !done) return done;
  }
}

auto case_reader(Database& database) {
  return [&database](const std::string& after, std::size_t limit) {
    return database.transfer().case_files(after, limit);
  };
}
auto task_reader(Database& database) {
  return [&database](const std::string& after, std::size_t limit) {
    return database.transfer().tasks(after, limit);
  };
}
auto answer_reader(Database& database) {
  return [&database](const IdempotencyRecord& after, std::size_t limit) {
    return database.transfer().answers(after, limit);
  };
}

// Rows of one table on their way, written a page at a time.
template <class Row, class Put>
class Carrier {
 public:
  Carrier(Put put, std::size_t& count) : put_(std::move(put)), count_(count) {}

  Result<void> take(const Row* from, const Row* to) {
    if (from == nullptr || (to != nullptr && *from == *to)) return {};
    rows_.push_back(*from);
    return {};
  }
  Result<void> flush() {
    if (rows_.empty()) return {};
    auto done = put_(rows_);
    count_ += rows_.size();
    rows_.clear();
    return done;
  }

 private:
  Put put_;
  std::size_t& count_;
  std::vector<Row> rows_;
};

tl::unexpected<Error> foreign(const CaseFile& file) {
  const std::string& id = file.head.id.value();
  return fail(ErrorKind::kConflict,
              {"目标库中的案件 " + id + " 在来源库中没有，或者更新",
               "the target has the case " + id + ", which the source has not, or not so new"});
}

class Copier {
 public:
  Copier(Database& from, Database& to, const CasesDone& done) : from_(from), to_(to), done_(done) {}

  // In the order in which one row needs another.
  Result<TransferCounts> run() {
    for (const auto step : {&Copier::check_target, &Copier::people, &Copier::definitions,
                            &Copier::cases, &Copier::tasks, &Copier::answers, &Copier::numbers}) {
      auto done = (this->*step)();
      if (!done) return tl::unexpected<Error>(done.error());
    }
    return counts_;
  }

 private:
  // Before anything is written.
  Result<void> check_target() {
    if (auto count = to_.transfer().count_cases(); !count || *count == 0)
      return count ? Result<void>() : tl::unexpected<Error>(count.error());
    return walk<CaseFile>(
        case_reader(from_), case_reader(to_), kCasesAtOnce,
        [](const CaseFile* from, const CaseFile* to) -> Result<void> {
          if (to == nullptr) return {};
          if (from == nullptr || from->head.version < to->head.version) return foreign(*to);
          return {};
        },
        [] { return Result<void>(); });
  }

  Result<void> people() {
    auto organisations = from_.directory().organisations();
    if (!organisations) return tl::unexpected<Error>(organisations.error());
    auto people = from_.directory().people();
    if (!people) return tl::unexpected<Error>(people.error());
    counts_.people = people->size();
    auto accounts = from_.transfer().accounts();
    if (!accounts) return tl::unexpected<Error>(accounts.error());
    auto sessions = from_.transfer().sessions();
    if (!sessions) return tl::unexpected<Error>(sessions.error());
    auto put = to_.directory().put_office({std::move(*organisations), std::move(*people)});
    if (put) put = to_.transfer().put_accounts(*accounts);
    if (put) put = to_.transfer().put_sessions(*sessions);
    return put;
  }

  Result<void> definitions() {
    auto versions = from_.definitions().versions();
    if (!versions) return tl::unexpected<Error>(versions.error());
    for (const DefinitionRecord& listed : *versions) {
      auto record = from_.definitions().version(listed.version.id, listed.version.version);
      if (!record) return tl::unexpected<Error>(record.error());
      if (!*record) continue;
      if (auto put = to_.transfer().put_definition(**record); !put) return put;
      ++counts_.definitions;
    }
    return {};
  }

  Result<void> cases() {
    const auto put = [this](const std::vector<CaseFile>& files) {
      for (const CaseFile& file : files) counts_.events += file.events.size();
      return to_.transfer().put_case_files(files);
    };
    Carrier<CaseFile, decltype(put)> carrier(put, counts_.cases);
    std::size_t seen = 0;
    return walk<CaseFile>(
        case_reader(from_), case_reader(to_), kCasesAtOnce,
        [&](const CaseFile* from, const CaseFile* to) {
          ++seen;
          return carrier.take(from, to);
        },
        [&] {
          if (done_) done_(seen);
          return carrier.flush();
        });
  }

  Result<void> tasks() {
    const auto put = [this](const auto& rows) { return to_.transfer().put_tasks(rows); };
    Carrier<TaskRow, decltype(put)> carrier(put, counts_.tasks);
    return walk<TaskRow>(
        task_reader(from_), task_reader(to_), kRowsAtOnce,
        [&](const TaskRow* from, const TaskRow* to) { return carrier.take(from, to); },
        [&] { return carrier.flush(); });
  }

  Result<void> answers() {
    const auto put = [this](const auto& rows) { return to_.transfer().put_answers(rows); };
    Carrier<IdempotencyRecord, decltype(put)> carrier(put, counts_.answers);
    return walk<IdempotencyRecord>(
        answer_reader(from_), answer_reader(to_), kRowsAtOnce,
        [&](const auto* from, const auto* to) { return carrier.take(from, to); },
        [&] { return carrier.flush(); });
  }

  Result<void> numbers() {
    auto series = from_.transfer().number_series();
    if (!series) return tl::unexpected<Error>(series.error());
    return to_.transfer().put_number_series(*series);
  }

  Database& from_;
  Database& to_;
  const CasesDone& done_;
  TransferCounts counts_;
};

class Comparer {
 public:
  Comparer(Database& one, Database& other, const CasesDone& done)
      : one_(one), other_(other), done_(done) {}

  Result<Comparison> run() {
    for (const auto step :
         {&Comparer::office, &Comparer::definitions, &Comparer::cases, &Comparer::rows}) {
      auto done = (this->*step)();
      if (!done) return tl::unexpected<Error>(done.error());
    }
    return std::move(found_);
  }

 private:
  void differs(const Text& what) {
    if (found_.differences.size() < kMostDifferences) found_.differences.push_back(what);
  }

  // Whether a small table, read as a whole, is the same in both.
  template <class Read>
  Result<std::size_t> compare(const Text& what, const Read& read) {
    auto one = read(one_);
    if (!one) return tl::unexpected<Error>(one.error());
    auto other = read(other_);
    if (!other) return tl::unexpected<Error>(other.error());
    if (*one != *other) differs(what);
    return one->size();
  }

  Result<void> office() {
    auto count = compare({"组织", "organisations"},
                         [](Database& each) { return each.directory().organisations(); });
    if (count) {
      count =
          compare({"口令", "passwords"}, [](Database& each) { return each.transfer().accounts(); });
    }
    if (count) {
      count =
          compare({"会话", "sessions"}, [](Database& each) { return each.transfer().sessions(); });
    }
    if (count) {
      count = compare({"编号序列", "series of numbers"},
                      [](Database& each) { return each.transfer().number_series(); });
    }
    if (count)
      count = compare({"人员", "people"}, [](Database& each) { return each.directory().people(); });
    if (!count) return tl::unexpected<Error>(count.error());
    found_.equal.people = *count;
    return {};
  }

  Result<void> definitions() {
    auto count = compare({"流程版本", "versions of definitions"},
                         [](Database& each) { return each.definitions().versions(); });
    if (!count) return tl::unexpected<Error>(count.error());
    auto versions = one_.definitions().versions();
    if (!versions) return tl::unexpected<Error>(versions.error());
    for (const DefinitionRecord& listed : *versions) {
      const auto& [id, number] = name_of(listed);
      auto one = one_.definitions().version(id, number);
      if (!one) return tl::unexpected<Error>(one.error());
      auto other = other_.definitions().version(id, number);
      if (!other) return tl::unexpected<Error>(other.error());
      if (*one != *other) differs(Text{"流程", "definition"} + same(" " + id));
      ++found_.equal.definitions;
    }
    return {};
  }

  // One row of a large table. Whether it is the same in both.
  template <class Row>
  bool same_row(const Text& what, const Row* one, const Row* other) {
    if (one != nullptr && other != nullptr && *one == *other) return true;
    differs(what + same(" " + shown(name_of(one != nullptr ? *one : *other))));
    return false;
  }

  Result<void> cases() {
    std::size_t seen = 0;
    return walk<CaseFile>(
        case_reader(one_), case_reader(other_), kCasesAtOnce,
        [&](const CaseFile* one, const CaseFile* other) -> Result<void> {
          ++seen;
          if (!same_row({"案件", "case"}, one, other)) return {};
          ++found_.equal.cases;
          found_.equal.events += one->events.size();
          return {};
        },
        [&] {
          if (done_) done_(seen);
          return Result<void>();
        });
  }

  Result<void> rows() {
    const auto next = [] { return Result<void>(); };
    auto done = walk<TaskRow>(
        task_reader(one_), task_reader(other_), kRowsAtOnce,
        [&](const TaskRow* one, const TaskRow* other) -> Result<void> {
          if (same_row({"待办", "task"}, one, other)) ++found_.equal.tasks;
          return {};
        },
        next);
    if (!done) return done;
    return walk<IdempotencyRecord>(
        answer_reader(one_), answer_reader(other_), kRowsAtOnce,
        [&](const auto* one, const auto* other) -> Result<void> {
          if (same_row({"答复", "answer"}, one, other)) ++found_.equal.answers;
          return {};
        },
        next);
  }

  Database& one_;
  Database& other_;
  const CasesDone& done_;
  Comparison found_;
};

}  // namespace

Result<TransferCounts> copy_store(Database& from, Database& to, const CasesDone& done) {
  return Copier(from, to, done).run();
}

Result<Comparison> compare_stores(Database& one, Database& other, const CasesDone& done) {
  return Comparer(one, other, done).run();
}

}  // namespace mingjian
