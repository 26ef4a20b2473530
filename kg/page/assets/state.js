// The whole state of the page, kept in the address: a reload, a link or "back" shows the same again.

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
const statuses = new Set(data.statements.map(({ status }) => status));
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

document.querySelector(".skips").addEventListener("click", (event) => {
  const part = document.querySelector(event.target.getAttribute("href"));
  if (!part) return;
  event.preventDefault(); // the address keeps the state
  part.scrollIntoView({ block: "nearest" });
  part.focus();
});

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

const PAUSE = 100; // milliseconds; a browser takes no more than some 200 addresses in ten seconds

let late = 0; // the timer of an address still to be written
let wrote = -Infinity;

const write = (way) => {
  clearTimeout(late);
  late = 0;
  if (written(parse(location.hash)) === written(state)) return;
  wrote = performance.now();
  history[way](null, "", written(state) || location.pathname + location.search);
};
const writeSoon = () => {
  const wait = wrote + PAUSE - performance.now();
  if (wait <= 0) write("replaceState");
  else late ||= setTimeout(write, wait, "replaceState");
};

// `quietly`: no new step for "back". Of `wish`, `centre` moves the graph there, `read` gives the card the keyboard,
// `stay` leaves the page where it is scrolled.
const change = (patch, { quietly: silent = false, ...wish } = {}) => {
  if (!silent && late) write("replaceState");
  state = { ...state, ...patch };
  if (silent) writeSoon();
  else write("pushState");
  tell(wish);
};
window.addEventListener("pagehide", () => late && write("replaceState"));

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
  clearTimeout(late);
  late = 0;
  if (anchor()) return;
  state = parse(location.hash);
  tell({ back: true });
});
