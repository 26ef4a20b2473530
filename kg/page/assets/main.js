// Puts the page together.

add(canvas.firstElementChild, {
  role: "application",
  "aria-label": `Graph of ${plural(entities.length, "entity", "entities")}. Arrow keys move it, + and − zoom. Search, documents and table show the same without the picture.`,
}, []);

tell({ stay: true });
openView();
onTheme(() => {
  paintAll();
  drawStrip();
  network.redraw();
});
if (chosen() && !state.at) {
  const around = [...(lit ?? [])];
  if (around.length) move({ scale: Math.max(Math.min(frame(around).scale, 1), READABLE), position: frame(around).position }, false);
}

// For tests and for the curious: the drawing as vis-network has it.
window.kgPage = Object.freeze({ network });
