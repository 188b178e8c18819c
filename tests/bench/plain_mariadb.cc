#include "tests/bench/plain_mariadb.h"

#include <stdexcept>
#include <thread>

#include <cppconn/exception.h>

#include "adapters/mysql/tables.h"

namespace mingjian::bench {
namespace {

// The statements of one command, as the product sends them but for its reading.
void write(mysql::Connection& connection, const Commit& commit, const std::string& stages) {
  std::vector<const EventRecord*> events;
  for (const EventRecord& event : commit.events) events.push_back(&event);
  std::vector<const TaskRow*> tasks;
  for (const TaskRow& task : commit.tasks) tasks.push_back(&task);
  mysql::write_events(connection, events);
  mysql::write_answers(connection, {&commit.idempotency});
  mysql::write_heads(connection, {&commit.head});
  mysql::write_tasks(connection, tasks);
  if (stages != commit.head.stages) {
    mysql::write_stages(connection, {&commit.head}, {mysql::uuid_value(commit.head.id.value())});
  }
  connection.run("COMMIT");
}

// Every n-th case from the `first`. Filings are written before, all together, and not measured.
class Writer {
 public:
  Writer(const std::vector<CaseCommits>& cases, const MysqlOptions& place, std::size_t first,
         std::size_t step)
      : connection_(place, place.hosts[0]) {
    connection_.run("SET SESSION autocommit = 0");
    std::vector<const CaseHead*> heads;
    for (std::size_t i = first; i < cases.size(); i += step) {
      mine_.push_back(&cases[i]);
      heads.push_back(&cases[i].front().head);
    }
    mysql::write_heads(connection_, heads);
    mysql::write_stages(connection_, heads, {});
    connection_.run("COMMIT");
  }

  void work() {
    for (const CaseCommits* const commits : mine_) {
      for (std::size_t i = 1; i < commits->size(); ++i) {
        const Stopwatch one;
        write(connection_, (*commits)[i], (*commits)[i - 1].head.stages);
        waits_ms_.push_back(one.seconds() * 1e3);
      }
    }
  }

  [[nodiscard]] const std::vector<double>& waits_ms() const { return waits_ms_; }

 private:
  mysql::Connection connection_;
  std::vector<const CaseCommits*> mine_;
  std::vector<double> waits_ms_;
};

}  // namespace

Figures measure_plain_mariadb(const std::vector<CaseCommits>& cases, const MysqlOptions& fresh,
                              std::size_t connections) {
  try {
    std::vector<std::unique_ptr<Writer>> writers;
    for (std::size_t i = 0; i < connections; ++i)
      writers.push_back(std::make_unique<Writer>(cases, fresh, i, connections));
    const Stopwatch whole;
    std::vector<std::thread> threads;
    for (const auto& writer : writers) threads.emplace_back([&writer] { writer->work(); });
    for (std::thread& thread : threads) thread.join();
    Figures figures;
    figures.seconds = whole.seconds();
    for (const auto& writer : writers) {
      figures.waits_ms.insert(figures.waits_ms.end(), writer->waits_ms().begin(),
                              writer->waits_ms().end());
    }
    std::sort(figures.waits_ms.begin(), figures.waits_ms.end());
    return figures;
  } catch (const ::sql::SQLException& exception) {
    throw std::runtime_error(exception.what());
  }
}

}  // namespace mingjian::bench
