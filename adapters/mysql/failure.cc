#include "adapters/mysql/failure.h"

#include <cppconn/exception.h>

namespace mingjian::mysql {
namespace {

constexpr int kTls = 2026;

Failure::Kind kind_of(int number, const std::string& text) {
  switch (number) {
    case 1020:  // record has changed since last read (innodb_snapshot_isolation)
    case 1205:  // lock wait timeout: the statement alone is undone, so the rest is rolled back
    case 1213:  // deadlock, or certification failed in a cluster
    case 3572:  // no lock without waiting
      return Failure::Kind::kConflict;
    case 1062:
      return Failure::Kind::kDuplicate;
    case 1047:  // the node is outside the primary component
    case 1053:  // server shutdown in progress
    case 1152:  // aborted connection
    case 1158:  // network packets: read error, timeout, write error, timeout
    case 1159:
    case 1160:
    case 1161:
    case 1180:  // error during COMMIT
    case 1290:  // read-only: another node is the one that writes
    case 1317:  // interrupted
    case 1836:  // read-only mode
    case 1927:  // connection was killed
    case 2001:  // client: socket, connection, host, gone away, lost, TLS, lost at a stage
    case 2002:
    case 2003:
    case 2005:
    case 2006:
    case 2013:
    case kTls:
    case 2030:  // statement from before a reconnect
    case 2055:
    case 5014:  // client of MariaDB: cannot read or write
      return Failure::Kind::kLost;
    case 1040:  // too many connections, of all and of the user
    case 1203:
    case 1226:
    case 1461:  // too many prepared statements
      return Failure::Kind::kBusy;
    case 3:     // error writing file
    case 1021:  // disk full
    case 1114:  // the table is full
      return Failure::Kind::kFull;
    case 1048:  // null, out of range, too long, packet, wrong characters, check
    case 1153:
    case 1264:
    case 1292:
    case 1366:
    case 1406:
    case 2020:
    case 4025:
      return Failure::Kind::kRefused;
    default:
      break;
  }
  // 1026 and 1030 pass on what the operating system said; 28 is ENOSPC.
  if ((number == 1026 || number == 1030) && text.find("28") != std::string::npos)
    return Failure::Kind::kFull;
  return Failure::Kind::kOther;
}

}  // namespace

Failure failure_of(const ::sql::SQLException& exception, Moment moment) {
  Failure failure;
  failure.number = exception.getErrorCode();
  failure.text = exception.what();
  failure.kind = kind_of(failure.number, failure.text);
  failure.in_doubt = moment == Moment::kCommit && (failure.kind == Failure::Kind::kLost ||
                                                   failure.kind == Failure::Kind::kOther);
  return failure;
}

Error error_of(const Failure& failure) {
  const std::string detail = failure.text + " (" + std::to_string(failure.number) + ")";
  if (failure.in_doubt) {
    return {ErrorKind::kOutcomeUnknown,
            {"无法确定是否已写入，请按幂等键查询：" + detail,
             "written or not is unknown; ask by the idempotency key: " + detail}};
  }
  switch (failure.kind) {
    case Failure::Kind::kFull:
      return {ErrorKind::kStorageFull,
              {"存储空间已满，没有写入：" + detail,
               "the storage is full, nothing was written: " + detail}};
    case Failure::Kind::kRefused:
      return {ErrorKind::kInvalidInput,
              {"内容无法保存：" + detail, "this cannot be stored: " + detail}};
    case Failure::Kind::kDuplicate:
      return {ErrorKind::kConflict,
              {"与已有的数据冲突：" + detail, "this contradicts what is stored: " + detail}};
    default:
      if (failure.number == kTls) {
        return {ErrorKind::kUnavailable,
                {"与数据库服务器的 TLS 连接不成立：" + detail,
                 "TLS with the database server failed: " + detail}};
      }
      return {ErrorKind::kUnavailable,
              {"数据库暂不可用：" + detail, "the database is not available now: " + detail}};
  }
}

}  // namespace mingjian::mysql
