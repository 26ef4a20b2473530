// What the filters keep: statements and the entities and claims that they are about.

const CURATION = new Map([["curated", "by a curator"], ["candidate", "candidate, named in a text only"]]);
const NO_PUBLISHER = "";

const publisherOf = (name) => documents.get(name).publisher || NO_PUBLISHER;
const curationOf = (node) => (node.words ? null : node.candidate ? "candidate" : "curated"); // a claim is nobody's to curate
const unique = (list) => [...new Set(list)];

// Of each facet: what it counts, and its values for a statement. A statement is kept where one of its sources is on, but
// only where both of its ends are.
const facets = {
  class: { title: "Class", counts: "nodes", every: true, of: (one) => unique(endsOf(one).map((id) => nodes.get(id).family)), node: (node) => node.family, label: (name) => families.get(name) },
  relation: { title: "Relation", of: (one) => [one.family], label: (name) => relations.get(name) },
  status: { title: "Status", of: (one) => [isOpen(one) ? OPEN : one.status], label: (name) => (name === OPEN ? "in open disagreement" : name) },
  document: { title: "Document", of: (one) => unique(one.evidence.map((reading) => reading.document)), label: titleOf },
  publisher: { title: "Publisher", of: (one) => unique(one.evidence.map((reading) => publisherOf(reading.document))), label: (name) => name || "not told" },
  curation: { title: "Named", counts: "nodes", every: true, of: (one) => unique(endsOf(one).map((id) => nodes.get(id)).filter((node) => !node.words).map(curationOf)), node: curationOf, label: (name) => CURATION.get(name) },
};

const facetValues = new Map(data.statements.map((one) => [one.id, Object.fromEntries(FACETS.map((name) => [name, facets[name].of(one)]))]));

const passes = (one, name, off) => {
  const values = facetValues.get(one.id)[name];
  const on = (value) => !off[name].has(value);
  return facets[name].every ? values.every(on) : values.some(on);
};

const OF_NODES = FACETS.filter((name) => facets[name].counts === "nodes");
const OF_STATEMENTS = FACETS.filter((name) => !OF_NODES.includes(name));

const brushed = () => !!(state.from || state.to);

const inTime = (one) => {
  if (!brushed()) return true;
  if (!one.days.length) return state.undated === "kept";
  return one.days.some(([begin, end]) => (!state.to || begin <= state.to) && (!state.from || end >= state.from));
};

let keptStatements = new Set();
let keptNodes = new Set();
let facetCounts = {}; // of each value, how many would be shown if its facet kept all
let undated = 0; // statements that only the brush hides, because they have no day

const anyFilter = () => brushed() || FACETS.some((name) => state.off[name].length);

const filter = () => {
  const off = Object.fromEntries(FACETS.map((name) => [name, new Set(state.off[name])]));
  const seen = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
  const note = (name, value, what) => (seen[name].get(value) ?? seen[name].set(value, new Set()).get(value)).add(what);
  keptStatements = new Set();
  keptNodes = new Set();
  undated = 0;
  const reached = new Set(); // what is told of by statements that pass the facets of statements
  for (const one of data.statements) {
    const failed = FACETS.filter((name) => !passes(one, name, off));
    if (!failed.length && !one.days.length) undated += 1;
    if (!inTime(one)) continue;
    for (const name of OF_STATEMENTS)
      if (failed.every((some) => some === name)) for (const value of facetValues.get(one.id)[name]) note(name, value, one.id);
    if (!failed.length) keptStatements.add(one.id);
    if (!failed.some((name) => OF_STATEMENTS.includes(name))) for (const id of [...endsOf(one), one.card]) reached.add(id);
  }
  for (const id of reached) {
    const node = nodes.get(id);
    if (!node) continue;
    const failed = OF_NODES.filter((name) => off[name].has(facets[name].node(node)));
    if (!failed.length) keptNodes.add(id);
    for (const name of OF_NODES) if (failed.every((some) => some === name)) note(name, facets[name].node(node), id);
  }
  facetCounts = seen;
};

const FILTERS = ["off", "from", "to", "undated"];
watch(FILTERS, filter);

const clearFilters = () => change({ off: Object.fromEntries(FACETS.map((name) => [name, []])), from: "", to: "", undated: "" });

const keptEntities = () => entities.filter((node) => keptNodes.has(node.id)).length;
