#pragma once

#include "adapters/sqlite/readers.h"
#include "adapters/sqlite/writer.h"
#include "engine/ports/transfer.h"

namespace mingjian::sqlite {

// `writer` and `readers` must outlive it. Thread-safe.
class SqliteTransfer : public Transfer {
 public:
  SqliteTransfer(Writer& writer, Readers& readers) : writer_(writer), readers_(readers) {}

  Result<std::size_t> count_cases() override;
  Result<std::vector<CaseFile>> case_files(const std::string& after, std::size_t limit) override;
  Result<void> put_case_files(const std::vector<CaseFile>& files) override;
  Result<std::vector<TaskRow>> tasks(const std::string& after, std::size_t limit) override;
  Result<void> put_tasks(const std::vector<TaskRow>& tasks) override;
  Result<std::vector<IdempotencyRecord>> answers(const IdempotencyRecord& after,
                                                 std::size_t limit) override;
  Result<void> put_answers(const std::vector<IdempotencyRecord>& answers) override;
  Result<std::vector<NumberSeries>> number_series() override;
  Result<void> put_number_series(const std::vector<NumberSeries>& all) override;
  Result<std::vector<Account>> accounts() override;
  Result<void> put_accounts(const std::vector<Account>& accounts) override;
  Result<std::vector<Session>> sessions() override;
  Result<void> put_sessions(const std::vector<Session>& sessions) override;
  Result<void> put_definition(const DefinitionRecord& record) override;

 private:
  Writer& writer_;
  Readers& readers_;
};

}  // namespace mingjian::sqlite
