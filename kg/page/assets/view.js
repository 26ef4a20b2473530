// What is in the picture: the opening part, what was asked for besides, and the claims of who is open.

const opening = new Set(drawing.opening);
const places = new Map(drawing.nodes.map((node) => [node.id, node]));
const arrows = new Map(drawing.edges.map((edge) => [edge.id, edge]));

let drawnNodes = new Set();
let drawnArrows = new Set();

const arrowsAt = (id) => statementsOf.get(id).filter((one) => one.drawn === "arrow");

// What was asked for besides: an entity, or one with the other ends of its arrows of one family.
const added = (follow = () => true) =>
  state.add.flatMap((entry) => {
    const [, id, family] = /^(.*)~(\w+)$/.exec(entry) ?? [];
    if (nodes.has(entry)) return nodes.get(entry).words ? [] : [entry];
    return nodes.has(id) && !nodes.get(id).words ? [id, ...arrowsAt(id).filter((one) => one.family === family && follow(one)).flatMap(endsOf)] : [];
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

const isKept = (one) => keptStatements.has(one.id);

const view = () => {
  const besides = [...asked(), ...(state.open ? [state.open] : [])];
  // Filters hide, and leave all in its place.
  makeRoom(unique([...added(), ...besides]).filter((id) => !opening.has(id)));
  const wanted = new Set([...opening, ...added(isKept), ...besides, ...openClaims()]);
  drawnNodes = new Set([...wanted].filter((id) => keptNodes.has(id) && places.has(id)));
  drawnArrows = new Set(
    data.statements
      .filter((one) => arrows.has(one.id) && isKept(one) && drawnNodes.has(arrows.get(one.id).from) && drawnNodes.has(arrows.get(one.id).to))
      .map((one) => one.id),
  );
};

const VIEW = [...FILTERS, "add", "open", "node", "statement", "sentence"];
clearRoom();
watch(VIEW, view);

// Whom an entity's arrows join that are not in the picture, by family; the filters' doing aside.
const outside = (id) =>
  groupBy(arrowsAt(id).filter(isKept), (one) => one.family)
    .map(([family, some]) => [family, unique(some.flatMap(endsOf)).filter((end) => end !== id && !drawnNodes.has(end))])
    .filter(([, ids]) => ids.length);
