#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/ports/directory.h"
#include "engine/ports/store.h"

namespace mingjian::testing {

// What a store has to keep: the years 1000 to 9999.
inline constexpr Instant kEarliest{-30'610'224'000'000'000};
inline constexpr Instant kLatest{253'402'300'799'999'999};

// Cases, tasks and people for the tests of stores. A greater number gives a greater id.
[[nodiscard]] CaseId case_id(std::uint64_t number);
[[nodiscard]] TaskId task_id(std::uint64_t number);

// The filing of case `number`: one event, the stage "filed", of the organ "city" by "lin-wei".
[[nodiscard]] Commit filing(std::uint64_t number);

// One more event on what `before` left, with a key of its own.
[[nodiscard]] Commit following(const Commit& before);

// An open approval of case `of` for the role "reviewer" at "city", asked for by "lin-wei".
[[nodiscard]] TaskRow approval(std::uint64_t number, std::uint64_t of);

// The same, handed over to `person`.
[[nodiscard]] TaskRow handed_over(std::uint64_t number, std::uint64_t of,
                                  const std::string& person);
// The same, asked back from `person` for rework.
[[nodiscard]] TaskRow rework(std::uint64_t number, std::uint64_t of, const std::string& person);

// `task` as `person` decided it.
[[nodiscard]] TaskRow closed_by(TaskRow task, const std::string& person);

// Cases whose heads say what runs in them, each with the timer that follows.
[[nodiscard]] std::vector<Commit> cases_with_timers();

[[nodiscard]] Person person(const std::string& id);

}  // namespace mingjian::testing
