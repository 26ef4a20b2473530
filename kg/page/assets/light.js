// What is lit: the chosen entity with its neighbours, some steps away; the ends of a statement; all that a sentence states.

const joined = () => {
  const beside = new Map();
  for (const id of drawnArrows) {
    const { from, to } = arrows.get(id);
    push(beside, from, { id, other: to });
    push(beside, to, { id, other: from });
  }
  return beside;
};

const around = (start, steps) => {
  const beside = joined();
  const found = { nodes: new Set([start]), arrows: new Set() };
  let edge = [start];
  for (let step = 0; step < steps; step++) {
    const next = [];
    for (const id of edge)
      for (const { id: arrow, other } of beside.get(id) ?? []) {
        found.arrows.add(arrow);
        if (!found.nodes.has(other)) next.push(other);
        found.nodes.add(other);
      }
    edge = next;
  }
  return found;
};

// A statement that is no arrow in the picture lights the card that shows it.
const ofStatements = (some) => ({
  nodes: new Set(some.flatMap((one) => (drawnArrows.has(one.id) ? endsOf(one) : [one.card])).filter((id) => drawnNodes.has(id))),
  arrows: new Set(some.map((one) => one.id).filter((id) => drawnArrows.has(id))),
});

// Who is open is lit with the claims alone, which lie over the neighbours.
const ofClaims = (id) => {
  const claims = statementsOf.get(id).filter((one) => one.drawn === "folded" && drawnArrows.has(one.id));
  return { nodes: new Set([id, ...claims.flatMap(endsOf)]), arrows: new Set(claims.map((one) => one.id)) };
};

const light = () => {
  const choice = chosen();
  const found = !choice
    ? null
    : choice.kind === "node"
      ? drawnNodes.has(choice.id) ? (state.open === choice.id && state.steps === 1 ? ofClaims(choice.id) : around(choice.id, state.steps)) : null
      : ofStatements(choice.kind === "statement" ? [choice.what] : choice.what.stated.map(({ one }) => one));
  const some = found && (found.nodes.size || choice.kind === "sentence");
  lit = some ? found.nodes : null;
  litArrows = some ? found.arrows : new Set();
  const centre = choice?.kind === "node" && drawnNodes.has(choice.id) ? [choice.id] : [];
  const edges = choice?.kind === "statement" && drawnArrows.has(choice.id) ? [choice.id] : [];
  together(() => {
    network.setSelection({ nodes: centre, edges }, { highlightEdges: false });
    repaint();
  });
};

watch([...VIEW, "steps"], (wish) => {
  light();
  if (!wish.centre || !lit?.size) return;
  touched = true;
  move(near([...lit]));
});

// Opened claims are brought into sight.
watch(["open"], ({ stay, back }) => {
  if (stay || back || !state.open || !drawnNodes.has(state.open)) return;
  touched = true;
  move(frame([state.open, ...openClaims().filter((id) => drawnNodes.has(id))]));
});

const steps = document.getElementById("steps");
for (const step of [1, 2, 3]) {
  const input = el("input", { type: "radio", name: "steps", value: step, change: () => change({ steps: step }, { centre: true }) });
  steps.append(el("label", { title: `Light what is up to ${plural(step, "step")} from the chosen card` }, input, el("span", {}, String(step))));
}
watch(["steps"], () => (steps.querySelector(`[value="${state.steps}"]`).checked = true));
