#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/ports/graph_layout.h"
#include "engine/render/subject.h"

// The picture of a chart: every state is a block that lists the steps possible there, with who must
// approve them; wires lead from a step to the block of its target. A state with states inside is a
// block that holds blocks, laid out by itself, so that hierarchy and parallel regions stay compact.
namespace mingjian::render {

// One line of text in a block.
struct Line {
  enum class Style { kTitle, kTimeLimit, kStep, kSigners };
  Style style = Style::kStep;
  std::string text;
  bool continued = false;  // the line before goes on here
};

// A strip of a block: its head, or one step.
struct Strip {
  std::vector<chart::TransitionIndex> transitions;  // alternatives of one step; empty: the head
  std::vector<Line> lines;
  std::string tip;  // more about it, for the pointer
  int height = 0;
};

// Something that leads from one block to another inside the same holder.
struct Wire {
  using Kind = LayoutGraph::Link::Kind;
  std::size_t from = 0;              // number of a block of Block::inside
  std::optional<std::size_t> strip;  // of that block; nothing: from deeper inside it
  std::size_t to = 0;                // number of another
  Kind kind = Kind::kForward;
  std::vector<chart::TransitionIndex> transitions;  // empty: from the start
  std::vector<Point> curve;                         // see GraphPlaces
};

struct Block {
  enum class Shape { kBox, kRegion, kParallel, kFinal, kHistory, kStart };
  chart::StateIndex state = chart::kNoState;  // kNoState: a start
  std::string id;
  Shape shape = Shape::kBox;
  Point at;  // the upper left corner, from that of its holder
  int width = 0;
  int height = 0;
  std::vector<Strip> strips;  // from the top
  std::vector<Block> inside;
  std::vector<Wire> wires;  // between the blocks inside, over them
};

// A diagram that was laid out. Immutable: it may be shared and drawn with different marks.
struct Diagram {
  Language language = Language::kChinese;
  std::string title;
  std::string description;
  Block root;
};

// Lays the chart out. Points are counted from the upper left corner of what holds them. Errors: of
// the layout.
[[nodiscard]] Result<Diagram> lay_out(const Subject& subject, Language language,
                                      GraphLayout& layout);

}  // namespace mingjian::render
