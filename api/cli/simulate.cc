#include <algorithm>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "api/cli/commands.h"
#include "api/cli/exit_code.h"
#include "api/cli/help.h"
#include "api/cli/workflows_folder.h"
#include "engine/chart/compile.h"
#include "engine/chart/timers.h"

namespace mingjian::cli {
namespace {

constexpr JsonLimits kLimits{
    .bytes = 64 << 20, .depth = 512, .members = 1 << 20, .string_bytes = 16 << 20};

struct Step {
  std::int64_t after_ms = 0;
  std::string event;  // empty: none
  Json data;
};

int refused(std::ostream& err, const char* what, const Error& error) {
  err << Json{{"error", what},
              {"message", error.pointer + ": " + error.message.en},
              {"zh", error.message.zh},
              {"pointer", error.pointer}}
             .dump()
      << "\n";
  return kUnusable;
}

Result<std::vector<Step>> read_script(const std::string& file) {
  const auto wrong = [](const std::string& pointer) {
    return fail(ErrorKind::kInvalidInput,
                {"脚本应为步骤的列表", "a script is a list of steps {event, data, after_ms}"},
                pointer);
  };
  const auto text = read_file(file);
  if (!text) return tl::unexpected<Error>(text.error());
  const auto json = parse_json(*text, kLimits);
  if (!json) return tl::unexpected<Error>(json.error());
  const Json& list = json->is_object() && json->contains("script") ? (*json)["script"] : *json;
  if (!list.is_array()) return wrong("");
  std::vector<Step> steps;
  for (const Json& entry : list) {
    const std::string pointer = "/" + std::to_string(steps.size());
    if (!entry.is_object()) return wrong(pointer);
    const Json after = entry.value("after_ms", Json(0));
    const Json event = entry.value("event", Json(nullptr));
    if (!after.is_number_integer() || after.get<std::int64_t>() < 0)
      return wrong(pointer + "/after_ms");
    if (!event.is_null() && !event.is_string()) return wrong(pointer + "/event");
    steps.push_back({after.get<std::int64_t>(), event.is_null() ? "" : event.get<std::string>(),
                     entry.value("data", Json())});
  }
  return steps;
}

// Runs the steps and keeps what they print.
class Simulation {
 public:
  explicit Simulation(const chart::Chart& chart) : chart_(chart) {
    chart::Macrostep started = chart::start(chart_);
    snapshot_ = std::move(started.after);
    take(std::move(started.effects), started.fault);
    advance_to(0);
    print();
  }

  void run(const Step& step) {
    advance_to(now_ + step.after_ms);
    if (!step.event.empty() && !fault_) {
      chart::Macrostep sent = chart::send(chart_, snapshot_, {step.event, step.data}, {}, now_);
      snapshot_ = std::move(sent.after);
      take(std::move(sent.effects), sent.fault);
      if (!fault_) advance_to(now_);
    }
    print();
  }

  [[nodiscard]] const std::string& printed() const { return printed_; }

 private:
  void take(std::vector<Json> effects, std::optional<chart::Fault> fault) {
    for (Json& effect : effects) effects_.push_back(std::move(effect));
    if (fault) fault_ = fault;
  }

  void advance_to(std::int64_t time) {
    now_ = time;
    const std::size_t left = fired_ < chart::kTimerLimit ? chart::kTimerLimit - fired_ : 0;
    chart::Advance advanced = chart::advance(chart_, snapshot_, time, {}, left);
    fired_ += advanced.fired;
    snapshot_ = std::move(advanced.after);
    take(std::move(advanced.effects), advanced.fault);
  }

  void print() {
    auto ids = chart::active_leaf_ids(chart_, snapshot_);
    std::sort(ids.begin(), ids.end());
    Json line = {{"step", step_++},
                 {"configuration", ids},
                 {"done", snapshot_.done},
                 {"context", snapshot_.context}};
    if (!effects_.empty()) line["effects"] = std::move(effects_);
    if (fault_)
      line["error"] = *fault_ == chart::Fault::kRunaway ? "runaway" : "illegal_configuration";
    printed_ += line.dump() + "\n";
    effects_ = Json::array();
    fault_.reset();
    fired_ = 0;
  }

  const chart::Chart& chart_;
  chart::Snapshot snapshot_;
  std::int64_t now_ = 0;
  std::size_t step_ = 0;
  std::size_t fired_ = 0;
  Json effects_ = Json::array();
  std::optional<chart::Fault> fault_;
  std::string printed_;
};

// mingjian simulate: runs a statechart by a script, in virtual time, and prints one JSON object a
// line: the start, then each step. kUnusable, with the reason as JSON on `err` and nothing on
// `out`, where the definition or the script is refused.
int simulate(const std::string& definition_file, const std::string& script_file, std::ostream& out,
             std::ostream& err) {
  const auto text = read_file(definition_file);
  if (!text) return refused(err, "definition", text.error());
  const auto definition = parse_ordered_json(*text, kLimits);
  if (!definition) return refused(err, "definition", definition.error());
  const auto chart = chart::compile(*definition);
  if (!chart) return refused(err, "definition", chart.error());
  const auto steps = read_script(script_file);
  if (!steps) return refused(err, "script", steps.error());
  Simulation simulation(*chart);
  for (const Step& step : *steps) simulation.run(step);
  out << simulation.printed();
  return kDone;
}

}  // namespace

void add_simulate(const Program& program) {
  struct Given {
    std::string definition;
    std::string script;
  };
  CLI::App* const command =
      program.app.add_subcommand("simulate", "按脚本运行状态图 / run a statechart by a script");
  add_example(*command, "mingjian simulate --definition chart.json --script steps.json");
  const auto given = std::make_shared<Given>();
  command->add_option("--definition", given->definition, "定义文件 / the definition")->required();
  command->add_option("--script", given->script, "步骤文件 / the steps")->required();
  command->callback([program, given] {
    program.exit_code = simulate(given->definition, given->script, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
