// The whole state of the page, kept in the address: a reload, a link or "back" shows the same again.

const FACETS = ["class", "relation", "status", "document", "publisher", "curation"];
const SINGLE = { node: "", statement: "", sentence: "", doc: "", open: "", from: "", to: "", undated: "", words: "", sort: "", at: "" };
const CHOICES = { node: nodes, statement: statements, sentence: sentences };

const DAY = /^\d{4}-\d\d-\d\d$/;
const known = {
  node: (id) => nodes.has(id),
  statement: (id) => statements.has(id),
  sentence: (id) => sentences.has(id),
  doc: (name) => documents.has(name),
  open: (id) => nodes.get(id)?.claims > 0,
  from: (day) => DAY.test(day),
  to: (day) => DAY.test(day),
  at: (view) => /^-?\d+,-?\d+,\d+(\.\d+)?$/.test(view),
};

// A part of the page, for readers who skip to it with the keyboard: no state.
const anchor = () => /^#(search|panel|reader|statements|canvas)$/.test(location.hash);

const parse = (hash) => {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const made = { ...SINGLE, steps: Number(/^[123]$/.exec(asked.get("steps"))?.[0] ?? 1), add: asked.getAll("add"), off: {} };
  for (const key of Object.keys(SINGLE)) {
    const value = asked.get(key) ?? "";
    if (!known[key] || known[key](value)) made[key] = value;
  }
  for (const facet of FACETS) made.off[facet] = asked.getAll(`no-${facet}`);
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

let state = parse(anchor() ? "" : location.hash);

const watchers = [];

// Calls the listener when any of these parts of the state has changed.
const watch = (keys, listener) => watchers.push({ keys, listener, last: undefined });

const tell = (wish = {}) => {
  for (const one of watchers) {
    const now = JSON.stringify(one.keys.map((key) => state[key]));
    if (now === one.last) continue;
    one.last = now;
    one.listener(wish);
  }
};

// `quietly`: no new step for "back". Of `wish`, `centre` moves the graph there, `read` gives the card the keyboard,
// `stay` leaves the document where it is scrolled.
const change = (patch, { quietly: silent = false, ...wish } = {}) => {
  state = { ...state, ...patch };
  const address = written(state) || location.pathname + location.search;
  if (written(parse(location.hash)) !== written(state)) history[silent ? "replaceState" : "pushState"](null, "", address);
  tell(wish);
};

const NOTHING = { node: "", statement: "", sentence: "" };

// The documents that speak of a choice.
const documentsOf = (kind, id) =>
  kind === "sentence"
    ? [sentences.get(id).document]
    : (kind === "node" ? statementsOf.get(id) : [statements.get(id)]).flatMap((one) => one.evidence.map((reading) => reading.document));

// The document shown stays if it speaks of the choice, else one comes that does.
const choose = (kind, id, wish) => {
  const [first, ...rest] = kind ? documentsOf(kind, id) : [];
  const doc = !first || [first, ...rest].includes(state.doc) ? state.doc : first;
  change({ ...NOTHING, doc, ...(kind ? { [kind]: id } : {}) }, wish);
};

const chosen = () => {
  const kind = Object.keys(CHOICES).find((one) => state[one]);
  return kind ? { kind, id: state[kind], what: CHOICES[kind].get(state[kind]) } : null;
};

// Back, forward, or an address changed by hand.
window.addEventListener("popstate", () => {
  if (anchor()) return;
  state = parse(location.hash);
  tell();
});
