// Puts the page together.

showLegend();
showTable();
paintEdges();
onTheme(() => {
  paintEdges();
  network.redraw();
});
openView();
tell();

// For tests and for the curious: the drawing as vis-network has it.
window.kgPage = Object.freeze({ network });
