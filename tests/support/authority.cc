#include "tests/support/authority.h"

#include <cstdlib>
#include <stdexcept>

namespace mingjian::testing {
namespace {

const std::string kNewKey = "req -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 ";

}  // namespace

Authority::Authority(const std::string& name) {
  openssl(kNewKey + "-x509 -days 2 -subj /CN=authority -keyout authority.key -out authority.pem");
  certify("server", "-addext 'subjectAltName = " + name + "' ");
  certify("client", "");
}

void Authority::certify(const std::string& whom, const std::string& extensions) const {
  openssl(kNewKey + "-subj /CN=" + whom + " " + extensions + "-keyout " + whom + ".key -out " +
          whom + ".request");
  openssl(
      "x509 -req -days 2 -copy_extensions copy -CA authority.pem -CAkey authority.key "
      "-CAcreateserial -in " +
      whom + ".request -out " + whom + ".pem");
}

void Authority::openssl(const std::string& words) const {
  const std::string line =
      "cd '" + folder_.file("") + "' && openssl " + words + " >> openssl.log 2>&1";
  if (std::system(line.c_str()) != 0) throw std::runtime_error(line);
}

}  // namespace mingjian::testing
