// The current view as a picture that can be edited: SVG, drawn from the positions.

const svgSize = () => ({ wide: canvas.clientWidth, high: canvas.clientHeight });

const svgNode = (id) => {
  const node = nodes.get(id);
  const drawn = places.get(id);
  const { x, y } = network.getPositions([id])[id];
  const { path, colour } = shapes.get(node.family);
  const [left, top] = [x - drawn.wide / 2, y - drawn.high / 2];
  const first = y - ((drawn.lines.length - 1) * LINE) / 2;
  return svg(
    "g",
    { opacity: lit && !lit.has(id) ? FAINT : null },
    svg("title", {}, node.words || node.label),
    svg("rect", { x: left, y: top, width: drawn.wide, height: drawn.high, rx: node.words ? 3 : 9, fill: node.words ? colours.wash : colours.surface, stroke: colours.edge, "stroke-width": 1.2, "stroke-dasharray": node.candidate && !node.words ? "5 4" : null }),
    svg("path", { d: path, transform: `translate(${left + SIDE / 2 + 1} ${y})`, fill: node.candidate ? colours.surface : colours[colour], stroke: node.candidate ? colours[colour] : colours.ink, "stroke-width": 1.6, "stroke-opacity": node.candidate ? 1 : 0.45 }),
    drawn.lines.map((line, number) => {
      const claims = node.claims > 0 && number === drawn.lines.length - 1;
      return svg("text", { x: left + SIDE, y: first + number * LINE, "dominant-baseline": "central", "font-size": claims ? 11.5 : 13, "font-weight": claims ? 600 : 500, fill: claims ? colours.accent : colours.ink }, line);
    }),
  );
};

const svgArrow = (id) => {
  const { edgeType: line, labelModule, options } = network.body.edges[id];
  const at = (part) => line.getPoint(part);
  const dim = lit && !litArrows.has(id);
  const [start, end] = [line.findBorderPosition ? line.findBorderPosition(line.from, network.canvas.getContext()) : at(0), line.findBorderPosition ? line.findBorderPosition(line.to, network.canvas.getContext()) : at(1)];
  const middle = [0.25, 0.5, 0.75].map(at);
  const points = [start, ...(options.smooth.enabled ? middle : []), end];
  const before = points.at(-2);
  const turn = Math.atan2(end.y - before.y, end.x - before.x);
  const tip = (far, side) => `${end.x - far * Math.cos(turn) - side * Math.sin(turn)},${end.y - far * Math.sin(turn) + side * Math.cos(turn)}`;
  const { left, top, width, height } = labelModule.size;
  const tone = lit && !dim ? colours.accent : colours.edge;
  return svg(
    "g",
    { opacity: dim ? FAINT : null },
    svg("polyline", { points: points.map(({ x, y }) => `${x},${y}`).join(" "), fill: "none", stroke: tone, "stroke-width": 1.3, "stroke-dasharray": arrows.get(id).dashes?.join(" ") }),
    svg("polygon", { points: [tip(0, 0), tip(9, 3.5), tip(9, -3.5)].join(" "), fill: tone }),
    svg("text", { x: left + width / 2, y: top + height / 2, "text-anchor": "middle", "dominant-baseline": "central", "font-size": 12, fill: colours.muted, stroke: colours.paper, "stroke-width": 4, "paint-order": "stroke" }, options.label),
  );
};

const svgOfView = () => {
  const { wide, high } = svgSize();
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const inView = (id) => {
    const at = network.getPositions([id])[id];
    const { wide: w, high: h } = places.get(id);
    return Math.abs(at.x - x) < wide / 2 / scale + w / 2 && Math.abs(at.y - y) < high / 2 / scale + h / 2;
  };
  const seen = [...drawnNodes].filter(inView);
  const near = new Set(seen);
  const made = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `${x - wide / 2 / scale} ${y - high / 2 / scale} ${wide / scale} ${high / scale}`, width: wide, height: high, "font-family": "system-ui, sans-serif" },
    svg("rect", { x: x - wide / 2 / scale, y: y - high / 2 / scale, width: wide / scale, height: high / scale, fill: colours.paper }),
    [...drawnArrows].filter((id) => near.has(arrows.get(id).from) || near.has(arrows.get(id).to)).map(svgArrow),
    seen.map(svgNode),
  );
  return new XMLSerializer().serializeToString(made);
};
