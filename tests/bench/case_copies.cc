#include "tests/bench/case_copies.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace mingjian::bench {
namespace {

constexpr std::size_t kAtOnce = 500;
constexpr std::size_t kAll = 100'000;

// Copies are this far apart, so that a million of them fill two years.
constexpr std::int64_t kFirstMicroseconds = 1'735'689'600'000'000;  // 2025-01-01T00:00:00Z
constexpr std::int64_t kStepMicroseconds = 60'000'000;

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message.en);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

using Replacements = std::vector<std::pair<std::string, std::string>>;

void replace_in(std::string& text, const Replacements& replacements) {
  for (const auto& [old, fresh] : replacements) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + fresh.size()))
      text.replace(at, old.size(), fresh);
  }
}

template <class Tag>
void replace_in(Id<Tag>& id, const Replacements& replacements) {
  std::string text = id.value();
  replace_in(text, replacements);
  id = Id<Tag>(std::move(text));
}

}  // namespace

struct CaseCopies::Page {
  std::vector<CaseFile> files;
  std::vector<TaskRow> tasks;
  std::vector<IdempotencyRecord> answers;

  void take(Pattern copy) {
    files.push_back(std::move(copy.file));
    std::move(copy.tasks.begin(), copy.tasks.end(), std::back_inserter(tasks));
    std::move(copy.answers.begin(), copy.answers.end(), std::back_inserter(answers));
  }
  void put(Transfer& target) const {
    or_throw(target.put_case_files(files));
    or_throw(target.put_tasks(tasks));
    or_throw(target.put_answers(answers));
  }
};

CaseCopies::CaseCopies(Database& source) {
  Transfer& transfer = source.transfer();
  std::map<CaseId, std::size_t> places;
  for (CaseFile& file : or_throw(transfer.case_files("", kAll))) {
    places[file.head.id] = patterns_.size();
    patterns_.push_back({std::move(file), {}, {}});
  }
  if (patterns_.empty()) throw std::runtime_error("there is no case to copy");
  for (TaskRow& task : or_throw(transfer.tasks("", kAll)))
    patterns_[places.at(task.case_id)].tasks.push_back(std::move(task));
  for (IdempotencyRecord& answer : or_throw(transfer.answers({}, kAll))) {
    for (Pattern& pattern : patterns_) {
      if (answer.answer.find(pattern.file.head.id.value()) == std::string::npos) continue;
      pattern.answers.push_back(answer);
      break;
    }
  }
}

// The next copy, of the next pattern.
CaseCopies::Pattern CaseCopies::next() {
  Pattern copy = patterns_[made_ % patterns_.size()];
  const Instant at{kFirstMicroseconds + static_cast<std::int64_t>(made_) * kStepMicroseconds};
  CaseFile& file = copy.file;
  const std::string suffix = "-" + std::to_string(++made_);
  Replacements replacements = {{file.head.id.value(), ids_.uuid(at)}};
  if (!file.head.number.empty())
    replacements.emplace_back(file.head.number, file.head.number + suffix);
  for (const TaskRow& task : copy.tasks) {
    replacements.emplace_back(task.id.value(), ids_.uuid(at));
    const auto known =
        std::find_if(replacements.begin(), replacements.end(),
                     [&](const auto& each) { return each.first == task.request.value(); });
    if (known == replacements.end()) replacements.emplace_back(task.request.value(), ids_.uuid(at));
  }
  replace_in(file.head.id, replacements);
  replace_in(file.head.number, replacements);
  replace_in(file.head.state, replacements);
  for (EventRecord& event : file.events) {
    event.case_id = file.head.id;
    replace_in(event.body, replacements);
  }
  for (TaskRow& task : copy.tasks) {
    task.case_id = file.head.id;
    replace_in(task.id, replacements);
    replace_in(task.request, replacements);
  }
  for (IdempotencyRecord& answer : copy.answers) {
    answer.key += suffix;
    replace_in(answer.answer, replacements);
  }
  return copy;
}

void CaseCopies::add_to(Database& target, std::size_t count,
                        const std::function<void(std::size_t)>& tell_progress) {
  for (std::size_t done = 0; done < count;) {
    Page page;
    for (std::size_t left = std::min(kAtOnce, count - done); left > 0; --left, ++done)
      page.take(next());
    page.put(target.transfer());
    tell_progress(done);
  }
}

}  // namespace mingjian::bench
