#pragma once

#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace mingjian::testing {

// An authority that certifies, with a certificate for a server and one for a client, made by the
// openssl program; all as files of a folder, in PEM. Keys are of the curve P-256.
class Authority {
 public:
  // `name`: what the server is called in its certificate. Throws std::runtime_error.
  explicit Authority(const std::string& name = "IP:127.0.0.1");

  [[nodiscard]] std::string certificate() const { return folder_.file("authority.pem"); }
  [[nodiscard]] std::string server_certificate() const { return folder_.file("server.pem"); }
  [[nodiscard]] std::string server_key() const { return folder_.file("server.key"); }
  [[nodiscard]] std::string client_certificate() const { return folder_.file("client.pem"); }
  [[nodiscard]] std::string client_key() const { return folder_.file("client.key"); }

 private:
  void openssl(const std::string& words) const;
  void certify(const std::string& whom, const std::string& extensions) const;

  TemporaryFolder folder_;
};

}  // namespace mingjian::testing
