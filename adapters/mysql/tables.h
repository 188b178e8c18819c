#pragma once

#include <string>
#include <vector>

#include "adapters/mysql/connection.h"
#include "engine/ports/store.h"

namespace mingjian::mysql {

// What is written of cases, a table at a time, inside the open transaction. Rows that are there
// already are replaced, but for events and answers, which are only added. All throw
// sql::SQLException.

void write_heads(Connection& connection, const std::vector<const CaseHead*>& heads);
void write_events(Connection& connection, const std::vector<const EventRecord*>& events);
void write_tasks(Connection& connection, const std::vector<const TaskRow*>& tasks);
void write_answers(Connection& connection, const std::vector<const IdempotencyRecord*>& answers);

// The stages that cases are found by. `old`: the cases (as uuid_value) whose former stages go.
void write_stages(Connection& connection, const std::vector<const CaseHead*>& heads,
                  const Values& old);

// The teams of cases. `old`: the cases (as uuid_value) whose former teams go.
struct Team {
  CaseId case_id;
  const std::vector<MemberRow>* members;
};
void write_members(Connection& connection, const std::vector<Team>& teams, const Values& old);

// The numbers of cases. `old`: the numbers that are given up.
void write_numbers(Connection& connection, const std::vector<const CaseHead*>& heads,
                   const Values& old);

// Removes the rows whose `column` is one of `values`; `place` is what stands for a value.
void remove_rows(Connection& connection, const std::string& table, const std::string& column,
                 const std::string& place, const Values& values);

// UTF-8 with the letters A to Z small: what is searched, and what it is searched for.
[[nodiscard]] std::string searched_form(std::string text);

// `part` so many times with `between` between them.
[[nodiscard]] std::string repeated(const std::string& part, const std::string& between,
                                   std::size_t times);

}  // namespace mingjian::mysql
