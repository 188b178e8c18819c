#pragma once

#include <cstddef>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "engine/render/diagram.h"

namespace mingjian {

// The diagrams of definitions, each laid out once for a language, because that may take a second;
// drawing it with the marks of a case takes none. Thread-safe: who asks for a diagram that another
// is laying out waits for that one.
class Diagrams {
 public:
  static constexpr std::size_t kMost = 64;

  // Keeps so many, those that were asked for last. `layout` must outlive it.
  explicit Diagrams(GraphLayout& layout, std::size_t most = kMost) : layout_(layout), most_(most) {}

  using Laid = Result<std::shared_ptr<const render::Diagram>>;
  // Errors: of the layout.
  [[nodiscard]] Laid find(const Definition& definition, Language language);

 private:
  struct Entry {
    std::string digest;  // of the definition
    Language language;
    std::shared_future<Laid> laid;
  };
  [[nodiscard]] std::shared_future<Laid> entry(const Definition& definition, Language language);

  GraphLayout& layout_;
  const std::size_t most_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // the one that was asked for last in front
};

}  // namespace mingjian
