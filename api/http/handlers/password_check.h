#pragma once

#include <memory>
#include <optional>
#include <semaphore>
#include <string>

#include "api/http/handlers/pipeline.h"

namespace mingjian::http {

// Whether somebody knows the password of his account. Tries are counted, at all processes together,
// and hashing is slow on purpose, so only a few do it at once and the rest wait a moment. Copies
// share that. Thread-safe.
class PasswordCheck {
 public:
  // `office` must outlive it.
  explicit PasswordCheck(const OfficeServices& office) : office_(office) {}

  // The stored hash, where this is its password; nothing where it is not, and, after the same time,
  // where there is no such account. Problems: too many failures (429), too many people at once
  // (503).
  [[nodiscard]] Checked<std::optional<std::string>> matched(const PersonId& person,
                                                            const std::string& password) const;
  // To be stored.
  [[nodiscard]] Checked<std::string> hash(const std::string& password) const;
  // Makes earlier failures forgotten.
  [[nodiscard]] Checked<void> forget_failures(const PersonId& person) const;

 private:
  static constexpr int kHashesAtOnce = 2;
  using Slots = std::counting_semaphore<kHashesAtOnce>;

  struct Release {
    void operator()(Slots* slots) const { slots->release(); }
  };
  using Slot = std::unique_ptr<Slots, Release>;

  [[nodiscard]] Checked<Slot> take_slot() const;

  const OfficeServices& office_;
  std::shared_ptr<Slots> slots_ = std::make_shared<Slots>(kHashesAtOnce);
};

}  // namespace mingjian::http
