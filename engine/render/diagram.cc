#include "engine/render/diagram.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "engine/render/routes.h"
#include "engine/render/strips.h"

namespace mingjian::render {
namespace {

using chart::StateIndex;
using chart::StateKind;

constexpr int kMargin = 14;         // around what is inside a block
constexpr int kGap = 18;            // between regions
constexpr int kStartDiameter = 12;  // of the dot where a holder begins
constexpr int kHistoryDiameter = 24;
constexpr int kSmallestWidth = 72;

Block::Shape shape_of(const chart::Chart& chart, const chart::State& state) {
  switch (state.kind) {
    case StateKind::kFinal:
      return Block::Shape::kFinal;
    case StateKind::kHistory:
      return Block::Shape::kHistory;
    case StateKind::kParallel:
      return Block::Shape::kParallel;
    default:
      break;
  }
  const bool region =
      state.parent != chart::kNoState && chart.state(state.parent).kind == StateKind::kParallel;
  return region ? Block::Shape::kRegion : Block::Shape::kBox;
}

int height_of(const std::vector<Strip>& strips) {
  return std::accumulate(strips.begin(), strips.end(), 0,
                         [](int sum, const Strip& strip) { return sum + strip.height; });
}

Block start_block() {
  Block block;
  block.shape = Block::Shape::kStart;
  block.width = block.height = kStartDiameter;
  return block;
}

LayoutGraph::Node node_of(const Block& block) {
  LayoutGraph::Node node{block.width, block.height};
  if (block.strips.empty()) return node;
  for (const Strip& strip : block.strips) node.strips.push_back(strip.height);
  const int body = block.height - height_of(block.strips);
  if (body > 0) node.strips.push_back(body);
  return node;
}

// Builds blocks from the inside outwards.
class Builder {
 public:
  Builder(const Subject& subject, Language language, GraphLayout& layout)
      : subject_(subject),
        chart_(subject.chart()),
        language_(language),
        layout_(layout),
        routes_(subject.chart()) {}

  Result<Block> build(StateIndex state) {
    const chart::State& entry = chart_.state(state);
    Block block;
    block.state = state;
    block.id = entry.id;
    block.shape = shape_of(chart_, entry);
    block.strips = strips_of(subject_, routes_, state, language_);
    if (block.shape == Block::Shape::kHistory) {
      block.width = block.height = kHistoryDiameter;
      return block;
    }
    for (const StateIndex child : children(chart_, state)) {
      auto built = build(child);
      if (!built) return built;
      block.inside.push_back(std::move(*built));
    }
    block.width = std::max(width_of(block.strips), kSmallestWidth);
    block.height = height_of(block.strips);
    if (block.inside.empty()) return block;
    return entry.kind == StateKind::kParallel ? side_by_side(std::move(block))
                                              : top_to_bottom(std::move(block));
  }

 private:
  static Block side_by_side(Block block) {
    int x = kMargin;
    int tallest = 0;
    for (Block& region : block.inside) {
      region.at = {static_cast<double>(x), static_cast<double>(block.height + kMargin)};
      x += region.width + kGap;
      tallest = std::max(tallest, region.height);
    }
    block.width = std::max(block.width, x - kGap + kMargin);
    block.height += tallest + 2 * kMargin;
    return block;
  }

  Result<Block> top_to_bottom(Block block) {
    add_wires(block);
    LayoutGraph graph;
    for (const Block& inner : block.inside) graph.nodes.push_back(node_of(inner));
    for (const Wire& wire : block.wires) {
      graph.links.push_back({wire.from, wire.strip, wire.to, wire.kind});
    }
    auto places = layout_.lay_out(graph);
    if (!places) return tl::unexpected<Error>(std::move(places.error()));
    const int needed = static_cast<int>(places->width) + 2 * kMargin;
    const double left = kMargin + std::max(0, block.width - needed) / 2.0;
    const double top = block.height + kMargin;
    for (std::size_t at = 0; at < block.inside.size(); ++at) {
      block.inside[at].at = {places->nodes[at].x + left, places->nodes[at].y + top};
    }
    for (std::size_t at = 0; at < block.wires.size(); ++at) {
      for (Point& point : places->links[at]) point = {point.x + left, point.y + top};
      block.wires[at].curve = std::move(places->links[at]);
    }
    block.width = std::max(block.width, needed);
    block.height += static_cast<int>(places->height) + 2 * kMargin;
    return block;
  }

  // A start with a wire to what is entered first, then the routes.
  void add_wires(Block& block) {
    const auto& first = chart_.state(block.state).targets;
    if (!first.empty()) {
      block.inside.push_back(start_block());
      add_wire(block, {.from = block.inside.size() - 1,
                       .strip = {},
                       .to = number_of(block, child_towards(chart_, block.state, first.front())),
                       .kind = Wire::Kind::kMain,
                       .transitions = {},
                       .curve = {}});
    }
    for (const Route& route : routes_.inside(block.state)) {
      if (!route.drawn) continue;
      const std::size_t from = number_of(block, route.span.from);
      const bool own = chart_.transition(route.transition).source == route.span.from;
      add_wire(block, {.from = from,
                       .strip = own ? strip_of(block.inside[from], route.transition) : std::nullopt,
                       .to = number_of(block, route.span.to),
                       .kind = route.kind,
                       .transitions = {route.transition},
                       .curve = {}});
    }
  }

  // Those with the same ends are one.
  static void add_wire(Block& block, Wire wire) {
    const auto known = std::find_if(block.wires.begin(), block.wires.end(), [&](const Wire& other) {
      return std::tie(other.from, other.strip, other.to) ==
             std::tie(wire.from, wire.strip, wire.to);
    });
    if (known == block.wires.end()) {
      block.wires.push_back(std::move(wire));
    } else {
      known->transitions.insert(known->transitions.end(), wire.transitions.begin(),
                                wire.transitions.end());
    }
  }

  static std::size_t number_of(const Block& holder, StateIndex child) {
    const auto found = std::find_if(holder.inside.begin(), holder.inside.end(),
                                    [&](const Block& block) { return block.state == child; });
    return static_cast<std::size_t>(found - holder.inside.begin());
  }

  static std::optional<std::size_t> strip_of(const Block& block,
                                             chart::TransitionIndex transition) {
    for (std::size_t at = 0; at < block.strips.size(); ++at) {
      const auto& held = block.strips[at].transitions;
      if (std::find(held.begin(), held.end(), transition) != held.end()) return at;
    }
    return std::nullopt;
  }

  const Subject& subject_;
  const chart::Chart& chart_;
  Language language_;
  GraphLayout& layout_;
  Routes routes_;
};

std::string description_of(const Subject& subject, Language language) {
  const std::size_t states = subject.chart().states().size() - 1;
  const std::size_t steps = subject.chart().transitions().size();
  std::string text = subject.definition() == nullptr
                         ? std::string()
                         : in_language(subject.definition()->purpose(), language);
  if (!text.empty()) text += in_language({"。", ". "}, language);
  return text + in_language({"流程图：" + std::to_string(states) + " 个状态，" +
                                 std::to_string(steps) + " 个转移。",
                             "State diagram: " + std::to_string(states) + " states, " +
                                 std::to_string(steps) + " transitions."},
                            language);
}

}  // namespace

Result<Diagram> lay_out(const Subject& subject, Language language, GraphLayout& layout) {
  auto root = Builder(subject, language, layout).build(0);
  if (!root) return tl::unexpected<Error>(std::move(root.error()));
  return Diagram{language, subject.title(language), description_of(subject, language),
                 std::move(*root)};
}

}  // namespace mingjian::render
