#include "adapters/graphviz/dot_layout.h"

#include <algorithm>
#include <mutex>
#include <string>

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

namespace mingjian {
namespace {

// Of the whole library, whatever the number of layouts.
std::mutex& library_mutex() {
  static std::mutex mutex;
  return mutex;
}

// cgraph takes texts as char* and does not change them.
char* writable(const std::string& text) { return const_cast<char*>(text.c_str()); }

void set(void* object, const std::string& name, const std::string& value) {
  agsafeset(object, writable(name), writable(value), writable(""));
}

// A table without borders and text: one cell a strip, each with a port.
std::string table(const LayoutGraph::Node& node) {
  std::string html = R"(<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">)";
  const auto cell = [&](int height, std::size_t port) {
    html += R"(<TR><TD FIXEDSIZE="TRUE" WIDTH=")" + std::to_string(node.width) + R"(" HEIGHT=")" +
            std::to_string(height) + R"(" PORT="s)" + std::to_string(port) + R"("></TD></TR>)";
  };
  for (std::size_t strip = 0; strip < node.strips.size(); ++strip) cell(node.strips[strip], strip);
  if (node.strips.empty()) cell(node.height, 0);
  return html + "</TABLE>";
}

// A graph that is being laid out, and everything that belongs to it.
class Drawing {
 public:
  Drawing(GVC_t* context, const LayoutGraph& graph)
      : context_(context), graph_(agopen(writable("g"), Agdirected, nullptr)) {
    agattr(graph_, AGRAPH, writable("rankdir"), writable("TB"));
    agattr(graph_, AGRAPH, writable("nodesep"), writable("0.25"));
    agattr(graph_, AGRAPH, writable("ranksep"), writable("0.4"));
    agattr(graph_, AGNODE, writable("shape"), writable("plain"));
    // Without arrow heads, which would shorten the curves.
    agattr(graph_, AGEDGE, writable("dir"), writable("none"));
    for (const auto& node : graph.nodes) add(node);
    for (const auto& link : graph.links) add(link);
  }
  ~Drawing() {
    if (laid_out_) gvFreeLayout(context_, graph_);
    agclose(graph_);
  }
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;

  [[nodiscard]] bool lay_out() {
    laid_out_ = gvLayout(context_, graph_, "dot") == 0;
    return laid_out_;
  }

  [[nodiscard]] GraphPlaces places() const {
    const boxf box = GD_bb(graph_);
    GraphPlaces places{box.UR.x - box.LL.x, box.UR.y - box.LL.y, {}, {}};
    // y runs upwards in Graphviz.
    const auto point = [&](pointf at) { return Point{at.x - box.LL.x, box.UR.y - at.y}; };
    for (Agnode_t* node : nodes_) {
      const Point centre = point(ND_coord(node));
      places.nodes.push_back(
          {centre.x - ND_width(node) * 36, centre.y - ND_height(node) * 36});  // inches
    }
    for (Agedge_t* edge : edges_) {
      std::vector<Point> curve;
      const splines* const spline = ED_spl(edge);
      if (spline != nullptr && spline->size > 0) {
        const bezier& piece = spline->list[0];
        for (int at = 0; at < piece.size; ++at) curve.push_back(point(piece.list[at]));
      }
      if (turned_[places.links.size()]) std::reverse(curve.begin(), curve.end());
      places.links.push_back(std::move(curve));
    }
    return places;
  }

 private:
  void add(const LayoutGraph::Node& node) {
    const std::string name = "n" + std::to_string(nodes_.size());
    Agnode_t* const added = agnode(graph_, writable(name), 1);
    char* const label = agstrdup_html(graph_, writable(table(node)));
    agsafeset(added, writable("label"), label, writable(""));
    agstrfree(graph_, label);
    nodes_.push_back(added);
  }

  void add(const LayoutGraph::Link& link) {
    const std::string name = "e" + std::to_string(edges_.size());
    // dot ranks by the direction of its edges: one that leads back is given to it turned round.
    const bool turned = link.kind == LayoutGraph::Link::Kind::kBack;
    Agnode_t* const tail = nodes_[turned ? link.to : link.from];
    Agnode_t* const head = nodes_[turned ? link.from : link.to];
    Agedge_t* const added = agedge(graph_, tail, head, writable(name), 1);
    if (link.strip) set(added, turned ? "headport" : "tailport", "s" + std::to_string(*link.strip));
    set(added, turned ? "tailport" : "headport", "s0");
    if (link.kind == LayoutGraph::Link::Kind::kMain) set(added, "weight", "20");
    edges_.push_back(added);
    turned_.push_back(turned);
  }

  GVC_t* context_;
  Agraph_t* graph_;
  std::vector<Agnode_t*> nodes_;
  std::vector<Agedge_t*> edges_;
  std::vector<bool> turned_;  // by edge
  bool laid_out_ = false;
};

// The library's context, made once for the process and kept: freeing one loses the text of the
// configuration that it read. Requires the library's mutex.
GVC_t* context() {
  static GVC_t* const kContext = [] {
    agseterr(AGMAX);
    return gvContext();
  }();
  return kContext;
}

}  // namespace

Result<GraphPlaces> DotLayout::lay_out(const LayoutGraph& graph) {
  if (graph.nodes.empty()) return GraphPlaces{};
  const std::lock_guard lock(library_mutex());
  Drawing drawing(context(), graph);
  if (!drawing.lay_out()) {
    return fail(ErrorKind::kInvalidInput, {"此图无法排布", "the graph cannot be laid out"});
  }
  return drawing.places();
}

}  // namespace mingjian
