// The current view as a picture that can be edited: SVG, drawn from the positions.

const round = (number) => Math.round(number * 100) / 100;
const spot = ({ x, y }) => `${round(x)} ${round(y)}`;

// The letters stand where the canvas has them, and are as narrow where a line is wider than its card.
const svgText = (attributes, line) => svg("text", { dy: "0.35em", ...attributes }, line);

const svgLine = (drawn, line, number, { left, first, claims, claim }) => {
  const [size, weight] = claims ? [11.5, 600] : claim ? [12.5, 400] : [13, 500];
  const context = network.canvas.getContext();
  context.font = `${weight} ${size}px ${FONT}`;
  const room = drawn.wide - SIDE - 6;
  const narrow = context.measureText(line).width > room ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {};
  return svgText({ x: left + SIDE, y: first + number * LINE, "font-size": size, "font-weight": weight, fill: claims ? colours.accent : colours.ink, ...narrow }, line);
};

const svgNode = (id) => {
  const node = nodes.get(id);
  const drawn = places.get(id);
  const { x, y } = network.getPositions([id])[id];
  const { path, colour } = shapes.get(node.family);
  const [left, top] = [x - drawn.wide / 2, y - drawn.high / 2];
  const first = y - ((drawn.lines.length - 1) * LINE) / 2;
  const chosen = network.getSelectedNodes().includes(id);
  return svg(
    "g",
    { class: "node", opacity: lit && !lit.has(id) ? FAINT : null },
    svg("title", {}, node.words || node.label),
    svg("rect", { x: left, y: top, width: drawn.wide, height: drawn.high, rx: node.words ? 3 : 9, fill: node.words ? colours.wash : colours.surface, stroke: chosen ? colours.accent : colours.edge, "stroke-width": chosen ? 2.4 : 1.2, "stroke-dasharray": node.candidate && !node.words ? "5 4" : null }),
    svg("path", { d: path, transform: `translate(${left + SIDE / 2 + 1} ${y})`, fill: node.candidate ? colours.surface : colours[colour], stroke: node.candidate ? colours[colour] : colours.ink, "stroke-width": 1.6, "stroke-opacity": node.candidate ? 1 : 0.45 }),
    drawn.lines.map((line, number) => svgLine(drawn, line, number, { left, first, claims: node.claims > 0 && number === drawn.lines.length - 1, claim: node.words })),
  );
};

// The line and the head of an arrow, and the middle of its label, as vis-network has drawn them.
const arrowParts = ({ edgeType: line, from, to, options }, values) => {
  const via = line.getViaNode();
  line.toPoint = line.to; // where the head points to is looked for on the curve as it was before it got a head
  const { point, angle, length, core } = line.getArrowData(network.canvas.getContext(), "to", via, false, false, values);
  line.toPoint = core;
  const at = (far, side) => spot({ x: point.x - length * (far * Math.cos(angle) - side * Math.sin(angle)), y: point.y - length * (far * Math.sin(angle) + side * Math.cos(angle)) });
  const head = `M${at(0, 0)}L${at(1, 0.3)}L${at(0.9, 0)}L${at(1, -0.3)}Z`;
  if (from !== to) {
    const curve = options.smooth.enabled ? `Q${spot(via)} ` : "L";
    return { d: `M${spot(line.fromPoint)}${curve}${spot(line.toPoint)}`, head, middle: line.getPoint(0.5, via) };
  }
  const [x, y, r] = line._getCircleData(network.canvas.getContext());
  const turn = options.selfReference.angle;
  return { d: `M${spot({ x: x - r, y })}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0`, head, middle: { x: x + r * Math.cos(turn), y: y - r * Math.sin(turn) } };
};

const svgArrow = (id) => {
  const edge = network.body.edges[id];
  const { d, head, middle } = arrowParts(edge, edge.getFormattingValues());
  const dim = lit && !litArrows.has(id);
  const { disputed, label, width = 1.3 } = arrows.get(id);
  const tone = lit && !dim ? colours.accent : disputed ? colours.vermilion : colours.edge;
  const { subject, relation, object } = statements.get(id);
  return svg(
    "g",
    { class: "arrow", opacity: dim ? 0.33 : null },
    svg("title", {}, `${subject.text} — ${relation} → ${object.text}`),
    svg("path", { d, fill: "none", stroke: tone, "stroke-width": width, "stroke-dasharray": arrows.get(id).dashes?.join(" ") }),
    svg("path", { d: head, fill: tone }),
    dim ? null : svgText({ x: round(middle.x), y: round(middle.y), "text-anchor": "middle", "font-size": 12, fill: lit ? colours.ink : colours.muted, stroke: colours.paper, "stroke-width": 5, "stroke-linejoin": "round", "paint-order": "stroke" }, label),
  );
};

// XML has no way to write most control characters.
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

const svgOfView = () => {
  network.redraw(); // what was last changed may not have been drawn yet
  const [wide, high, scale] = [canvas.clientWidth, canvas.clientHeight, network.getScale()];
  const { x, y } = network.getViewPosition();
  const inView = (id) => {
    const at = network.getPositions([id])[id];
    const { wide: w, high: h } = places.get(id);
    return Math.abs(at.x - x) < wide / 2 / scale + w / 2 && Math.abs(at.y - y) < high / 2 / scale + h / 2;
  };
  const seen = [...drawnNodes].filter(inView);
  const near = new Set(seen);
  const frame = { x: round(x - wide / 2 / scale), y: round(y - high / 2 / scale), width: round(wide / scale), height: round(high / scale) };
  const made = svg(
    "svg",
    { viewBox: Object.values(frame).join(" "), width: wide, height: high, "font-family": FONT },
    svg("title", {}, document.title),
    svg("rect", { ...frame, fill: colours.paper }),
    [...drawnArrows].filter((id) => near.has(arrows.get(id).from) || near.has(arrows.get(id).to)).map(svgArrow),
    seen.map(svgNode),
  );
  return new XMLSerializer().serializeToString(made).replace(NO_XML, "\ufffd");
};
