// What one transition costs in memory: time and allocations from a snapshot to the next one.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include "engine/chart/compile.h"
#include "engine/chart/macrostep.h"
#include "tests/bench/allocation_count.h"
#include "tests/support/conformance_files.h"

namespace mingjian::bench {
namespace {

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "mingjian_bench_chart: %s\n", why.c_str());
  std::exit(2);
}

template <class T>
T or_give_up(Result<T> result) {
  if (!result) give_up(result.error().pointer + ": " + result.error().message.en);
  return std::move(*result);
}

chart::Chart compile_text(const std::string& text) {
  return or_give_up(chart::compile(or_give_up(parse_ordered_json(text))));
}

// Sends two events in turn, which must lead to and fro.
void run(benchmark::State& state, const chart::Chart& chart, chart::Snapshot snapshot,
         const std::array<chart::Event, 2>& events) {
  const chart::Facts facts;
  std::size_t turn = 0;
  const std::uint64_t allocations = allocation_count();
  for (auto _ : state) {
    chart::Macrostep step = chart::send(chart, snapshot, events[turn], facts, 0);
    if (step.microsteps.empty()) give_up("no transition for " + events[turn].type);
    snapshot = std::move(step.after);
    turn = 1 - turn;
  }
  state.counters["allocations"] = benchmark::Counter(
      static_cast<double>(allocation_count() - allocations), benchmark::Counter::kAvgIterations);
}

// Ten states: both regions move with each event, and the guard is asked each time.
constexpr const char* kTenStates = R"({
  "id": "inquiry", "context": {"documents": 2}, "initial": "work", "states": {
    "waiting": {"on": {"start": "work"}},
    "work": {"type": "parallel", "states": {
      "evidence": {"initial": "collecting", "states": {
        "collecting": {"on": {
          "advance": {"target": "checking", "guard": {">=": [{"var": "context.documents"}, 2]}}}},
        "checking": {"on": {
          "return": {"target": "collecting", "guard": {">=": [{"var": "context.documents"}, 2]}}}}}},
      "statement": {"initial": "asked", "states": {
        "asked": {"on": {"advance": "taken"}},
        "taken": {"on": {"return": "asked"}}}}}},
    "done": {"type": "final"}}})";

void ten_states(benchmark::State& state) {
  const chart::Chart chart = compile_text(kTenStates);
  if (chart.states().size() != 10) give_up("not ten states");
  run(state, chart, chart::start(chart).after, {{{"advance", nullptr}, {"return", nullptr}}});
}
BENCHMARK(ten_states);

// Two states that take turns among so many that take no part.
void among_siblings(benchmark::State& state) {
  OrderedJson states = {{"ping", {{"on", {{"go", "pong"}}}}}, {"pong", {{"on", {{"go", "ping"}}}}}};
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    const std::string name = "other" + std::to_string(i);
    states[name] = {{"on", {{"go", "ping"}}}};
  }
  const OrderedJson definition = {{"id", "crowd"}, {"initial", "ping"}, {"states", states}};
  const chart::Chart chart = or_give_up(chart::compile(definition));
  run(state, chart, chart::start(chart).after, {{{"go", nullptr}, {"go", nullptr}}});
}
BENCHMARK(among_siblings)->Arg(10)->Arg(100)->Arg(1000);

// The first case of the demonstration that the definition handles, as its data was filed.
Json demonstration_data(const chart::Chart& chart) {
  std::istringstream lines(testing::read_file(std::string(MINGJIAN_SOURCE_DIR) +
                                              "/workflows/demonstration/cases.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    Json data = or_give_up(parse_json(line));
    if (data["family"] != chart.id()) continue;
    data.update(chart.initial_context());
    return data;
  }
  give_up("no such case in the demonstration");
}

// The procedure as it is shipped, with the data of a real case, going to and fro between a state
// and the next one.
void accountability(benchmark::State& state, const char* stage, const char* there,
                    const Json& there_data, const char* back, const Json& back_data) {
  const chart::Chart chart = compile_text(testing::read_file(
      std::string(MINGJIAN_SOURCE_DIR) + "/workflows/accountability/definition.json"));
  const Json memory = {{"configuration", Json::array({stage})},
                       {"context", demonstration_data(chart)}};
  run(state, chart, or_give_up(chart::snapshot_from_json(chart, memory)),
      {{{there, there_data}, {back, back_data}}});
}
BENCHMARK_CAPTURE(accountability, rectification, "accountability.rectification", "ask_acceptance",
                  Json{{"rectification_report", "整改报告"}}, "second_round",
                  Json{{"acceptance_defects", "部分问题尚未整改到位"}});
// Out of two parallel regions, and back to both through their history.
BENCHMARK_CAPTURE(accountability, suspension, "accountability.suspension", "resume",
                  Json{{"resumption_ground", "中止事由已经消除"}}, "suspend",
                  Json{{"suspension_reason", "被审查人因病住院"}});

}  // namespace
}  // namespace mingjian::bench

BENCHMARK_MAIN();
