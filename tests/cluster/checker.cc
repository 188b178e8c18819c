#include "tests/cluster/checker.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace mingjian::testing {
namespace {

// A command with everything that was heard of it.
struct Told {
  const Attempt* first = nullptr;
  const Attempt* acknowledgement = nullptr;  // the first one
  const Attempt* refusal = nullptr;          // the first one
};

struct Moment {
  std::int64_t at = 0;
  bool is_end = false;
  const Attempt* attempt = nullptr;

  bool operator<(const Moment& other) const {
    return at != other.at ? at < other.at : is_end < other.is_end;
  }
};

struct Place {
  std::string case_id;
  int version = 0;
};

class Checker {
 public:
  Checker(const Attempts& attempts, const Histories& histories)
      : attempts_(attempts), histories_(histories) {}

  std::vector<std::string> check() {
    gather_commands();
    gather_places();
    check_sequences();
    check_commands();
    check_known();
    check_order();
    return std::move(found_);
  }

 private:
  void report(const std::string& what, const std::string& whose) {
    found_.push_back(what + ": " + whose);
  }

  void gather_commands() {
    for (const Attempt& attempt : attempts_) {
      if (attempt.status == 500) report("answered with 500", attempt.key + attempt.case_id);
      if (!attempt.writes) continue;
      Told& told = commands_[attempt.key];
      if (told.first == nullptr) told.first = &attempt;
      if (refused(attempt) && told.refusal == nullptr) told.refusal = &attempt;
      if (!acknowledged(attempt)) continue;
      const Attempt* const before = std::exchange(told.acknowledgement, &attempt);
      if (before == nullptr) continue;
      told.acknowledgement = before;
      if (before->case_id != attempt.case_id || before->version != attempt.version)
        report("answered in two ways", attempt.key);
    }
  }

  void gather_places() {
    for (const auto& [id, events] : histories_) {
      for (const Traced& event : events) places_[event.trace].push_back({id, event.version});
    }
    for (const auto& [key, told] : commands_) {
      for (const Place& place : places_[told.first->trace])
        first_sent_[{place.case_id, place.version}] = told.first->began;
    }
  }

  void check_sequences() {
    for (const auto& [id, events] : histories_) {
      int expected = 0;
      for (const Traced& event : events) {
        if (event.version == ++expected) continue;
        report("versions are not one sequence", id + " at " + std::to_string(event.version));
        break;
      }
    }
  }

  void check_commands() {
    for (const auto& [key, told] : commands_) {
      const std::vector<Place>& found = places_[told.first->trace];
      const std::size_t times = found.size();
      if (times > 1) report("done more than once", key);
      if (told.acknowledgement != nullptr) {
        if (told.refusal != nullptr) report("acknowledged and refused", key);
        const Attempt& answer = *told.acknowledgement;
        if (times == 0) {
          report("acknowledged and not there", key);
        } else if (times == 1 &&
                   (found[0].case_id != answer.case_id || found[0].version != answer.version)) {
          report("not where the answer said", key);
        }
      } else if (told.refusal != nullptr) {
        if (times > 0) report("refused and done all the same", key);
        check_reason(*told.refusal);
      }
    }
  }

  // Clients send nothing that cannot be done but what comes too late.
  void check_reason(const Attempt& refusal) {
    const auto events = histories_.find(refusal.case_id);
    const bool too_late = refusal.status == 412 && events != histories_.end() &&
                          static_cast<int>(events->second.size()) > refusal.seen;
    if (!too_late) report("refused without a reason", refusal.key);
  }

  void check_known() {
    std::set<std::string> known;
    for (const auto& [key, told] : commands_) known.insert(told.first->trace);
    for (const auto& [trace, places] : places_) {
      if (!places.empty() && !known.contains(trace)) report("nobody sent it", trace);
    }
  }

  // Goes through all beginnings and ends in the order of time. What ends when another begins is
  // beside it.
  void check_order() {
    std::vector<Moment> moments;
    for (const Attempt& attempt : attempts_) {
      moments.push_back({attempt.began, false, &attempt});
      moments.push_back({attempt.ended, true, &attempt});
    }
    std::sort(moments.begin(), moments.end());
    std::map<std::string, int> newest;           // of each case, that anybody was told of
    std::map<const Attempt*, int> known_before;  // the same when an attempt began
    for (const Moment& moment : moments) {
      const Attempt& attempt = *moment.attempt;
      if (!moment.is_end) {
        known_before[&attempt] = newest[attempt.case_id];
      } else if (acknowledged(attempt) || (!attempt.writes && refused(attempt))) {
        // A repeated command may have been done when it was sent first.
        const Attempt* const first = attempt.writes ? commands_[attempt.key].first : &attempt;
        check_place_in_time(attempt, known_before[first]);
        newest[attempt.case_id] = std::max(newest[attempt.case_id], attempt.version);
      }
    }
  }

  // `known`: the newest version that anybody was told of before.
  void check_place_in_time(const Attempt& attempt, int known) {
    const std::string which = attempt.case_id + " " + std::to_string(attempt.version) + " where " +
                              std::to_string(known) + " was known";
    if (attempt.writes) {
      if (attempt.version <= known) report("put before what was acknowledged earlier", which);
      return;
    }
    if (attempt.version < known) report("read something old", which);
    const auto written = first_sent_.find({attempt.case_id, attempt.version});
    if (attempt.version > 0 && (written == first_sent_.end() || written->second > attempt.ended))
      report("read what nobody had written", which);
  }

  const Attempts& attempts_;
  const Histories& histories_;
  std::map<std::string, Told> commands_;                            // by key
  std::map<std::string, std::vector<Place>> places_;                // by trace
  std::map<std::pair<std::string, int>, std::int64_t> first_sent_;  // by case and version
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> violations(const Attempts& attempts, const Histories& histories) {
  return Checker(attempts, histories).check();
}

}  // namespace mingjian::testing
