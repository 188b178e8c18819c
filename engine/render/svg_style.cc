#include "engine/render/svg_style.h"

namespace mingjian::render {

std::string_view svg_style() {
  return R"(
text{font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif;fill:#1d2733}
.paper{fill:#fff}
.frame{fill:#fff;stroke:#51617a}
.holder>.frame{fill:#f5f8fc}
.region>.frame{fill:#fff;stroke-dasharray:6 4}
.parallel>.frame{fill:#f1f6f2;stroke-dasharray:6 4}
.root>.frame{fill:none;stroke:none}
.head{fill:#dde7f4}
.final .head{fill:#e3e3e3;stroke:#51617a}
.root>.about>.head{fill:none}
.root>.about>.title{font-size:18px}
.step-free{fill:#fff;fill-opacity:0}
.title{font-weight:bold}
.limit{fill:#a04a00}
.signers{fill:#a01c1c}
.clock{fill:none;stroke:#a04a00;stroke-width:1.2}
.seal{fill:#b3261e}
.dot{fill:#1d2733}
.wire{fill:none;stroke-width:1.2}
.forward{stroke:#7b8aa1}
.back{stroke:#9b7fb5;stroke-dasharray:5 3}
.main{stroke:#1f4e99;stroke-width:2.4}
.taken{stroke:#2e7d32;stroke-width:2.4}
.tip-forward{fill:#7b8aa1}
.tip-back{fill:#9b7fb5}
.tip-main{fill:#1f4e99}
.tip-taken{fill:#2e7d32}
.step-taken{fill:#e3f3e3}
.visited>.frame{stroke:#2e7d32}
.visited>.about>.head,.visited>.head{fill:#c6e5c6}
.current>.frame{stroke:#d98200;stroke-width:3}
.current>.about>.head,.current>.head{fill:#ffd54f}
)";
}

std::string_view svg_definitions() {
  return R"(
<g id="seal"><rect class="seal" x="0" y="-8" width="9" height="9" rx="1.5"/><path d="M2 -3.4l2 2 3.2 -4" fill="none" stroke="#fff" stroke-width="1.4"/></g>
<g id="clock"><circle class="clock" cx="4.5" cy="-3.5" r="4"/><path class="clock" d="M4.5 -6v2.6h2"/></g>
<marker id="arrow-forward" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="tip-forward" d="M0 0L8 4L0 8z"/></marker>
<marker id="arrow-main" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="tip-main" d="M0 0L8 4L0 8z"/></marker>
<marker id="arrow-back" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="tip-back" d="M0 0L8 4L0 8z"/></marker>
<marker id="arrow-taken" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="tip-taken" d="M0 0L8 4L0 8z"/></marker>
)";
}

}  // namespace mingjian::render
