// GET /metrics in the text format of Prometheus, version 0.0.4.
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"

namespace mingjian::http {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

// The metrics of one answer.
class Families {
 public:
  // Begins a family; its values follow.
  Families& family(const std::string& name, const std::string& help, MetricType type) {
    families_.push_back({name, help, type, {}});
    return *this;
  }
  Families& value(double value, Labels labels = {}) {
    MetricFamily& family = families_.back();
    ClientMetric metric;
    metric.label = std::move(labels);
    (family.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
    family.metric.push_back(std::move(metric));
    return *this;
  }
  Families& counter(const std::string& name, const std::string& help) {
    return family(name, help, MetricType::Counter);
  }
  Families& gauge(const std::string& name, const std::string& help) {
    return family(name, help, MetricType::Gauge);
  }

  [[nodiscard]] std::string text() const {
    return prometheus::TextSerializer().Serialize(families_);
  }

 private:
  std::vector<MetricFamily> families_;
};

double number(std::uint64_t count) { return static_cast<double>(count); }

void add_requests(Families& families, const Measurements& measurements) {
  families.counter("mingjian_http_requests_total",
                   "Requests that were answered, by operation of the interface and status.");
  for (const auto& [key, count] : measurements.requests()) {
    families.value(number(count),
                   {{"operation", key.first}, {"status", std::to_string(key.second)}});
  }
}

void add_writes(Families& families, const WriteCounts& writes) {
  families.counter("mingjian_writes_total", "Writes whose transaction was committed.")
      .value(number(writes.writes));
  families
      .counter("mingjian_transactions_total",
               "Transactions committed; fewer than writes where writes waited together.")
      .value(number(writes.transactions));
  families
      .counter("mingjian_transaction_repeats_total",
               "Transactions tried again after a conflict or a lost connection.")
      .value(number(writes.repeats));
  families.gauge("mingjian_writes_waiting", "Writes in the queue.").value(number(writes.waiting));
  families.gauge("mingjian_writes_running", "Writes in the transaction under way.")
      .value(number(writes.running));
}

void add_background(Families& families, const Gauges& gauges) {
  families.gauge("mingjian_lease_held", "1 where this process holds the lease, else 0.");
  for (const auto& [name, held] : gauges.leases) families.value(held ? 1 : 0, {{"lease", name}});
  families.counter("mingjian_chore_runs_total", "Parts of background work done by this process.");
  for (const auto& [name, chore] : gauges.chores)
    families.value(number(chore.runs), {{"chore", name}});
  families.counter("mingjian_chore_failures_total", "Parts of background work that failed.");
  for (const auto& [name, chore] : gauges.chores)
    families.value(number(chore.failures), {{"chore", name}});
}

Response metrics(const OfficeServices& office) {
  Families families;
  const Gauges gauges = office.measurements.gauges();
  add_requests(families, office.measurements);
  add_writes(families, gauges.writes);
  families.gauge("mingjian_inbox_streams", "Open streams of inbox events.")
      .value(number(office.inbox.listeners()));
  add_background(families, gauges);
  return {200, {}, "text/plain; version=0.0.4; charset=utf-8", families.text()};
}

}  // namespace

void add_metrics_routes(Router& router, const OfficeServices& office) {
  router.add(
      {"GET", "/metrics", "metrics",
       open_to_all([&office](const Request&) -> Checked<Response> { return metrics(office); })});
}

}  // namespace mingjian::http
