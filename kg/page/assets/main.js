// Puts the page together.

add(canvas.firstElementChild, {
  role: "application",
  "aria-label": `Graph of ${plural(entities.length, "entity", "entities")}. Arrow keys move it, + and − zoom. Search, documents and table show the same without the picture.`,
}, []);

// To a part of the page, without losing the address of what is shown.
for (const jump of document.querySelectorAll(".skips a")) {
  jump.addEventListener("click", (event) => {
    event.preventDefault();
    const part = document.querySelector(jump.hash);
    (part === canvas ? canvas.firstElementChild : part).focus({ preventScroll: true });
    part.scrollIntoView({ block: "start", behavior: quietly.matches ? "auto" : "smooth" });
  });
}

// Back, forward or another address: the picture lies as a fresh page with that address shows it. Whatever else changes,
// the address says where it lies.
watch([...VIEW, "steps"], ({ back, stay }) => back || stay || queueMicrotask(remember));
watch([...VIEW, "steps", "at"], ({ back }) => {
  if (!back) return;
  touched = !!state.at;
  openView();
});

tell({ stay: true });
openView();
onTheme(() => {
  paintAll();
  drawStrip();
  network.redraw();
});
// For tests and for the curious: the drawing as vis-network has it, what is lit in it, and what the search finds.
window.kgPage = Object.freeze({
  network,
  lit: () => lit && { nodes: [...lit], arrows: [...litArrows] },
  find: (typed) => find(typed).map(({ node }) => node.id),
});
