#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/case/decide.h"
#include "engine/case/options.h"
#include "engine/case/replay.h"
#include "engine/ports/id_source.h"
#include "engine/ports/store.h"
#include "engine/service/catalogue.h"
#include "engine/service/people.h"

namespace mingjian {

// How a command reaches the office.
struct Order {
  ActingPerson actor;
  std::string idempotency_key;
  std::string fingerprint;  // of the whole command as it came in
  CaseId case_id;           // empty for FileCase
  Version expected = 0;     // the version that the actor saw; 0 for FileCase
  Command command;
};

// The answer to a command that was carried out.
struct Answer {
  CaseId case_id;
  Version version = 0;
  std::string json;       // {"case", "number", "version", "stages", "closed", "events", "request"}
  bool repeated = false;  // the key was used before: this is the first answer
};

struct KeyReused {};  // the idempotency key was used for another command

// Why a command was not carried out; nothing changed.
using Rejection = std::variant<Error, std::vector<Obstacle>, Stale, KeyReused>;

// What fell due in a case.
struct FallenDue {
  std::size_t events = 0;  // that it made; 0: nothing was due, or another had seen to it
  Version version = 0;     // of the case then
};

// A case as somebody sees it.
struct CaseView {
  CaseState state;
  std::shared_ptr<const Definition> definition;
  std::vector<Role> roles;  // of the viewer, on this case
};

// The one door to the cases: every entrance (HTTP, import, the console) hands its commands in here,
// and reads here. Permission, version, idempotency and rules are checked in this place.
// Thread-safe.
class CaseService {
 public:
  // All must outlive the service.
  CaseService(Store& store, People& people, Clock& clock, IdSource& ids, Catalogue& catalogue)
      : store_(store), people_(people), clock_(clock), ids_(ids), catalogue_(catalogue) {}

  [[nodiscard]] tl::expected<Answer, Rejection> execute(const Order& order);

  // 到期: lets happen what has fallen due in the case by now, by nobody but the system; in order,
  // each at its own time, and once for each version of the case, whoever else sees to it at this
  // moment. `execute` does so before it lets anybody act, so that a time that has passed has
  // passed.
  [[nodiscard]] tl::expected<FallenDue, Rejection> fall_due(const CaseId& id);

  // Makes the row that says when something of the case is due as its head says. Gives whether it
  // was another.
  [[nodiscard]] Result<bool> mend_timer(const CaseId& id);

  // What a command to an existing case would do. Nothing changes, and neither the version that was
  // seen nor the key is looked at; otherwise it is decided as `execute` does.
  [[nodiscard]] tl::expected<std::vector<Event>, Rejection> rehearse(const Order& order);

  // Errors: kNotFound also where the case is there but not for this person.
  [[nodiscard]] Result<CaseView> view(const ActingPerson& reader, const CaseId& id);
  [[nodiscard]] Result<std::vector<Option>> options(const ActingPerson& reader, const CaseId& id);
  [[nodiscard]] Result<std::vector<EventRecord>> history(const ActingPerson& reader,
                                                         const CaseId& id, Version after,
                                                         std::size_t limit);
  // `query.scope` is set from the reader.
  [[nodiscard]] Result<std::vector<CaseHead>> cases(const ActingPerson& reader, CaseQuery query);
  // `query.person` and `query.posts` are set from the reader.
  [[nodiscard]] Result<std::vector<TaskListing>> tasks(const ActingPerson& reader, TaskQuery query);
  // The inbox of the reader as a filter, for those who look at one task at a time.
  [[nodiscard]] static TaskQuery inbox(const ActingPerson& reader);
  // How many tasks wait for the reader.
  [[nodiscard]] Result<std::size_t> count_inbox(const ActingPerson& reader);
  // The case that a task belongs to, where the reader may read that case.
  [[nodiscard]] Result<TaskRow> task(const ActingPerson& reader, const TaskId& id);

  // The history of a case under another version of its definition. `names`: see Replayer.
  // Errors: as `view`; kNotFound also where there is no such version.
  [[nodiscard]] Result<Replay> replay(const ActingPerson& reader, const CaseId& id,
                                      std::int64_t version, const StateMapping& names);

  // Folds the stored events of a case and compares with the stored head, byte for byte, and
  // compares the row of when something of it is due. Errors: kCorrupt says what differs.
  [[nodiscard]] Result<void> verify(const CaseId& id);

  [[nodiscard]] Catalogue& catalogue() { return catalogue_; }
  [[nodiscard]] Store& store() { return store_; }

 private:
  // A case and what it runs on.
  struct Kept {
    CaseState state;
    std::shared_ptr<const Definition> definition;
  };
  struct Loaded {
    CaseState state;
    std::shared_ptr<const Definition> definition;
    std::vector<Role> roles;  // of the reader, on this case
  };
  [[nodiscard]] Result<CaseState> read_state(const CaseId& id);
  [[nodiscard]] Result<std::shared_ptr<const Definition>> definition_of(const CaseState& state);
  [[nodiscard]] Result<Kept> keep(const CaseId& id);
  [[nodiscard]] Result<Loaded> load(const ActingPerson& reader, const CaseId& id);
  // The answer to a key that was used before; nothing where it was not.
  [[nodiscard]] std::optional<tl::expected<Answer, Rejection>> repeated(const Order& order);
  [[nodiscard]] tl::expected<Answer, Rejection> file(const Order& order);
  [[nodiscard]] tl::expected<Answer, Rejection> act(const Order& order);
  // The one place where a command to an existing case is judged.
  [[nodiscard]] tl::expected<std::vector<Event>, Rejection> decided(const Order& order,
                                                                    const Loaded& loaded,
                                                                    Instant now);
  // `record`: whose command it is and under which key; the answer is added.
  [[nodiscard]] tl::expected<Answer, Rejection> commit(IdempotencyRecord record,
                                                       const CaseState& before,
                                                       const std::vector<Event>& events);

  Store& store_;
  People& people_;
  Clock& clock_;
  IdSource& ids_;
  Catalogue& catalogue_;
};

}  // namespace mingjian
