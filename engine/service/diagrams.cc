#include "engine/service/diagrams.h"

#include <algorithm>
#include <utility>

namespace mingjian {

Diagrams::Laid Diagrams::find(const Definition& definition, Language language) {
  return entry(definition, language).get();
}

// Nothing is laid out under the lock: a deferred future does its work in the first thread that asks
// for its value. Every thread does so at once, so the definition is still there.
std::shared_future<Diagrams::Laid> Diagrams::entry(const Definition& definition,
                                                   Language language) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.language == language && entry.digest == definition.digest();
  });
  if (found != entries_.end()) {
    entries_.splice(entries_.begin(), entries_, found);
    return found->laid;
  }
  const auto lay_out = [this, &definition, language]() -> Laid {
    auto diagram = render::lay_out(render::Subject(definition), language, layout_);
    if (!diagram) return tl::unexpected<Error>(diagram.error());
    return std::make_shared<const render::Diagram>(std::move(*diagram));
  };
  entries_.push_front(
      {definition.digest(), language, std::async(std::launch::deferred, lay_out).share()});
  if (entries_.size() > most_) entries_.pop_back();
  return entries_.front().laid;
}

}  // namespace mingjian
