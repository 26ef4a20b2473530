// What is in the picture: the opening part, what was asked for besides, and the claims of who is open.

const opening = new Set(drawing.opening);
const places = new Map(drawing.nodes.map((node) => [node.id, node]));
const arrows = new Map(drawing.edges.map((edge) => [edge.id, edge]));

let drawnNodes = new Set();
let drawnArrows = new Set();

// The other ends of an entity's arrows of one family.
const across = (id, family) =>
  statementsOf.get(id).filter((one) => one.drawn === "arrow" && one.family === family).flatMap(endsOf).filter((end) => end !== id);

const added = () =>
  state.add.flatMap((entry) => {
    const [, id, family] = /^(.*)~(\w+)$/.exec(entry) ?? [];
    return nodes.has(entry) ? [entry] : nodes.has(id) ? [id, ...across(id, family)] : [];
  });

// A claim is in the picture when its agent is open.
const openClaims = () =>
  state.open ? statementsOf.get(state.open).filter((one) => one.drawn === "folded").flatMap(endsOf).filter((id) => nodes.get(id).words) : [];

// What is chosen is always in the picture, unless a filter hides it.
const asked = () => {
  const choice = chosen();
  const some = !choice ? [] : choice.kind === "node" ? [choice.what] : choice.kind === "statement" ? [choice.what] : choice.what.stated.map(({ one }) => one);
  return some.flatMap((one) => (one.evidence ? [...endsOf(one), one.card] : [one.id])).filter((id) => nodes.has(id) && !nodes.get(id).words);
};

const view = () => {
  const wanted = new Set([...opening, ...added(), ...asked(), ...openClaims()]);
  drawnNodes = new Set([...wanted].filter((id) => keptNodes.has(id) && places.has(id)));
  drawnArrows = new Set(
    data.statements
      .filter((one) => arrows.has(one.id) && keptStatements.has(one.id) && drawnNodes.has(arrows.get(one.id).from) && drawnNodes.has(arrows.get(one.id).to))
      .map((one) => one.id),
  );
};

const VIEW = [...FILTERS, "add", "open", "node", "statement", "sentence"];
watch(VIEW, view);

// An entity's arrows that lead out of the picture, by family; the filters' doing aside.
const outside = (id) =>
  groupBy(
    statementsOf.get(id).filter((one) => one.drawn === "arrow" && keptStatements.has(one.id) && endsOf(one).some((end) => !drawnNodes.has(end))),
    (one) => one.family,
  );
