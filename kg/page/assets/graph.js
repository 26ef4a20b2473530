// The drawing itself: pyvis's nodes and arrows in vis-network.

const canvas = document.getElementById("canvas");
const nodeData = new vis.DataSet();
const arrowData = new vis.DataSet();

const network = new vis.Network(canvas, { nodes: nodeData, edges: arrowData }, JSON.parse(drawing.options));

const HEAVY = 300; // with more arrows than this they rest while the drawing moves

// With the next frame, and once however often it is asked for.
const redraw = () => network.body.emitter.emit("_requestRedraw");

// vis-network draws everything at once at each change of its data; here when all of them are made.
const together = (act) => {
  network.body.emitter.emit("_blockRedraw");
  act();
  network.body.emitter.emit("_allowRedraw");
  redraw();
};

// A heavy drawing moves without its arrows and names; they are back as soon as it rests.
let heavy = false;
const lighten = () => {
  if (heavy === drawnArrows.size > HEAVY) return;
  heavy = !heavy;
  network.setOptions({ interaction: { hideEdgesOnDrag: heavy, hideEdgesOnZoom: heavy } });
};

let litArrows = new Set();
const painted = new Map(); // how each arrow was painted last: an update of many takes long

const lightOf = (id) => (!lit ? "plain" : litArrows.has(id) ? "lit" : "dim");

const paint = (id) => {
  const light = lightOf(id);
  painted.set(id, light);
  const dim = light === "dim";
  const tone = (name) => (dim ? `${colours[name]}55` : lit ? colours[name === "edge" ? "accent" : "ink"] : colours[name]);
  const line = arrows.get(id).disputed && light !== "lit" ? "vermilion" : "edge";
  return { color: { color: line === "edge" ? tone(line) : `${colours[line]}${dim ? "55" : ""}` }, font: { color: dim ? "transparent" : tone("muted"), strokeColor: dim ? "transparent" : colours.paper } };
};

const repaint = () => {
  const stale = [...drawnArrows].filter((id) => painted.get(id) !== lightOf(id));
  if (stale.length) arrowData.update(stale.map((id) => ({ id, ...paint(id) })));
};

const givenSpots = new Map(); // where each node was drawn at first

const moved = (id) => {
  const [last, now] = [givenSpots.get(id), settled.get(id)];
  return last && now && (last.x !== now.x || last.y !== now.y);
};

const placed = (id) => {
  const spot = spotOf(id);
  givenSpots.set(id, spot);
  return { id, ...spot };
};

// Brings the picture up to date with what is to be seen; what stays is not touched, wherever it was dragged, unless it came
// on demand and has its room elsewhere now.
const draw = () =>
  together(() => {
    lighten();
    arrowData.remove(arrowData.getIds().filter((id) => !drawnArrows.has(id)));
    nodeData.remove(nodeData.getIds().filter((id) => !drawnNodes.has(id)));
    nodeData.update([...drawnNodes].filter((id) => nodeData.get(id) && moved(id)).map(placed));
    nodeData.add([...drawnNodes].filter((id) => !nodeData.get(id)).map((id) => ({ ...placed(id), ctxRenderer: renderer })));
    arrowData.add([...drawnArrows].filter((id) => !arrowData.get(id)).map((id) => ({ ...arrows.get(id), ...paint(id) })));
  });

const tint = () => network.setOptions({ edges: { color: { highlight: colours.accent, hover: colours.accent }, font: { face: FONT } } });

const paintAll = () =>
  together(() => {
    tint();
    painted.clear();
    repaint();
  });

tint();

let resting;
const hurry = () => {
  clearTimeout(resting);
  moving = heavy;
};
const rest = () => {
  clearTimeout(resting);
  if (!moving) return;
  resting = setTimeout(() => {
    moving = false;
    redraw();
  }, 150);
};

network.on("click", ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) choose("node", node);
  else if (edge !== undefined) choose("statement", edge);
  else choose(null);
});
for (const [event, on] of [["hoverNode", true], ["hoverEdge", true], ["blurNode", false], ["blurEdge", false]]) {
  network.on(event, () => canvas.classList.toggle("pointing", on));
}
network.on("dragStart", ({ nodes: [node] }) => node === undefined && hurry());
network.on("dragEnd", ({ nodes: [node] }) => {
  rest();
  if (node === undefined) remember();
});
network.on("zoom", () => {
  hurry();
  rest();
  remember();
});

watch(VIEW, draw);
