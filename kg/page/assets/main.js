// Puts the page together.

showLegend();
showTable();
paintEdges();
onTheme(() => {
  paintEdges();
  network.redraw();
});
openView();
wish = { centre: true }; // a link to a statement opens on it
tell();

// For tests and for the curious: the drawing as vis-network has it.
window.kgPage = Object.freeze({ network });
