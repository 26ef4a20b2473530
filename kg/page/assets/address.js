// The state as an address tells it: what may stand there, how it is read, and how it is written.

const FACETS = ["class", "relation", "status", "document", "publisher", "curation"];
const SINGLE = { node: "", statement: "", sentence: "", doc: "", open: "", from: "", to: "", undated: "", words: "", sort: "", at: "" };
const CHOICES = { node: nodes, statement: statements, sentence: sentences };

const SORTS = ["subject", "relation", "object", "status", "day", "source"];

// A day that the calendar has.
const DAY = /^\d{4}-\d\d-\d\d$/;
const isDay = (text) => DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

// A view is where the middle of the picture lies, and the zoom.
const FAR = 1e6;
const isView = (text) => {
  const [, x, y, scale] = /^(-?\d+),(-?\d+),(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return Math.abs(x) < FAR && Math.abs(y) < FAR && scale >= 0.01 && scale <= 10;
};

const known = {
  node: (id) => nodes.has(id),
  statement: (id) => statements.has(id),
  sentence: (id) => sentences.has(id),
  doc: (name) => documents.has(name),
  open: (id) => nodes.get(id)?.claims > 0,
  from: isDay,
  to: isDay,
  undated: (wish) => wish === "kept",
  sort: (key) => SORTS.includes(key.replace(/^-/, "")),
  at: isView,
  add: (entry) => {
    const [, id, family] = /^(.*)~(\w+)$/.exec(entry) ?? [];
    return nodes.has(entry) || (nodes.has(id) && relations.has(family));
  },
};
const publishers = new Set([...documents.values()].map(({ publisher }) => publisher));
const OPEN = "open"; // what stands in the place of a status, where statements exclude one another
const statuses = new Set(data.statements.map((one) => (isOpen(one) ? OPEN : one.status)));
const offKnown = {
  class: (value) => families.has(value),
  relation: (value) => relations.has(value),
  status: (value) => statuses.has(value),
  document: (value) => documents.has(value),
  publisher: (value) => publishers.has(value),
  curation: (value) => ["candidate", "curated"].includes(value),
};

// A part of the page, for readers who skip to it with the keyboard: no state.
const anchor = () => /^#(search|panel|reader|statements|canvas)$/.test(location.hash);

const parse = (hash) => {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const several = (key, isKnown) => [...new Set(asked.getAll(key))].filter(isKnown);
  const made = { ...SINGLE, steps: Number(/^[123]$/.exec(asked.get("steps"))?.[0] ?? 1), add: several("add", known.add), off: {} };
  for (const key of Object.keys(SINGLE)) {
    const value = asked.get(key) ?? "";
    if (!known[key] || known[key](value)) made[key] = value;
  }
  // One thing is chosen at a time.
  const [, ...others] = Object.keys(CHOICES).filter((key) => made[key]);
  for (const key of others) made[key] = "";
  for (const facet of FACETS) made.off[facet] = several(`no-${facet}`, offKnown[facet]).sort();
  return made;
};

const written = (one) => {
  const asked = new URLSearchParams();
  for (const key of Object.keys(SINGLE)) if (one[key]) asked.append(key, one[key]);
  if (one.steps !== 1) asked.append("steps", one.steps);
  for (const id of one.add) asked.append("add", id);
  for (const facet of FACETS) for (const value of one.off[facet]) asked.append(`no-${facet}`, value);
  return asked.toString() && `#${asked}`;
};

// The state that the address asks for; what of it nobody knows is struck out there too.
const addressed = () => {
  const made = parse(anchor() ? "" : location.hash);
  if (!anchor() && location.hash !== written(made)) history.replaceState(null, "", written(made) || location.pathname + location.search);
  return made;
};
