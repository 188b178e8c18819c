#include "adapters/oidc/download.h"

#include <charconv>
#include <memory>
#include <string_view>

#include <curl/curl.h>

namespace mingjian {
namespace {

constexpr std::size_t kMostOctets = 1 << 20;
constexpr long kMilliseconds = 5'000;  // for all of it

std::size_t keep(char* octets, std::size_t size, std::size_t count, void* kept) {
  auto& content = *static_cast<std::string*>(kept);
  if (content.size() + size * count > kMostOctets) return 0;  // which ends it
  content.append(octets, size * count);
  return size * count;
}

bool is_allowed(std::string_view address) {
  return address.starts_with("https://") || address.starts_with("http://127.0.0.1:") ||
         address.starts_with("http://[::1]:");
}

// curl has its own counter of who uses it.
void set_up_curl() {
  static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(once);
}

std::chrono::seconds max_age_of(CURL* curl) {
  curl_header* header = nullptr;
  if (curl_easy_header(curl, "Cache-Control", 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return {};
  const std::string_view value = header->value;
  const auto at = value.find("max-age=");
  if (at == std::string_view::npos) return {};
  const std::string_view digits = value.substr(at + 8);
  int seconds = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  return std::chrono::seconds(seconds);
}

}  // namespace

Result<Downloaded> download(const std::string& address, const std::string& authority) {
  if (!is_allowed(address)) {
    return fail(ErrorKind::kInvalidInput, {"地址应以 https:// 开头：" + address,
                                           "the address must begin with https://: " + address});
  }
  set_up_curl();
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                 &curl_easy_cleanup);
  Downloaded downloaded;
  curl_easy_setopt(curl.get(), CURLOPT_URL, address.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, kMilliseconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);  // signals and threads do not go together
  curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &keep);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &downloaded.content);
  if (!authority.empty()) curl_easy_setopt(curl.get(), CURLOPT_CAINFO, authority.c_str());
  const CURLcode outcome = curl_easy_perform(curl.get());
  if (outcome != CURLE_OK) {
    const std::string why = address + ": " + curl_easy_strerror(outcome);
    return fail(ErrorKind::kUnavailable, {"无法取得 " + why, "cannot get " + why});
  }
  downloaded.fresh_for = max_age_of(curl.get());
  return downloaded;
}

}  // namespace mingjian
