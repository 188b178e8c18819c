#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mingjian::testing {

struct Answer {
  int status = 0;                              // 0: the connection ended before an answer
  std::map<std::string, std::string> headers;  // by name in small letters
  std::string body;

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
  }
};

// A client that sends exactly the octets it is told to, over a real socket to 127.0.0.1. It gives
// up reading after a time that only a stuck server would need.
class RawClient {
 public:
  // `window` bounds what the kernel receives for us unread; 0: its default.
  explicit RawClient(int port, int window = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (window > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
    const timeval patience{60, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  RawClient(RawClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        connected_(other.connected_),
        buffer_(std::move(other.buffer_)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() {
    if (socket_ >= 0) close(socket_);
  }

  bool connected() const { return connected_; }

  // Whether all of it could be sent.
  bool send(std::string_view octets) {
    while (!octets.empty()) {
      const ssize_t size = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
      if (size <= 0) return false;
      octets.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
  }

  void finish_sending() { shutdown(socket_, SHUT_WR); }

  Answer read_answer() {
    Answer answer = read_head();
    const std::string length = answer.header("content-length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (buffer_.size() < size) {
      if (!receive()) return {};
    }
    answer.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return answer;
  }

  // The answer to HEAD has no body, whatever its Content-Length says.
  Answer read_head() {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive()) return {};
    }
    Answer answer = parse_head(buffer_.substr(0, end + 2));
    buffer_.erase(0, end + 4);
    return answer;
  }

  Answer ask(std::string_view octets) { return send(octets) ? read_answer() : Answer{}; }

  // What comes up to the text, and the text; what came, where the other side closed before.
  std::string read_until(std::string_view text) {
    std::size_t at = 0;
    while ((at = buffer_.find(text)) == std::string::npos) {
      if (!receive()) return std::exchange(buffer_, {});
    }
    std::string read = buffer_.substr(0, at + text.size());
    buffer_.erase(0, at + text.size());
    return read;
  }

  // Reads until the other side has closed; how many bytes came.
  std::size_t read_to_end() {
    std::size_t total = std::exchange(buffer_, {}).size();
    while (receive()) total += std::exchange(buffer_, {}).size();
    return total;
  }

  // Whether there is something to read, or the end, within the time.
  bool readable_within(int milliseconds) {
    pollfd watched{socket_, POLLIN, 0};
    return poll(&watched, 1, milliseconds) == 1;
  }

 private:
  bool receive() {
    std::array<char, 65536> octets;
    const ssize_t size = recv(socket_, octets.data(), octets.size(), 0);
    if (size <= 0) return false;
    buffer_.append(octets.data(), static_cast<std::size_t>(size));
    return true;
  }

  static Answer parse_head(std::string_view head) {
    Answer answer;
    if (head.substr(0, 9) == "HTTP/1.1 ") answer.status = std::stoi(std::string(head.substr(9, 3)));
    head.remove_prefix(head.find("\r\n") + 2);
    while (!head.empty()) {
      const auto end = head.find("\r\n");
      const auto colon = head.find(": ");
      std::string name(head.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      answer.headers[name] = head.substr(colon + 2, end - colon - 2);
      head.remove_prefix(end + 2);
    }
    return answer;
  }

  int socket_;
  bool connected_ = false;
  std::string buffer_;
};

}  // namespace mingjian::testing
