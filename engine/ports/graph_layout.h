#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/base/result.h"

namespace mingjian {

// In points (1/72 inch); x runs to the right, y downwards.
struct Point {
  double x = 0;
  double y = 0;

  bool operator==(const Point&) const = default;
};

// Boxes of given sizes and the links between them, to be placed from top to bottom.
struct LayoutGraph {
  struct Node {
    int width = 0;
    int height = 0;
    // Heights of strips from the top downwards; a link may leave at the side of one. Empty: links
    // leave anywhere. Otherwise they add up to `height`.
    std::vector<int> strips = {};
  };
  struct Link {
    enum class Kind {
      kMain,     // leads downwards; to be kept short and straight before others
      kForward,  // leads downwards
      kBack,     // leads upwards
    };
    std::size_t from = 0;                   // number of a node
    std::optional<std::size_t> strip = {};  // of that node
    std::size_t to = 0;                     // not `from`
    Kind kind = Kind::kForward;
  };
  std::vector<Node> nodes;
  std::vector<Link> links;
};

// Where everything is: nothing reaches beyond (0, 0) and (width, height).
struct GraphPlaces {
  double width = 0;
  double height = 0;
  std::vector<Point> nodes;  // the upper left corners
  // Cubic Bézier curves from edge to edge: the start, then three points for each piece.
  std::vector<std::vector<Point>> links;
};

// Places the nodes of a graph. Thread-safe. May take a second; the result depends on the graph
// alone. Errors: kInvalidInput where the graph cannot be laid out.
class GraphLayout {
 public:
  virtual ~GraphLayout() = default;
  [[nodiscard]] virtual Result<GraphPlaces> lay_out(const LayoutGraph& graph) = 0;
};

}  // namespace mingjian
