#include "tests/support/mariadb_folder.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/support/process.h"

namespace mingjian::testing {
namespace {

void make_data(const MariadbFolder& folder) {
  const std::string people = folder.path("people.sql");
  std::ofstream(people) << "FLUSH PRIVILEGES;\nCREATE USER '" << kTestUser
                        << "'@'%' IDENTIFIED BY '" << kTestPassword << "';\nGRANT ALL ON *.* TO '"
                        << kTestUser << "'@'%';\n";
  const pid_t installer = start_process(
      {"mariadb-install-db", folder.options(), "--auth-root-authentication-method=normal",
       "--skip-test-db", "--extra-file=" + people, "--wsrep-on=OFF"},
      folder.log());
  if (wait_for_end(installer) != 0)
    throw std::runtime_error("no data folder: " + content_of(folder.log()));
}

}  // namespace

void MariadbFolder::prepare(int port, const std::vector<std::string>& settings) const {
  // At its start a server clears this folder of temporary tables, also of those of others.
  std::filesystem::create_directories(path("tmp"));
  std::ofstream file(path("options.cnf"));
  file << "[mariadbd]\ndatadir=" << data() << "\nsocket=" << path("socket")
       << "\npid-file=" << path("pid") << "\nport=" << port
       << "\nbind-address=127.0.0.1\ntmpdir=" << path("tmp")
       << "\nlc-messages-dir=/usr/share/mysql\ncharacter-set-server=utf8mb4\n"
       << "innodb_buffer_pool_size=64M\ninnodb_log_file_size=48M\nmax_connections=300\n"
       << "performance_schema=OFF\n";
  for (const std::string& setting : settings) file << setting << "\n";
  file.close();
  if (!std::filesystem::exists(data())) make_data(*this);
}

}  // namespace mingjian::testing
