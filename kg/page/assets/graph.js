// The drawing itself: pyvis's nodes and edges in vis-network, with zoom, choice and what is lit.

const canvas = document.getElementById("canvas");
const edgeData = new vis.DataSet(drawing.edges);

const network = new vis.Network(
  canvas,
  { nodes: new vis.DataSet(drawing.nodes.map((node) => ({ ...node, ctxRenderer: renderer }))), edges: edgeData },
  JSON.parse(drawing.options),
);

let litEdges = new Set();

let touched = false; // by the reader: then a new size of the window leaves the view as it is

const READABLE = 0.5; // the zoom at which the page opens at least
const MARGIN = 18;

const faint = (colour) => `${colour}66`;

const paintEdges = () => {
  network.setOptions({
    edges: {
      color: { color: colours.edge, highlight: colours.accent, hover: colours.accent },
      font: { color: colours.muted, strokeColor: colours.paper, face: FONT },
    },
  });
  paintLit();
};

const paintLit = () => {
  const dim = (edge) => lit && !litEdges.has(edge.id);
  edgeData.update(
    drawing.edges.map((edge) => ({
      id: edge.id,
      color: { color: dim(edge) ? faint(colours.edge) : lit ? colours.accent : colours.edge },
      font: { color: dim(edge) ? faint(colours.muted) : lit ? colours.ink : colours.muted, strokeColor: colours.paper },
    })),
  );
};

// The zoom at which all of these nodes fit, and their middle.
const frame = (ids) => {
  const places = network.getPositions(ids);
  const sides = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const id of ids) {
    const { wide, high } = drawnNodes.get(id);
    const { x, y } = places[id];
    sides.left = Math.min(sides.left, x - wide / 2);
    sides.right = Math.max(sides.right, x + wide / 2);
    sides.top = Math.min(sides.top, y - high / 2);
    sides.bottom = Math.max(sides.bottom, y + high / 2);
  }
  const scale = Math.min(
    (canvas.clientWidth - 2 * MARGIN) / (sides.right - sides.left),
    (canvas.clientHeight - 2 * MARGIN) / (sides.bottom - sides.top),
    1.5,
  );
  return { scale, position: { x: (sides.left + sides.right) / 2, y: (sides.top + sides.bottom) / 2 } };
};

const move = (view, slowly = true) =>
  network.moveTo({ ...view, animation: slowly && !quietly.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false });

const showWhole = (slowly) => {
  if (nodes.size) move(frame([...nodes.keys()]), slowly);
};

// On a small screen the whole could not be read: open on the node with most arrows instead.
const openView = () => {
  if (!nodes.size) return;
  const whole = frame([...nodes.keys()]);
  if (whole.scale >= READABLE) return move(whole, false);
  const busiest = [...nodes.keys()].reduce((a, b) =>
    network.getConnectedEdges(b).length > network.getConnectedEdges(a).length ? b : a,
  );
  const near = frame([...new Set([busiest, ...network.getConnectedNodes(busiest)])]);
  move({ scale: Math.max(READABLE, Math.min(near.scale, 0.8)), position: near.position }, false);
};

const zoom = (factor) => move({ scale: network.getScale() * factor, position: network.getViewPosition() });

const light = (choice) => {
  const one = choice?.kind === "statement" ? statements.get(choice.id) : null;
  const edges = one ? (one.drawn === "arrow" ? [one.id] : []) : choice ? network.getConnectedEdges(choice.id) : [];
  const centre = (one ? (one.drawn === "arrow" ? [] : [one.card]) : choice ? [choice.id] : []).filter((id) => nodes.has(id));
  const ends = edges.flatMap((id) => network.getConnectedNodes(id));
  lit = choice ? new Set([...centre, ...ends]) : null;
  litEdges = new Set(edges);
  network.setSelection({ nodes: centre, edges: one ? edges : [] }, { highlightEdges: false });
  paintLit();
};

onChoice((choice, wish) => {
  light(choice);
  if (!wish.centre || !lit?.size) return;
  touched = true;
  const view = frame([...lit]);
  move({ scale: Math.max(Math.min(view.scale, 1), READABLE), position: view.position });
});

network.on("click", ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) choose("node", node);
  else if (edge !== undefined) choose("statement", edge);
  else choose(null);
});
for (const [event, on] of [["hoverNode", true], ["hoverEdge", true], ["blurNode", false], ["blurEdge", false]]) {
  network.on(event, () => canvas.classList.toggle("pointing", on));
}

document.getElementById("closer").addEventListener("click", () => zoom(1.3));
document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.3));
document.getElementById("whole").addEventListener("click", () => showWhole(true));

for (const event of ["zoom", "dragStart", "click"]) network.on(event, () => (touched = true));
network.on("resize", () => touched || requestAnimationFrame(openView));

add(canvas.firstElementChild, {
  role: "application",
  "aria-label": `Graph of ${plural(nodes.size, "entity", "entities")}. Arrow keys move it, + and − zoom. Search and table show the same without the picture.`,
}, []);
