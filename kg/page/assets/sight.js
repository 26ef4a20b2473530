// What of the drawing is in sight: zoom, fit, and where the reader has moved to.

const READABLE = 0.5; // the zoom at which the page opens at least: from there on arrows bear their names
const BESIDE = 18;

// The zoom at which all of these nodes fit, and their middle.
const frame = (ids) => {
  const at = network.getPositions(ids);
  const sides = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const id of ids) {
    const { wide, high } = places.get(id);
    const { x, y } = at[id];
    sides.left = Math.min(sides.left, x - wide / 2);
    sides.right = Math.max(sides.right, x + wide / 2);
    sides.top = Math.min(sides.top, y - high / 2);
    sides.bottom = Math.max(sides.bottom, y + high / 2);
  }
  const scale = Math.min(
    (canvas.clientWidth - 2 * BESIDE) / (sides.right - sides.left),
    (canvas.clientHeight - 2 * BESIDE) / (sides.bottom - sides.top),
    1.5,
  );
  return { scale, position: { x: (sides.left + sides.right) / 2, y: (sides.top + sides.bottom) / 2 } };
};

const move = (view, slowly = true) =>
  network.moveTo({ ...view, animation: slowly && !quietly.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false });

const showWhole = (slowly) => {
  if (drawnNodes.size) move(frame([...drawnNodes]), slowly);
};

// Lit nodes where they can be read.
const near = (ids) => {
  const { scale, position } = frame(ids);
  return { scale: Math.max(Math.min(scale, 1), READABLE), position };
};

// Where most arrows begin and end in sight at a zoom at which they can just be read.
const fullest = () => {
  const [wide, high] = [canvas.clientWidth, canvas.clientHeight].map((length) => length / READABLE / 2 - 5 * BESIDE);
  const spots = Object.entries(network.getPositions([...drawnNodes])).map(([id, spot]) => ({ id, ...spot, ends: network.getConnectedEdges(id).length }));
  const around = ({ x, y }) => spots.filter((spot) => Math.abs(spot.x - x) < wide && Math.abs(spot.y - y) < high);
  const ends = (some) => some.reduce((sum, spot) => sum + spot.ends, 0);
  const most = spots.map(around).reduce((a, b) => (ends(b) > ends(a) ? b : a));
  return { scale: READABLE, position: frame(most.map(({ id }) => id)).position };
};

// Where the address says, or where the choice is, or the whole; on a small screen, where that could not be read, the
// fullest part of it.
const openView = () => {
  if (!drawnNodes.size) return;
  if (state.at) return moveBack();
  if (lit?.size) return move(near([...lit]), false);
  const whole = frame([...drawnNodes]);
  move(whole.scale >= READABLE ? whole : fullest(), false);
};

const moveBack = () => {
  const [x, y, scale] = state.at.split(",").map(Number);
  move({ position: { x, y }, scale }, false);
};

let touched = !!state.at; // by the reader: then a new size of the window leaves the view as it is

// Where the reader has moved to is part of the address, but no step for "back".
const remember = () => {
  touched = true;
  const { x, y } = network.getViewPosition();
  change({ at: `${Math.round(x)},${Math.round(y)},${network.getScale().toFixed(3)}` }, { quietly: true });
};

const zoom = (factor) => {
  move({ scale: network.getScale() * factor, position: network.getViewPosition() });
  if (quietly.matches) remember(); // else when it has come to rest
};

canvas.addEventListener("keyup", ({ key }) => /^(Arrow|Page)|^[-+=[\]]$/.test(key) && requestAnimationFrame(remember));
network.on("animationFinished", () => touched && remember());
network.on("resize", () => (touched && !state.at) || requestAnimationFrame(openView));

document.getElementById("closer").addEventListener("click", () => zoom(1.3));
document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.3));
document.getElementById("whole").addEventListener("click", () => {
  // What a fresh page would show anyway needs no view in the address.
  touched = !!chosen() || (drawnNodes.size > 0 && frame([...drawnNodes]).scale < READABLE);
  change({ at: "" }, { quietly: true });
  showWhole(true);
  if (touched && quietly.matches) remember();
});
