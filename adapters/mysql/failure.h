#pragma once

#include <string>

#include "engine/base/result.h"

namespace sql {
class SQLException;
}

namespace mingjian::mysql {

// When an exception came: from a statement, so that the transaction is surely undone, or from
// COMMIT.
enum class Moment { kStatement, kCommit };

// What an exception of the connector means. Its number decides: classes of SQLSTATE mix what must
// be told apart.
struct Failure {
  enum class Kind {
    kConflict,   // another transaction was in the way; this one is undone: try it again
    kDuplicate,  // a unique key is there already; try again from the reading
    kLost,       // the connection, or the node behind it, cannot be used any more
    kBusy,       // the server takes no more now
    kFull,       // the disk of the server
    kRefused,    // the values of this command do not fit
    kOther,
  };

  Kind kind = Kind::kOther;
  bool in_doubt = false;  // COMMIT may have happened all the same
  bool no_node = false;   // no host took a connection
  int number = 0;         // of the server or the client library
  std::string text;       // as the connector wrote it

  // Whether to run the whole transaction once more.
  [[nodiscard]] bool passing() const {
    return kind == Kind::kConflict || kind == Kind::kDuplicate || kind == Kind::kLost ||
           kind == Kind::kBusy;
  }
  // Whether the connection has to be thrown away.
  [[nodiscard]] bool breaks_connection() const {
    return kind == Kind::kLost || kind == Kind::kOther;
  }
};

[[nodiscard]] Failure failure_of(const ::sql::SQLException& exception, Moment moment);

// For the caller of a port, when trying again has ended.
[[nodiscard]] Error error_of(const Failure& failure);

}  // namespace mingjian::mysql
